import {
  CreateComponentCommand, CreateImageRecipeCommand, CreateInfrastructureConfigurationCommand, CreateWorkflowCommand, DeleteComponentCommand,
  DeleteImageRecipeCommand, GetComponentCommand, GetImagePipelineCommand, GetImageRecipeCommand, GetInfrastructureConfigurationCommand,
  ImagebuilderClient, UpdateImagePipelineCommand, UpdateInfrastructureConfigurationCommand,
} from '@aws-sdk/client-imagebuilder';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, Stack } from 'aws-cdk-lib';
import { CfnComponent, CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import { attacker } from './attacker';
import { readLedgers } from '../../golden-images/src/report/ledger';
import { CloudWatchService } from '../../golden-images/src/world/cloudwatch';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../golden-images/src/world/iam';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import type { World } from '../../golden-images/src/world/kernel';
import { Component, Step, type ComponentConfig } from '../../src/component';
import { channelParameterName } from '../../src/contract';
import { BuildInfrastructure, BuildSchedule, ParentImage, PatchedBaseImage, RoleImage, WeekDay } from '../../src/image';
import type { ImageRecord, VersionRecord } from '../../src/runtime/domain/image';
import { Deployed, HOUR, MINUTE } from '../packer/build/deployed';

const EVIL = 'name: evil\nschemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: run\n        action: ExecuteBash\n        inputs:\n          commands:\n            - curl evil\n';

let shop: Deployed;
let mallory: ImagebuilderClient;
let parameters: SSMClient;

const service = (): ImageBuilderService => shop.local.world.get(ImageBuilderService);
const builds = (image: string): ImageBuilderService['builds']['images'] =>
  service().builds.images.filter(({ pipelineArn }) => pipelineArn?.endsWith(`/shop--${image}`));
const alarm = (): string | undefined => shop.local.world.get(CloudWatchService).alarmState('shop-golden-images-needs-operator');
const record = async (image: string): Promise<ImageRecord> => (await readLedgers(shop.local.world)).images.find((each) => each.image === image)!;
const head = async (image: string): Promise<VersionRecord> => {
  const { channels, versions } = await record(image);
  return versions.find(({ version }) => version === channels.latest!.document.version)!;
};

/** An operator starts a build, as the console does; it comes to its end, and the controller looks. */
async function build(image: string): Promise<void> {
  await begin(image);
  await ended(image);
}

async function begin(image: string): Promise<void> {
  const { pipelines } = service();
  pipelines.execute(pipelines.all().find(({ name }) => name === `shop--${image}`)!.arn, shop.local.world.random.uuid());
  await shop.local.pass(1);
}

async function ended(image: string): Promise<void> {
  expect(await shop.until(() => builds(image).every((each) => !service().builds.inProgress(each)), 2)).toBe(true);
  await shop.local.pass(5 * MINUTE);
}

/** The newest build of an image, as the ledger has it. */
async function newest(image: string): Promise<VersionRecord> {
  const { arn } = builds(image).at(-1)!;
  return (await record(image)).versions.find((version) => version.arn === arn)!;
}

/** It is a version that nobody will be given, and somebody is told why. */
async function refused(image: string, reason: RegExp): Promise<void> {
  expect((await newest(image)).withdrawal).toEqual({ type: 'foreign-build', reason: expect.stringMatching(reason) });
  const { arn, withdrawal } = await head(image);
  expect([arn, withdrawal]).toEqual([expect.not.stringMatching(`^${builds(image).at(-1)!.arn}$`), undefined]);
}

const images = (motd: string, parent = ParentImage.amazonLinux2023()) => (stack: Stack): void => {
  const base = new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.weekly({ weekDay: WeekDay.TUESDAY, hour: 3 }) });
  new RoleImage(stack, 'Web', { parent: base, components: [Component.fromSteps('site', { buildSteps: [Step.bash(`echo ${motd}`)] })] });
};

async function start(declare = images('first'), prepare?: Parameters<typeof Deployed.start>[2]): Promise<void> {
  shop = await Deployed.start('Shop', declare, prepare);
  const somebody = attacker(shop.local.world, 'Mallory');
  // Parameter Store looks at an AMI with the rights of who names it.
  shop.local.world.get(IamService).putRolePolicy('Mallory', 'look', { Statement: [{ Effect: 'Allow', Action: 'ec2:DescribeImages', Resource: '*' }] });
  [mallory, parameters] = [somebody.client(ImagebuilderClient), somebody.client(SSMClient)];
  expect(await shop.until(() => shop.release(channelParameterName('shop', 'web', 'latest')) !== undefined, 6)).toBe(true);
  await shop.local.pass(HOUR);
}

