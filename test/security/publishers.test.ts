import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { attacker } from './attacker';
import { LocalAws } from '../../golden-images/src/rehearsal/local-aws';
import { readLedgers } from '../../golden-images/src/report/ledger';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../golden-images/src/world/ec2';
import { IamService } from '../../golden-images/src/world/iam';
import { S3Service } from '../../golden-images/src/world/s3';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { channelParameterName, releaseDocumentName, type ReleaseDocument } from '../../src/contract';
import { Fleet, RolloutTarget } from '../../src/fleet';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '../../src/image';
import { echo } from '../image/fixture';
import { HOUR } from '../properties/road/road';
import { assembled, ownSynthesizer } from '../properties/road/template';

/** One stack publishes a base; another one has a fleet that follows it, and a role that stands on it. */
const CHANNEL = channelParameterName('images', 'base', 'latest');

let local: LocalAws;
let foreign: string;
let mallory: SSMClient;

const call = (service: Parameters<LocalAws['world']['get']>[0], operation: string, input: object): Promise<unknown> =>
  local.world.call(local.world.get(service), operation, input as Record<string, unknown>);
const value = (name: string): string | undefined => local.world.get(SsmService).value(name);
const release = (): ReleaseDocument | undefined => JSON.parse(value(releaseDocumentName(CHANNEL)) ?? 'null') ?? undefined;
const everRan = (ami: string): boolean => local.world.get(Ec2Service).instances().some(({ image }) => image.id === ami);
const overwrite = (name: string, text: string, DataType: string): Promise<unknown> =>
  mallory.send(new PutParameterCommand({ Name: name, Value: text, Type: 'String', DataType, Overwrite: true }));

function stacks(): { images: Stack; web: Stack } {
  const context = { '@aws-cdk/core:validateAgainstDefaultRules': false, '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true };
  const app = new App({ context });
  const images = new Stack(app, 'Images', { synthesizer: ownSynthesizer() });
  const base = new PatchedBaseImage(images, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
  const web = new Stack(app, 'Web', { synthesizer: ownSynthesizer() });
  const vpc = new Vpc(web, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }] });
  const fleet = new Fleet(web, 'Servers', { follows: base.latest });
  fleet.addTarget(RolloutTarget.autoScalingGroup(new AutoScalingGroup(web, 'Group', {
    vpc, instanceType: new InstanceType('t3.small'), machineImage: fleet.machineImage, vpcSubnets: { subnetType: SubnetType.PUBLIC }, minCapacity: 2,
  })));
  new RoleImage(web, 'Role', { parent: base, components: [echo()] });
  return { images, web };
}

async function deploy(stack: Stack): Promise<void> {
  const { template, files } = assembled(stack);
  files.forEach(({ bucket, key, content }) => local.world.get(S3Service).putObject(bucket, key, content));
  await call(CloudFormationService, 'CreateStack', { StackName: stack.stackName, TemplateBody: template, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] });
  await local.world.get(CloudFormationService).drive();
  const { status, events } = local.world.get(CloudFormationService).stackState(stack.stackName)!;
  const failures = events.filter(({ ResourceStatus: each }) => each.endsWith('_FAILED')).map((event) => event.ResourceStatusReason);
  expect([status, failures]).toEqual(['CREATE_COMPLETE', []]);
}

const committed = async (): Promise<string | undefined> => (await readLedgers(local.world)).fleets[0]?.committed[0]?.version;
const roleVersions = async () => (await readLedgers(local.world)).images.find(({ image }) => image === 'role')?.versions ?? [];

beforeAll(async () => {
  local = await LocalAws.start({ seed: 5, start: Date.UTC(2026, 0, 6, 9) });
  await call(S3Service, 'CreateBucket', { Bucket: 'assets', CreateBucketConfiguration: { LocationConstraint: local.world.region } });
  foreign = local.world.get(Ec2Service).registerImage({ name: 'hers', architecture: 'x86_64', platform: 'linux' });
  mallory = attacker(local.world, 'Mallory').client(SSMClient);
  const seesImages = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' } };
  await call(IamService, 'PutRolePolicy', { RoleName: 'Mallory', PolicyName: 'Read', PolicyDocument: JSON.stringify(seesImages) });
});

afterAll(async () => local.close());

test('a fleet of another stack begins with what the ledger of the publisher says, whatever stands in the channel while it is deployed', async () => {
  const { images, web } = stacks();
  await deploy(images);
  const initial = value(CHANNEL)!;
  await overwrite(CHANNEL, foreign, 'aws:ec2:image');
  expect(await local.until(() => value(CHANNEL) === foreign, HOUR)).toBe(true);
  await deploy(web);
  expect(value('/golden-images/web/fleets/servers/image')).toBe(initial);
  expect(await local.until(async () => await committed() !== undefined, 24 * HOUR)).toBe(true);
  expect([await committed(), everRan(foreign)]).toEqual([release()!.version, false]);
});

test('the role of another stack is built on the release of its parent, by the ledger of the publisher', async () => {
  expect(await local.until(async () => (await roleVersions()).length > 0, 24 * HOUR)).toBe(true);
  expect((await roleVersions())[0]).toMatchObject({ sourceAmi: release()!.amis[local.world.region] });
});

test('forged documents roll nothing to a fleet of another stack, and build nothing there', async () => {
  const [before, built] = [await committed(), (await roleVersions()).length];
  const forged = { ...release()!, version: '9.9.9/1', revision: Number.MAX_SAFE_INTEGER, amis: { [local.world.region]: foreign }, builtAt: new Date(local.world.now).toISOString() };
  for (let time = 0; time < 10; time += 1) {
    await overwrite(CHANNEL, foreign, 'aws:ec2:image');
    await overwrite(releaseDocumentName(CHANNEL), JSON.stringify(forged), 'text');
    await local.pass(300_000);
  }
  expect([await committed(), (await roleVersions()).length, everRan(foreign)]).toEqual([before, built, false]);
  expect(await local.until(() => release()!.version === before && value(CHANNEL) === release()!.amis[local.world.region], HOUR)).toBe(true);
});
