import { LocalAws } from '../../golden-images/src/rehearsal/local-aws';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { S3Service } from '../../golden-images/src/world/s3';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { assembled, ownSynthesizer } from '../properties/road/template';
import { surface } from './app';

/** Deploys a stack, and gives what went wrong. */
async function deploy(local: LocalAws, name: string, template: string): Promise<string[]> {
  const cloudFormation = local.world.get(CloudFormationService);
  await local.world.call(cloudFormation, 'CreateStack', { StackName: name, TemplateBody: template, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] });
  await cloudFormation.drive();
  const { status, events } = cloudFormation.stackState(name)!;
  const failures = events.filter(({ ResourceStatus }) => ResourceStatus.endsWith('_FAILED')).map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
  return status === 'CREATE_COMPLETE' ? [] : [`${name}: ${status}`, ...failures];
}

test('the local AWS deploys every stack', async () => {
  const local = await LocalAws.start({ seed: 7, start: Date.UTC(2026, 0, 6, 9) });
  const { account, region } = local.world;
  const { stacks } = surface({ account, region }, { defaultStackSynthesizer: ownSynthesizer() });
  const failures: string[] = [];
  await local.world.call(local.world.get(S3Service), 'CreateBucket', { Bucket: 'assets', CreateBucketConfiguration: { LocationConstraint: region } });
  for (const stack of stacks) {
    const { template, files } = assembled(stack);
    files.forEach(({ bucket, key, content }) => local.world.get(S3Service).putObject(bucket, key, content));
    failures.push(...await deploy(local, stack.stackName, template));
  }
  await local.close();
  expect(failures).toEqual([]);
});