const pipelineOf = async (image: string): Promise<any> => {
  const imagePipelineArn = service().pipelines.all().find(({ name }) => name === `shop--${image}`)!.arn;
  const { imagePipeline } = await mallory.send(new GetImagePipelineCommand({ imagePipelineArn }));
  return imagePipeline;
};

const updatePipeline = async (image: string, over: object): Promise<void> => {
  const { arn, imageRecipeArn, infrastructureConfigurationArn, imageTestsConfiguration } = await pipelineOf(image);
  await mallory.send(new UpdateImagePipelineCommand({
    imagePipelineArn: arn, imageRecipeArn, infrastructureConfigurationArn, imageTestsConfiguration, clientToken: 'evil', ...over,
  }));
};

const infrastructure = async (): Promise<any> => {
  const { infrastructureConfigurationArn } = await pipelineOf('web');
  return (await mallory.send(new GetInfrastructureConfigurationCommand({ infrastructureConfigurationArn }))).infrastructureConfiguration;
};

const updateInfrastructure = async (over: object): Promise<void> => {
  const { arn, instanceProfileName, instanceTypes, terminateInstanceOnFailure, instanceMetadataOptions } = await infrastructure();
  await mallory.send(new UpdateInfrastructureConfigurationCommand({
    infrastructureConfigurationArn: arn, instanceProfileName, instanceTypes, terminateInstanceOnFailure, instanceMetadataOptions, clientToken: 'evil', ...over,
  }));
};

const evilComponent = async (name = 'evil', semanticVersion = '1.0.0'): Promise<string> =>
  (await mallory.send(new CreateComponentCommand({ name, semanticVersion, platform: 'Linux', data: EVIL, clientToken: 'evil' }))).componentBuildVersionArn!;

