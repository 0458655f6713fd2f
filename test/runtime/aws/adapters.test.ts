import { connect } from './world';
import { embeddedMetrics } from '../../../golden-images/src/world/cloudwatch/embedded-metrics';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../golden-images/src/world/iam';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { AwsError, type World } from '../../../golden-images/src/world/kernel';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';
import { Ec2Candidates } from '../../../src/runtime/aws/candidates';
import { callAws } from '../../../src/runtime/aws/errors';
import { ImageBuilderImages } from '../../../src/runtime/aws/images';
import { SsmParameters } from '../../../src/runtime/aws/parameters';
import { ImageBuilderParents } from '../../../src/runtime/aws/parent-amis';
import { AccountReferences } from '../../../src/runtime/aws/references';
import { CloudFormationStacks, stackState } from '../../../src/runtime/aws/stacks';
import { jsonLog } from '../../../src/runtime/aws/system';
import { TransientError } from '../../../src/runtime/ports';
import { checkedImageBuilder } from '../../golden-images/world/image-builder/documents';

const HOUR = 3600_000;
const PARENT = '/imagebuilder/golden-images/shop/base/latest';
const DOCUMENT = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - {name: Say, action: ExecuteBash, inputs: {commands: ['echo']}}\n";

/** Lets pass what Parameter Store takes to validate AMIs. */
const validated = (world: World): Promise<void> => world.timeline.runUntil(world.now + 10_000);

/** A pipeline whose recipe stands on a parameter of ours. */
async function setUp() {
  const clients = connect();
  const { world, ec2, imageBuilder, ssm } = clients;
  const parent = world.get(Ec2Service).registerImage({ name: 'parent', architecture: 'x86_64', platform: 'linux' });
  world.get(SsmService).put({ Name: PARENT, Value: parent, Type: 'String', DataType: 'aws:ec2:image' });
  await validated(world);
  const service = checkedImageBuilder(world);
  world.get(IamService).createInstanceProfile('builder', undefined);
  const component = service.components.create({ name: 'hello', semanticVersion: '1.0.0', platform: 'Linux', data: DOCUMENT }).arn;
  const infrastructure = service.infrastructures.create({ name: 'shared', instanceProfileName: 'builder' }).arn;
  const recipe = service.recipes.create({ name: 'shop-web', semanticVersion: '1.0.x', parentImage: `ssm:${PARENT}`, components: [{ componentArn: component }] }).arn;
  const pipeline = service.pipelines.create({ name: 'shop-web', imageRecipeArn: recipe, infrastructureConfigurationArn: infrastructure }).arn;
  const images = new ImageBuilderImages(imageBuilder, ec2, world.region);
  return { ...clients, images, parent, pipeline, recipe, parameters: new SsmParameters(ssm), references: new AccountReferences(ec2, imageBuilder) };
}

