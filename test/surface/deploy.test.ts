import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import type { Stack } from 'aws-cdk-lib';
import { surface } from './app';
import { FOREIGN_LEDGER } from './app/shelf';
import { readDisk } from '../../golden-images/src/disks/disk';
import { followImport, startImport } from '../../golden-images/src/disks/import-disk';
import { findTarget } from '../../golden-images/src/disks/target';
import { LocalAws } from '../../golden-images/src/rehearsal/local-aws';
import { inProcessHandler } from '../../golden-images/src/wire';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { DynamoDbService } from '../../golden-images/src/world/dynamodb';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import { S3Service } from '../../golden-images/src/world/s3';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { channelParameterName } from '../../src/contract';
import { assembled, ownSynthesizer } from '../properties/road/template';

let local: LocalAws;
beforeAll(async () => {
  local = await LocalAws.start({ seed: 7, start: Date.UTC(2026, 0, 6, 9) });
});
afterAll(() => local.close());

const call = (
  service: Parameters<LocalAws['world']['get']>[0],
  operation: string,
  input: Record<string, unknown>,
): Promise<unknown> => local.world.call(local.world.get(service), operation, input);

/** Deploys a stack, and gives what went wrong. */
async function deploy(stack: Stack): Promise<string[]> {
  const { template, files } = assembled(stack);
  files.forEach(({ bucket, key, content }) => local.world.get(S3Service).putObject(bucket, key, content));
  const cloudFormation = local.world.get(CloudFormationService);
  await call(CloudFormationService, 'CreateStack', {
    StackName: stack.stackName,
    TemplateBody: template,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  });
  await cloudFormation.drive();
  const { status, events } = cloudFormation.stackState(stack.stackName)!;
  const failures = events
    .filter(({ ResourceStatus }) => ResourceStatus.endsWith('_FAILED'))
    .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
  return status === 'CREATE_COMPLETE' ? [] : [`${stack.stackName}: ${status}`, ...failures];
}

/** What the app names and does not make: channels of other stacks with their ledger, and a parameter. */
async function foreignParameters(ami: string): Promise<void> {
  await call(DynamoDbService, 'CreateTable', {
    TableName: FOREIGN_LEDGER,
    KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  const names = [
    '/imagebuilder/parents/custom',
    ...['latest', 'production'].map((channel) => channelParameterName('elsewhere', 'golden', channel)),
    channelParameterName('elsewhere', 'tools', 'latest'),
  ];
  for (const Name of names) {
    await call(SsmService, 'PutParameter', { Name, Value: ami, Type: 'String', DataType: 'aws:ec2:image' });
  }
}

/** AMIs of vendors, which are looked up by owner and name. */
function vendorAmis(): void {
  const names = [
    ...['8.10.0', '9.8.0', '10.2.0'].map((version) => ['309956199498', `RHEL-${version}_HVM-20260728-arm64-0-Hourly2-GP3`]),
    ...['8.10', '9.7', '10.1'].map((version) => [
      '792107900819',
      `Rocky-${version.split('.')[0]}-EC2-Base-${version}-20251123.0.aarch64`,
    ]),
    ...['9.7', '10.1'].map((version) => ['764336703387', `AlmaLinux OS ${version}.20251124 aarch64`]),
    ['111111111111', 'gold-1'],
  ];
  for (const [owner, name] of names as Array<[string, string]>) {
    const blockDevices = [{ deviceName: '/dev/sda1' }];
    local.world.get(Ec2Service).registerImage({ name, owner, public: true, architecture: 'arm64', blockDevices });
  }
}

/** The disk that is a parent, brought in through what `DiskImport` made. */
async function importDisk(stackName: string): Promise<void> {
  const { world } = local;
  const settings = {
    region: world.region,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    requestHandler: inProcessHandler(world) as never,
  };
  const target = await findTarget(new CloudFormationClient(settings), stackName);
  world.get(S3Service).putObject(target.bucket, 'erp.vmdk', Buffer.from('disk'));
  const ports = {
    ec2: new EC2Client(settings),
    imageBuilder: new ImagebuilderClient(settings),
    wait: () => world.timeline.runUntil(world.now + 600_000),
    say: () => undefined,
  };
  await followImport(
    await startImport(
      { disk: readDisk('erp.vmdk'), name: 'erp-server', version: '1.0.0', platform: 'Linux' },
      target,
      ports,
    ),
    ports,
  );
}

test('the local AWS deploys every stack', async () => {
  const { account, region } = local.world;
  const ec2 = local.world.get(Ec2Service);
  const parentAmi = ec2.registerImage({ name: 'parent', architecture: 'x86_64' });
  const windowsAmi = ec2.registerImage({ name: 'windows', architecture: 'arm64', platform: 'windows' });
  local.world.get(ImageBuilderService).subscribe('prod-aaaabbbbcccc', parentAmi);
  await call(S3Service, 'CreateBucket', {
    Bucket: 'assets',
    CreateBucketConfiguration: { LocationConstraint: region },
  });
  await foreignParameters(parentAmi);
  vendorAmis();
  const {
    stacks: [first, ...others],
  } = surface(
    { account, region },
    { defaultStackSynthesizer: ownSynthesizer(), postCliContext: { parentAmi, windowsAmi } },
  );
  const failures = await deploy(first!);
  await importDisk(first!.stackName);
  for (const stack of others) failures.push(...(await deploy(stack)));
  expect(failures).toEqual([]);
});