/** The stack is deployed once. After each attack the account is as the deploy left it, and the version of the attack stays withdrawn. */
describe('what goes into a build, changed by somebody', () => {
  let restore: () => Promise<void>;

  beforeAll(async () => {
    await start();
    shop.local.world.get(IamService).createInstanceProfile('admin', '/', []);
    const { imageRecipeArn, infrastructureConfigurationArn } = await pipelineOf('web');
    restore = async () => {
      await updatePipeline('web', { imageRecipeArn, infrastructureConfigurationArn });
      const { instanceProfileName, terminateInstanceOnFailure } = declared;
      await updateInfrastructure({ instanceProfileName, terminateInstanceOnFailure });
    };
    const declared = await infrastructure();
  });

  afterEach(() => restore());
  afterAll(() => shop.local.close());

  test('what is declared reaches the ledger: each component once an image, each infrastructure once', async () => {
    const { images: [base, web], infrastructures } = (await readLedgers(shop.local.world)).registries[0]!;
    const content = {
      'instance types': ['m6i.large', 'm5.large'],
      'end of instances that failed': true,
      'metadata options': { httpTokens: 'required', httpPutResponseHopLimit: 1 },
    };
    expect(infrastructures).toEqual([{ arn: web!.inputs!.pipeline['infrastructure configuration'], content: expect.objectContaining(content) }]);
    expect(base!.inputs!.pipeline).toEqual(web!.inputs!.pipeline);
    expect(web!.inputs!.recipe).toMatchObject({
      'parent image': 'ssm:/imagebuilder/golden-images/shop/base/latest',
      'components': [{ componentArn: expect.stringMatching(/component\/shop--\S+\/1\.0\.0\/1$/) }, { componentArn: expect.stringMatching(/shop--site\/1\.0\.0\/1$/) }],
    });
  });

  test('UpdateImagePipeline to another recipe: its version is told apart from those of the image, and nobody gets it', async () => {
    const { parentImage, version } = (await mallory.send(new GetImageRecipeCommand({ imageRecipeArn: (await pipelineOf('web')).imageRecipeArn }))).imageRecipe!;
    const { imageRecipeArn } = await mallory.send(new CreateImageRecipeCommand({
      name: 'evil', semanticVersion: version, parentImage, components: [{ componentArn: await evilComponent() }], clientToken: 'evil',
    }));
    await updatePipeline('web', { imageRecipeArn });
    await build('web');
    await refused('web', /^the recipe evil was built, which is not of this image$/);
    expect((await record('web')).versions.filter(({ version: each }) => each === `${version}/1`)).toHaveLength(1);
  });

  test('UpdateImagePipeline to another infrastructure configuration', async () => {
    const { infrastructureConfigurationArn } = await mallory.send(new CreateInfrastructureConfigurationCommand({
      name: 'evil', instanceProfileName: 'admin', clientToken: 'evil',
    }));
    await updatePipeline('web', { infrastructureConfigurationArn });
    await build('web');
    await refused('web', /^its infrastructure configuration is \S+infrastructure-configuration\/evil, declared is /);
  });

  test('UpdateImagePipeline to builds without tests: no version of it passes for tested', async () => {
    await updatePipeline('web', { imageTestsConfiguration: { imageTestsEnabled: false } });
    await build('web');
    expect((await newest('web')).tested).toBe(false);
    await updatePipeline('web', { imageTestsConfiguration: { imageTestsEnabled: true } });
  });

  test('UpdateImagePipeline to a workflow that runs something of its own', async () => {
    const data = 'name: evil\nschemaVersion: 1.0\nsteps:\n  - name: LaunchBuildInstance\n    action: LaunchInstance\n    inputs:\n      waitFor: ssmAgent\n  - name: CreateOutputAmi\n    action: CreateImage\n    inputs:\n      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId\noutputs:\n  - name: ImageId\n    value: $.stepOutputs.CreateOutputAmi.imageId\n';
    const { workflowBuildVersionArn } = await mallory.send(new CreateWorkflowCommand({ name: 'evil', semanticVersion: '1.0.0', type: 'BUILD', data, clientToken: 'evil' }));
    await updatePipeline('web', { workflows: [{ workflowArn: workflowBuildVersionArn }], executionRole: 'Mallory' });
    await build('web');
    await refused('web', /its workflows is .*workflow\/build\/evil/);
  });

  test.each<[string, object, RegExp]>([
    ['another instance profile', { instanceProfileName: 'admin' }, /^its instance profile is admin, declared is /],
    ['instances that stay', { terminateInstanceOnFailure: false }, /^its end of instances that failed is false, declared is true$/],
    ['a key pair', { keyPair: 'mallory' }, /^its key pair is mallory, declared is none$/],
    ['another network', { subnetId: 'subnet-0bad', securityGroupIds: ['sg-0bad'] }, /^its subnet is subnet-0bad, declared is none; its security groups is \["sg-0bad"\], declared is none$/],
  ])('UpdateInfrastructureConfiguration: %s', async (_, over, reason) => {
    await updateInfrastructure(over);
    await build('web');
    await refused('web', reason);
  });

  test('UpdateInfrastructureConfiguration, taken back while the build runs', async () => {
    const { instanceProfileName } = await infrastructure();
    await updateInfrastructure({ instanceProfileName: 'admin' });
    await begin('web');
    await updateInfrastructure({ instanceProfileName });
    await ended('web');
    await refused('web', /^its instance profile is admin/);
  });

  test('PutParameter on the pointer of the parent: a role on a foreign AMI', async () => {
    const ami = shop.ami({ name: 'evil' });
    await parameters.send(new PutParameterCommand({
      Name: channelParameterName('shop', 'base', 'latest'), Value: ami, Type: 'String', DataType: 'aws:ec2:image', Overwrite: true,
    }));
    expect(await shop.until(() => shop.ssm.value(channelParameterName('shop', 'base', 'latest')) === ami, 1)).toBe(true);
    await build('web');
    expect((await newest('web')).sourceAmi).toBe(ami);
    await refused('web', new RegExp(`^it stands on ${ami}, which is of no version of its parent$`));
  });

  test('somebody is told; once all is as declared again, the next build is released and the alarm clears', async () => {
    await updateInfrastructure({ keyPair: 'mallory' });
    await build('web');
    await refused('web', /key pair/);
    expect(await shop.until(() => alarm() === 'ALARM', 1)).toBe(true);
    await restore();
    await build('web');
    expect((await newest('web')).withdrawal).toBeUndefined();
    expect((await head('web')).arn).toBe(builds('web').at(-1)!.arn);
    expect(await shop.until(() => alarm() === 'OK', 2)).toBe(true);
  });

  test('a recipe and its component, deleted and created again under their ARNs', async () => {
    const { imageRecipeArn } = await pipelineOf('web');
    const { imageRecipe } = await mallory.send(new GetImageRecipeCommand({ imageRecipeArn }));
    const { name, version, parentImage, components, blockDeviceMappings } = imageRecipe!;
    const own = components!.find(({ componentArn }) => componentArn!.includes('--site/'))!.componentArn!;
    const { component } = await mallory.send(new GetComponentCommand({ componentBuildVersionArn: own }));
    const { imageRecipeArn: other } = await mallory.send(new CreateImageRecipeCommand({
      name: 'evil-too', semanticVersion: '1.0.0', parentImage, components: [{ componentArn: await evilComponent('evil-too') }], clientToken: 'evil',
    }));
    await updatePipeline('web', { imageRecipeArn: other });
    await mallory.send(new DeleteImageRecipeCommand({ imageRecipeArn }));
    await mallory.send(new DeleteComponentCommand({ componentBuildVersionArn: own }));
    expect(await evilComponent(component!.name, component!.version)).toBe(own);
    expect((await mallory.send(new CreateImageRecipeCommand({
      name, semanticVersion: version, parentImage, components, blockDeviceMappings, clientToken: 'evil',
    }))).imageRecipeArn).toBe(imageRecipeArn);
    await updatePipeline('web', { imageRecipeArn });
    await build('web');
    await refused('web', /^its recipe \S+ was created after the deploy that declares it$/);
  });
});