describe('images', () => {
  test('a build is listed while it runs, and told apart once it has ended', async () => {
    const { images, pipeline, recipe, parent, world } = await setUp();
    const arn = await images.start(pipeline, 'first');
    expect(await images.builds(pipeline)).toMatchObject([{ arn, version: '1.0.0/1', status: 'in-flight', createdAt: world.now }]);
    await world.timeline.runUntil(world.now + 2 * HOUR);
    expect(await images.builds(pipeline)).toMatchObject([{ status: 'available' }]);
    const details = await images.details(arn!);
    expect(details).toMatchObject({ recipeArn: recipe, tested: true, ami: { sourceAmi: parent } });
    expect(details.amis).toEqual({ [world.region]: details.ami!.id });
  });

  test('an AMI is one of the account of the build: copies in other accounts are none of it, in whatever order', async () => {
    const own = { region: 'eu-central-1', image: 'ami-0aaaaaaaaaaaaaaaa', accountId: '123456789012' };
    const other = { region: 'eu-central-1', image: 'ami-0bbbbbbbbbbbbbbbb', accountId: '666666666666' };
    const far = { region: 'eu-west-1', image: 'ami-0cccccccccccccccc' };
    const { ec2 } = connect();
    const arn = 'arn:aws:imagebuilder:eu-central-1:123456789012:image/shop-web/1.0.0/1';
    const amisOf = async (amis: object[]) => {
      const builder = { send: async () => ({ image: { outputResources: { amis } } }) };
      return (await new ImageBuilderImages(builder as never, ec2, 'eu-central-1').details(arn)).amis;
    };
    const expected = { 'eu-central-1': own.image, 'eu-west-1': far.image };
    expect(await amisOf([own, far, other])).toEqual(expected);
    expect(await amisOf([other, far, own])).toEqual(expected);
    expect(await amisOf([other, { ...other, region: 'us-east-1' }])).toEqual({});
  });

  test('a build tells what it was made of: as it began, whatever is changed while it runs', async () => {
    const { images, pipeline, recipe, world } = await setUp();
    const service = world.get(ImageBuilderService);
    const arn = await images.start(pipeline, 'first');
    const { infrastructureConfigurationArn } = service.pipelines.find(pipeline).input;
    service.infrastructures.update(infrastructureConfigurationArn, { instanceProfileName: 'builder', keyPair: 'mallory' });
    await world.timeline.runUntil(world.now + 2 * HOUR);
    expect(await images.details(arn!)).toMatchObject({
      recipeCreatedAt: service.recipes.find(recipe).dateCreated,
      components: [],
      inputs: {
        recipe: { 'parent image': `ssm:${PARENT}`, 'components': [{ componentArn: expect.stringMatching(/component\/hello\/1\.0\.0\/1$/) }] },
        pipeline: { 'infrastructure configuration': infrastructureConfigurationArn },
        infrastructure: { 'instance profile': 'builder', 'key pair': undefined },
      },
    });
  });

  test('a build of a recipe of another name says so, and its version is none of the image', async () => {
    const { images, pipeline, world } = await setUp();
    const service = world.get(ImageBuilderService);
    const { input } = service.pipelines.find(pipeline);
    const { components, parentImage } = service.recipes.find(input.imageRecipeArn);
    const evil = service.recipes.create({ name: 'evil', semanticVersion: '1.0.0', parentImage, components }).arn;
    service.pipelines.update(pipeline, { ...input, imageRecipeArn: evil });
    await images.start(pipeline, 'first');
    expect(await images.builds(pipeline)).toMatchObject([{ version: '1.0.0/1+evil', foreignRecipe: 'evil' }]);
  });

  test('the same token gives the same build', async () => {
    const { images, pipeline } = await setUp();
    expect(await images.start(pipeline, 'x'.repeat(200))).toBe(await images.start(pipeline, 'x'.repeat(200)));
    expect(await images.builds(pipeline)).toHaveLength(1);
  });

  test('a failed build says why', async () => {
    const { images, pipeline, world } = await setUp();
    world.faults.failedBuilds.set('shop-web', 1);
    await images.start(pipeline, 'first');
    await world.timeline.runUntil(world.now + 2 * HOUR);
    expect(await images.builds(pipeline)).toMatchObject([{ status: 'failed', reason: expect.stringMatching(/./) }]);
  });

  test('every page of the list is read', async () => {
    const { images, pipeline } = await setUp();
    for (let each = 0; each < 30; each += 1) await images.start(pipeline, `token-${each}`);
    expect(new Set((await images.builds(pipeline))!.map(({ arn }) => arn)).size).toBe(30);
  });

  test('a pipeline that is gone has no list, and refuses to be started', async () => {
    const { images, pipeline } = await setUp();
    expect(await images.builds(`${pipeline}-gone`)).toBeUndefined();
    await expect(images.start(`${pipeline}-gone`, 'x')).rejects.toMatchObject({ name: 'RefusedError', code: 'ResourceNotFoundException' });
  });

  test('a build that is gone has no AMI', async () => {
    const { images, pipeline } = await setUp();
    const arn = (await images.start(pipeline, 'x'))!;
    expect(await images.details(arn.replace(/1$/, '7'))).toEqual({ recipeArn: '', tested: true, amis: {} });
  });
});

