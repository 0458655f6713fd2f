import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { attacker } from './attacker';
import { LocalAws } from '../../golden-images/src/rehearsal/local-aws';
import { readLedgers } from '../../golden-images/src/report/ledger';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../golden-images/src/world/ec2';
import { IamService } from '../../golden-images/src/world/iam';
import { S3Service } from '../../golden-images/src/world/s3';
import { SsmService } from '../../golden-images/src/world/ssm/ssm';
import { channelParameterName, fleetParameterName, fleetStatusName, releaseDocumentName } from '../../src/contract';
import { HOUR, NAMESPACE, STACK } from '../properties/road/road';
import { synthesize } from '../properties/road/template';

/** Mallory knows the names of the parameters before the stack exists: they are made of its name. She may write parameters, and see which AMIs there are. */
const CHANNEL = channelParameterName(NAMESPACE, 'web', 'production');
/** What the stack begins with. */
const PUBLIC = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const FLEET = fleetParameterName(NAMESPACE, 'web');

let local: LocalAws;
let foreign: string;
let put: (name: string, value: string, dataType?: 'text' | 'aws:ec2:image') => Promise<unknown>;

const ssm = (): SsmService => local.world.get(SsmService);
const cloudFormation = (): CloudFormationService => local.world.get(CloudFormationService);
const status = (): string => cloudFormation().stackState(STACK)!.status;
const failures = (): string => cloudFormation().stackState(STACK)!.events.flatMap((event) => (event.ResourceStatus.endsWith('_FAILED') ? event.ResourceStatusReason ?? '' : [])).join('\n');
const called = (service: Parameters<LocalAws['world']['get']>[0], operation: string, input: object): Promise<unknown> =>
  local.world.call(local.world.get(service), operation, input as Record<string, unknown>);

async function create(): Promise<void> {
  const { template, files } = synthesize('welcome');
  files.forEach(({ bucket, key, content }) => local.world.get(S3Service).putObject(bucket, key, content));
  await called(CloudFormationService, 'CreateStack', { StackName: STACK, TemplateBody: template, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] });
}

async function overwrite(...names: readonly string[]): Promise<void> {
  const client = attacker(local.world, 'Mallory').client(SSMClient);
  for (const name of names) await client.send(new PutParameterCommand({ Name: name, Value: foreign, DataType: 'aws:ec2:image', Overwrite: true }));
}

const everRan = (ami: string): boolean => local.world.get(Ec2Service).instances().some(({ image }) => image.id === ami);

beforeEach(async () => {
  local = await LocalAws.start({ seed: 3, start: Date.UTC(2026, 0, 6, 9) });
  await called(S3Service, 'CreateBucket', { Bucket: 'assets', CreateBucketConfiguration: { LocationConstraint: local.world.region } });
  foreign = local.world.get(Ec2Service).registerImage({ name: 'hers', architecture: 'x86_64', platform: 'linux' });
  const client = attacker(local.world, 'Mallory').client(SSMClient);
  // Else Parameter Store refuses AMIs that she writes (assumption: ssm-ami-validation).
  const seesImages = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' } };
  await called(IamService, 'PutRolePolicy', { RoleName: 'Mallory', PolicyName: 'Read', PolicyDocument: JSON.stringify(seesImages) });
  put = async (name, value, dataType = 'text') => client.send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', DataType: dataType }));
});

afterEach(async () => local.close());

describe('what somebody planted before the first deploy', () => {
  test.each([
    ['the AMI that a fleet starts with', FLEET, () => foreign],
    ['the AMI that a channel begins with', CHANNEL, () => foreign],
    ['a release document', releaseDocumentName(CHANNEL), () => '{"revision":9007199254740991}'],
    ['the status of a fleet', fleetStatusName(NAMESPACE, 'web'), () => '{"schemaVersion":99}'],
  ])('is not taken: %s; the deploy says what it found and what to do, and goes on once that is gone', async (_, name, value) => {
    await put(name, value(), value() === foreign ? 'aws:ec2:image' : 'text');
    expect(await local.until(() => ssm().value(name) === value(), HOUR)).toBe(true);
    await create();
    await cloudFormation().drive();
    expect(status()).toBe('ROLLBACK_COMPLETE');
    expect(failures()).toContain(`${name} exists already, and is not from this stack: it holds '${value()}'`);
    expect(failures()).toContain(`delete it (aws ssm delete-parameter --name ${name}) and deploy again`);
    expect([ssm().value(name), everRan(foreign)]).toEqual([value(), false]);
    ssm().remove(name);
    await called(CloudFormationService, 'DeleteStack', { StackName: STACK });
    await cloudFormation().drive();
    await create();
    await cloudFormation().drive();
    expect(status()).toBe('CREATE_COMPLETE');
    expect(everRan(foreign)).toBe(false);
  });

  test('is held to what it is where it is right, and is no way around the ledger afterwards', async () => {
    const right = ssm().value(PUBLIC)!;
    for (const name of [CHANNEL, FLEET]) await put(name, right, 'aws:ec2:image');
    expect(await local.until(() => ssm().value(CHANNEL) === right && ssm().value(FLEET) === right, HOUR)).toBe(true);
    await create();
    await cloudFormation().drive();
    expect(status()).toBe('CREATE_COMPLETE');
    await overwrite(CHANNEL, FLEET);
    expect(await local.until(() => ssm().value(CHANNEL) === foreign && ssm().value(FLEET) === foreign, HOUR)).toBe(true);
    expect(await local.until(() => ssm().value(CHANNEL) === right && ssm().value(FLEET) === right, HOUR / 2)).toBe(true);
    expect((await readLedgers(local.world)).fleets.map(({ initialAmi }) => initialAmi)).toEqual([right]);
    expect(everRan(foreign)).toBe(false);
  });

  test('nor is what is planted while the seed waits for AWS to validate its own', async () => {
    const { imageValidation } = ssm();
    const begin = imageValidation.begin.bind(imageValidation);
    jest.spyOn(imageValidation, 'begin').mockImplementation((name, ...rest) => {
      begin(name, ...rest);
      // A text is there at once.
      if (name === FLEET) void put(FLEET, foreign);
    });
    await create();
    await cloudFormation().drive();
    expect(status()).toBe('ROLLBACK_COMPLETE');
    expect(failures()).toContain(`${FLEET} exists already, and is not from this stack: it holds '${foreign}' (data type text)`);
    expect(everRan(foreign)).toBe(false);
  });

  test('and the pointer of a fleet that was never committed is put back, whoever moves it', async () => {
    await create();
    await cloudFormation().drive();
    const initial = ssm().value(FLEET)!;
    await overwrite(FLEET);
    expect(await local.until(() => ssm().value(FLEET) === foreign, HOUR)).toBe(true);
    expect(await local.until(() => ssm().value(FLEET) === initial, HOUR)).toBe(true);
  });
});