describe('a parent that is looked up', () => {
  afterAll(() => shop.local.close());

  test('PutParameter on its parameter: a base on a foreign AMI', async () => {
    const parent = ParentImage.lookup({ owner: 'self', names: ['golden-*'] });
    const prepare = (world: World): unknown => world.get(Ec2Service).registerImage({ name: 'golden-1', architecture: 'x86_64' });
    await start(images('first', parent), { prepare });
    const { parameterName } = (await readLedgers(shop.local.world)).registries[0]!.lookups![0]!;
    const ami = shop.ami({ name: 'evil' });
    await parameters.send(new PutParameterCommand({ Name: parameterName, Value: ami, Type: 'String', DataType: 'aws:ec2:image', Overwrite: true }));
    expect(await shop.until(() => shop.ssm.value(parameterName) === ami, 1)).toBe(true);
    await build('base');
    await refused('base', new RegExp(`^it stands on ${ami}`));
  });
});

test('CreateComponent of a name that a recipe takes by a wildcard: no app can be synthesized that does', () => {
  class Latest extends Component {
    public constructor(private readonly arn: (stack: Stack) => string) { super(); }

    public bind(scope: Stack): ComponentConfig {
      return { componentName: 'agent', componentArn: this.arn(Stack.of(scope)), content: 'agent' };
    }
  }
  const app = (arn: (stack: Stack) => string, env?: { account: string; region: string }) => (): void => {
    const stack = new Stack(new App(), 'Shop', { ...(env ? { env } : {}) });
    new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), components: [new Latest(arn)] });
  };
  const own = (version: string) => (stack: Stack): string => stack.formatArn({ service: 'imagebuilder', resource: 'component', resourceName: `agent/${version}` });
  const env = { account: '123456789012', region: 'eu-central-1' };
  const message = /the component 'agent' is given without the number of its build/;
  expect(app(own('x.x.x'))).toThrow(message);
  expect(app(own('1.0.0'), env)).toThrow(message);
  const declared = (stack: Stack): CfnComponent => new CfnComponent(stack, 'Agent', { name: 'agent', version: '1.0.0', platform: 'Linux' });
  expect(app((stack) => declared(stack).getAtt('LatestVersion.Arn').toString())).toThrow(message);
  expect(app(own('1.0.0/1'))).not.toThrow();
  expect(app((stack) => declared(stack).attrArn)).not.toThrow();
  expect(app(() => 'arn:aws:imagebuilder:eu-central-1:210987654321:component/agent/x.x.x', env)).not.toThrow();
});

describe('what the deploys of an honest user change', () => {
  afterEach(() => shop.local.close());

  test('a component, while a build runs: both versions are good', async () => {
    await start();
    await begin('web');
    await shop.deploy(images('second'));
    await ended('web');
    await shop.local.pass(6 * HOUR);
    expect((await record('web')).versions.map(({ withdrawal }) => withdrawal)).toEqual(builds('web').map(() => undefined));
    expect((await head('web')).arn).toBe(builds('web').at(-1)!.arn);
    expect(alarm()).toBe('OK');
  });

  test('the infrastructure, while a build runs and before the next: nothing is withdrawn', async () => {
    const larger = (size: string) => (stack: Stack): void => {
      BuildInfrastructure.shared(stack);
      images('first')(stack);
      const isConfiguration = CfnInfrastructureConfiguration.isCfnInfrastructureConfiguration;
      const configurations = stack.node.findAll().filter((each): each is CfnInfrastructureConfiguration => isConfiguration(each));
      configurations.forEach((each) => each.addPropertyOverride('InstanceTypes', [size]));
    };
    await start(larger('m5.large'));
    await begin('web');
    await shop.deploy(larger('m6i.xlarge'));
    await ended('web');
    await build('base');
    await shop.local.pass(2 * HOUR);
    const versions = [...(await record('base')).versions, ...(await record('web')).versions];
    expect(versions.map(({ withdrawal }) => withdrawal)).toEqual(versions.map(() => undefined));
    expect(versions.length).toBeGreaterThan(4);
  });
});