describe('parameters', () => {
  test('a pointer is written as an image, which is there once it was validated', async () => {
    const { parameters, parent, world } = await setUp();
    await parameters.put('/imagebuilder/new', parent, 'aws:ec2:image');
    expect(await parameters.get('/imagebuilder/new')).toBeUndefined();
    await validated(world);
    expect(await parameters.get('/imagebuilder/new')).toEqual({ value: parent, version: 1, dataType: 'aws:ec2:image' });
    expect(world.get(SsmService).find('/imagebuilder/new')).toMatchObject({ dataType: 'aws:ec2:image' });
  });

  test('a value that AWS takes and then refuses was not written', async () => {
    const { parameters, parent, world } = await setUp();
    await parameters.create('/imagebuilder/new', parent);
    await validated(world);
    await parameters.put('/imagebuilder/new', 'ami-0123456789abcdef0', 'aws:ec2:image');
    await validated(world);
    expect((await parameters.get('/imagebuilder/new'))?.value).toBe(parent);
  });

  test('what is created overwrites nothing, neither at once nor later', async () => {
    const { parameters, parent, world } = await setUp();
    const other = world.get(Ec2Service).registerImage({ name: 'other', architecture: 'x86_64', platform: 'linux' });
    world.get(SsmService).imageValidation.oneAfterAnother = true;
    await parameters.create('/imagebuilder/new', parent);
    await parameters.create('/imagebuilder/new', other);
    await validated(world);
    await parameters.create('/imagebuilder/new', other);
    await validated(world);
    expect(await parameters.get('/imagebuilder/new')).toEqual({ value: parent, version: 1, dataType: 'aws:ec2:image' });
  });

  test('what is absent reads as nothing, and is removed without complaint', async () => {
    const { parameters } = await setUp();
    expect(await parameters.get('/none')).toBeUndefined();
    await parameters.remove('/none');
    await parameters.put('/some', 'text', 'text');
    await parameters.remove('/some');
    expect(await parameters.get('/some')).toBeUndefined();
  });
});

describe('references', () => {
  test('recipes and launch templates that read a parameter', async () => {
    const { references, recipe, world } = await setUp();
    expect(await references.of(PARENT)).toEqual([recipe]);
    await world.call(world.get(Ec2Service), 'CreateLaunchTemplate', { LaunchTemplateName: 'fleet', LaunchTemplateData: { ImageId: `resolve:ssm:${PARENT}` } });
    expect(await references.of(PARENT)).toEqual([expect.stringMatching(/^lt-.*:1$/), recipe]);
    expect(await references.of(`${PARENT}/release`)).toEqual([]);
  });
});

describe('parent images', () => {
  test('the newest AMI of an image: by build, by version, by pattern', async () => {
    const { images, imageBuilder, pipeline, world } = await setUp();
    const parents = new ImageBuilderParents(imageBuilder, world.region);
    await images.start(pipeline, 'first');
    await world.timeline.runUntil(world.now + 2 * HOUR);
    const arn = await images.start(pipeline, 'second');
    expect(await parents.ofImage(arn!)).toBeUndefined();
    const first = (await images.details(arn!.replace(/2$/, '1'))).ami?.id;
    expect(await parents.ofImage(arn!.replace(/\/2$/, ''))).toBe(first);
    await world.timeline.runUntil(world.now + 2 * HOUR);
    const second = (await images.details(arn!)).ami?.id;
    expect(await Promise.all([arn!, arn!.replace(/\/2$/, ''), arn!.replace(/[^/]+\/2$/, 'x.x.x')].map((each) => parents.ofImage(each)))).toEqual([second, second, second]);
  });
});

