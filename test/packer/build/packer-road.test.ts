import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Deployed, HOUR, MINUTE } from './deployed';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { CloudWatchService } from '../../../golden-images/src/world/cloudwatch';
import type { Build } from '../../../golden-images/src/world/code-build/build';
import { CodeBuildService } from '../../../golden-images/src/world/code-build/code-build';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { LambdaService } from '../../../golden-images/src/world/lambda/lambda';
import { Source } from '../../../src/component/source';
import { channelParameterName, registerAlias } from '../../../src/contract';
import { BuildSchedule, ParentImage, PatchedBaseImage, RegisteredImage, WeekDay } from '../../../src/image';
import { PackerBuild } from '../../../src/packer';

const SHA = 'a'.repeat(64);
const PROJECT = 'shop--golden';
const channel = (name: string, image = 'golden'): string => channelParameterName('shop', image, name);

const shop = (greeting: string) => (stack: Stack): void => {
  const base = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.weekly({ weekDay: WeekDay.SUNDAY }) });
  const golden = new RegisteredImage(stack, 'Golden', { parent: base });
  golden.addChannel('tried');
  new PackerBuild(stack, 'Packer', {
    image: golden,
    template: Source.asset(join(__dirname, 'template')),
    runTag: { key: 'Name', value: 'Packer Builder' },
    packer: Source.https('https://tools.example.com/packer.zip', SHA),
    plugins: [{ address: 'github.com/hashicorp/amazon', archive: Source.https('https://tools.example.com/amazon.zip', SHA) }],
    parentVariable: 'source_ami',
    variables: { greeting },
    schedule: BuildSchedule.cron('0 12 ? * WED *'),
    timeout: Duration.hours(1),
  });
};

describe('an image that Packer builds in AWS CodeBuild', () => {
  let deployed: Deployed;
  let outcome: 'good' | 'fails' | 'silent' | 'slow' = 'good';
  const codeBuild = (): CodeBuildService => deployed.local.world.get(CodeBuildService);
  const version = (name = 'latest', image = 'golden'): string | undefined => deployed.release(channel(name, image))?.version;
  const operator = (): string => [...deployed.local.world.get(CloudFormationService).stackState('Shop')!.resources.values()]
    .find(({ type, logicalId }) => type === 'AWS::Lambda::Function' && logicalId.includes('Operator'))!.physicalId!;

  /** What the commands of the build specification come to: Packer's AMI of the parent, its manifest, and the request of the last command. */
  async function packer(build: Build, environment: Readonly<Record<string, string>>): Promise<void> {
    await deployed.local.world.timeline.sleep(20 * MINUTE);
    if (outcome === 'fails') throw new Error('Error while executing command: bash. Reason: exit status 1');
    if (outcome === 'slow') await deployed.local.world.timeline.sleep(3 * HOUR);
    if (outcome === 'silent') return;
    const ami = deployed.ami({ sourceImageId: environment.GOLDEN_IMAGES_PARENT! });
    const manifest = { last_run_uuid: 'run', builds: [{ name: 'web', packer_run_uuid: 'run', artifact_id: `eu-central-1:${ami}` }] };
    const request = { command: 'register', image: 'golden', manifest, build: build.arn, caller: build.arn, tested: false };
    const { payload } = await deployed.local.world.get(LambdaService).invoke(operator(), request, registerAlias.build('golden'));
    expect(payload).toMatchObject({ known: false });
  }

  beforeAll(async () => {
    deployed = await Deployed.start('Shop', shop('hello'));
    codeBuild().script(PROJECT, packer);
  });
  afterAll(() => deployed?.local.close());

  test('is built at first once its parent has a release, and registered by the build itself', async () => {
    expect(await deployed.until(() => version('tried') === '1.0.1/1', 24)).toBe(true);
    const [build] = codeBuild().builds;
    expect(build!.variables).toContainEqual({ name: 'GOLDEN_IMAGES_PARENT', value: channel('latest', 'base'), type: 'PARAMETER_STORE' });
    expect(build!.startedAt).toBeGreaterThan(Date.parse(deployed.release(channel('latest', 'base'))!.builtAt));
    expect(codeBuild().builds).toHaveLength(1);
  });

  test('is not built again while nothing changes, until its schedule says so', async () => {
    await deployed.local.pass(20 * HOUR);
    expect(codeBuild().builds).toHaveLength(1);
    expect(await deployed.until(() => version() === '1.0.2/1', 7 * 24)).toBe(true);
    expect(codeBuild().builds[1]!.initiator).toBe('scheduler');
  });

  test('is built again when its parent is released', async () => {
    const { pipelines } = deployed.local.world.get(ImageBuilderService);
    pipelines.execute(pipelines.all().find(({ name }) => name === 'shop--base')!.arn, 'by hand');
    expect(await deployed.until(() => version() === '1.0.3/1', 6)).toBe(true);
  });

  test('is built again when its template or its variables change', async () => {
    await deployed.deploy(shop('good morning'));
    expect(await deployed.until(() => version() === '1.0.4/1', 6)).toBe(true);
    await deployed.local.pass(6 * HOUR);
    expect(version()).toBe('1.0.4/1');
  });

  test.each(['fails', 'silent', 'slow'] as const)('a build that %s is no version; it is tried again, three times at most', async (how) => {
    const before = codeBuild().builds.length;
    outcome = how;
    await deployed.deploy(shop(how));
    await deployed.local.pass(26 * HOUR);
    const tried = codeBuild().builds.slice(before).filter(({ initiator }) => initiator !== 'scheduler');
    expect(tried).toHaveLength(3);
    expect(version()).toMatch(/^1\.0\.[45]\/1$/);
  });

  test('a build that ends well and registers nothing needs an operator, until a version comes', async () => {
    const alarm = (): string | undefined => deployed.local.world.get(CloudWatchService).alarmState('shop-golden-images-needs-operator');
    expect(await deployed.until(() => alarm() === 'OK', 2)).toBe(true);
    outcome = 'silent';
    await deployed.deploy(shop('forgetful'));
    expect(await deployed.until(() => alarm() === 'ALARM', 2)).toBe(true);
    await deployed.local.pass(12 * HOUR);
    expect(alarm()).toBe('ALARM');
    outcome = 'good';
    await deployed.deploy(shop('remembering'));
    const before = version();
    expect(await deployed.until(() => version() !== before, 3)).toBe(true);
    expect(await deployed.until(() => alarm() === 'OK', 2)).toBe(true);
  });

  test('a build that fails turns its alarm red for an hour', async () => {
    const alarm = (): string | undefined => deployed.local.world.get(CloudWatchService).alarmState('shop-golden-images-build-failed-golden');
    expect(alarm()).toBe('OK');
    outcome = 'fails';
    await deployed.deploy(shop('alarming'));
    expect(await deployed.until(() => alarm() === 'ALARM', 3)).toBe(true);
    outcome = 'good';
    const before = version();
    expect(await deployed.until(() => version() !== before, 3)).toBe(true);
    expect(await deployed.until(() => alarm() === 'OK', 2)).toBe(true);
  });
});