describe('AMIs that match', () => {
  test('a deprecated one of another account is there for who asks for it', async () => {
    const { ec2, world } = connect();
    const service = world.get(Ec2Service);
    const id = service.registerImage({ name: 'RHEL-9.1', architecture: 'x86_64', platform: 'linux', owner: '309956199498', public: true });
    Object.assign(service.image(id)!, { deprecationTime: world.now - HOUR });
    const lookup = { owner: '309956199498', names: ['RHEL-9*'], architecture: 'x86_64', newestBy: 'name' as const };
    const found = async (options?: { deprecated: boolean }) => (await new Ec2Candidates(ec2).matching(lookup, options)).map((each) => each.id);
    expect(await found()).toEqual([]);
    expect(await found({ deprecated: true })).toEqual([id]);
  });
});

describe('stacks', () => {
  test.each([
    ['CREATE_COMPLETE', 'settled'], ['UPDATE_COMPLETE', 'settled'], ['UPDATE_ROLLBACK_COMPLETE', 'settled'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'in-progress'], ['REVIEW_IN_PROGRESS', 'in-progress'], ['CREATE_IN_PROGRESS', 'in-progress'],
    ['ROLLBACK_IN_PROGRESS', 'rolling-back'], ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'rolling-back'],
    ['UPDATE_FAILED', 'failed'], ['ROLLBACK_COMPLETE', 'failed'], ['UPDATE_ROLLBACK_FAILED', 'failed'], ['DELETE_FAILED', 'failed'],
    ['DELETE_IN_PROGRESS', 'deleting'], ['DELETE_COMPLETE', 'gone'], [undefined, 'gone'],
  ])('%s: %s', (status, state) => {
    expect(stackState(status)).toBe(state);
  });

  test('one that does not exist is gone', async () => {
    const { cloudFormation } = connect();
    expect(await new CloudFormationStacks(cloudFormation).state('nobody')).toBe('gone');
  });
});

describe('errors', () => {
  test.each([
    ['CallRateLimitExceededException', 429, 'TransientError'],
    ['ServiceException', 500, 'TransientError'],
    ['AccessDeniedException', 403, 'RefusedError'],
    ['InvalidRequestException', 400, 'RefusedError'],
    ['NotModelled', 501, 'NotModelled'],
  ])('%s (%d) is a %s', async (name, status, surfaces) => {
    const error = new AwsError(name, 'not now', status);
    const { images, pipeline, world } = await setUp();
    world.faults.failCalls('imagebuilder', '*', 1, error);
    const outcome = images.builds(pipeline);
    await expect(outcome).rejects.toMatchObject({ name: surfaces, message: expect.stringContaining('not now') });
  });

  test('so is a connection that breaks', async () => {
    const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    await expect(callAws('x', async () => { throw broken; })).rejects.toThrow(TransientError);
  });
});

test('a log line is one JSON object', () => {
  const lines: string[] = [];
  jsonLog({ namespace: 'shop' }, (line) => { lines.push(line); }).warn('paused', { key: 'a' });
  expect(lines.map((line) => JSON.parse(line))).toEqual([{ level: 'WARN', event: 'paused', namespace: 'shop', key: 'a' }]);
});

test('a pause is a line that CloudWatch Logs counts', () => {
  const lines: string[] = [];
  jsonLog({ namespace: 'shop' }, (line) => { lines.push(line); }).paused({ message: 'sweep' });
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'WARN', event: 'paused', namespace: 'shop', message: 'sweep' });
  expect(embeddedMetrics(lines[0]!)).toMatchObject([{ namespace: 'GoldenImages', name: 'Paused', dimensions: [{ Name: 'namespace', Value: 'shop' }], values: [1] }]);
});

test('what needs an operator is an error line that CloudWatch Logs counts', () => {
  const lines: string[] = [];
  jsonLog({ namespace: 'shop' }, (line) => { lines.push(line); }).alert('fleet-frozen', { fleet: 'web' });
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'ERROR', event: 'fleet-frozen', namespace: 'shop', fleet: 'web' });
  expect(embeddedMetrics(lines[0]!)).toMatchObject([{ namespace: 'GoldenImages', name: 'NeedsOperator', dimensions: [{ Name: 'namespace', Value: 'shop' }], values: [1] }]);
});
