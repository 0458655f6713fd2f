import { checkedImageBuilder } from './documents';
import { Ec2Service } from '../../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../../golden-images/src/world/iam';
import { World, type WorldEvent } from '../../../../golden-images/src/world/kernel';
import { S3Service } from '../../../../golden-images/src/world/s3';
import { SsmService } from '../../../../golden-images/src/world/ssm/ssm';

const PARENT = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const data = (text: string): string => `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Say\n        action: ExecuteBash\n        inputs:\n          commands: ['echo ${text}']\n`;

async function setUp() {
  const world = new World();
  const events: WorldEvent[] = [];
  world.onEvent((event) => { if (event.source === 'aws.imagebuilder') events.push(event); });
  const service = checkedImageBuilder(world);
  world.get(IamService).createInstanceProfile('builder', undefined);
  const component = service.components.create({ name: 'hello', semanticVersion: '1.0.0', platform: 'Linux', data: data('hello') }).arn;
  const infrastructure = service.infrastructures.create({ name: 'shared', instanceProfileName: 'builder' }).arn;
  const recipe = (name: string, parentImage = `ssm:${PARENT}`) => service.recipes.create({ name, semanticVersion: '1.0.x', parentImage, components: [{ componentArn: component }] });
  const pipeline = (name: string, more: object = {}, parentImage?: string) => service.pipelines.create({
    name, imageRecipeArn: recipe(name, parentImage).arn, infrastructureConfigurationArn: infrastructure, ...more,
  });
  return { world, service, events, component, recipe, pipeline };
}

const HOUR = 3_600_000;

describe('components', () => {
  test('new content under the same version is a new build, identical content is refused', async () => {
    const { service } = await setUp();
    const again = (text: string, more: object = {}) => service.components.create({ name: 'hello', semanticVersion: '1.0.0', platform: 'Linux', data: data(text), ...more });
    expect(again('other').arn).toMatch(/component\/hello\/1\.0\.0\/2$/);
    expect(() => again('hello', { description: 'only this differs' })).toThrow(expect.objectContaining({ code: 'ResourceAlreadyExistsException' }));
  });

  test.each([
    ['a version with x', { semanticVersion: '1.0.x' }],
    ['a name that is too short', { name: 'a' }],
    ['a document that is no YAML', { data: 'phases: [' }],
    ['a document of more than 16,000 characters', { data: data('x'.repeat(16_000)) }],
    ['an unknown platform', { platform: 'BeOS' }],
  ])('refuses %s', async (_what, wrong) => {
    const { service } = await setUp();
    expect(() => service.components.create({ name: 'other', semanticVersion: '1.0.0', platform: 'Linux', data: data('x'), ...wrong })).toThrow(expect.objectContaining({ code: 'InvalidParameterValueException' }));
  });

  test('a document may lie in a bucket, up to 64 KB', async () => {
    const { world, service } = await setUp();
    const create = (uri: string, more: object = {}) => service.components.create({ name: 'far', semanticVersion: '1.0.0', platform: 'Linux', uri, ...more });
    const s3 = world.get(S3Service);
    s3.create('assets');
    s3.putObject('assets', 'far.yaml', Buffer.from(data('x'.repeat(20_000))));
    s3.putObject('assets', 'large.yaml', Buffer.from(data('x'.repeat(66_000))));
    expect(create('s3://assets/far.yaml').data).toContain('xxx');
    const refused = expect.objectContaining({ code: 'InvalidParameterValueException' });
    expect(() => create('s3://assets/missing.yaml')).toThrow(refused);
    expect(() => create('s3://assets/large.yaml')).toThrow(refused);
    expect(() => create('s3://assets/far.yaml', { data: data('both') })).toThrow(refused);
  });

  test('one in use cannot be deleted', async () => {
    const { service, component, recipe } = await setUp();
    recipe('user');
    expect(() => service.components.remove(component)).toThrow(expect.objectContaining({ code: 'ResourceDependencyException' }));
  });
});

describe('recipes', () => {
  test('give each parameter of a component a value, and no other', async () => {
    const { service } = await setUp();
    const text = `parameters:\n  - Colour: { type: string }\n  - Size: { type: string, default: small }\n${data('{{ Colour }}')}`;
    const componentArn = service.components.create({ name: 'painted', semanticVersion: '1.0.0', platform: 'Linux', data: text }).arn;
    const recipe = (...parameters: object[]) => service.recipes.create({
      name: 'painted', semanticVersion: '1.0.x', parentImage: `ssm:${PARENT}`, components: [{ componentArn, parameters }],
    });
    expect(recipe({ name: 'Colour', value: ['red'] }).version).toBe('1.0.0');
    expect(() => recipe()).toThrow(/the parameter Colour has no value/);
    expect(() => recipe({ name: 'Colour', value: ['red'] }, { name: 'Weight', value: ['1'] })).toThrow(/the parameter Weight is not declared/);
    expect(() => recipe({ name: 'Colour', value: ['red', 'blue'] })).toThrow(/Colour has 2 values/);
  });

  test('1.0.x is completed by the service and never given twice', async () => {
    const { service, recipe } = await setUp();
    expect(recipe('web').version).toBe('1.0.0');
    const second = recipe('web');
    expect(second.version).toBe('1.0.1');
    service.recipes.remove(second.arn);
    expect(recipe('web').version).toBe('1.0.2');
  });

  test('a parent that cannot be resolved is refused', async () => {
    const { recipe } = await setUp();
    expect(() => recipe('web', 'ssm:/imagebuilder/nowhere')).toThrow(/cannot be resolved/);
  });

  test('a component of the other platform is refused', async () => {
    const { recipe } = await setUp();
    expect(() => recipe('web', 'ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base')).toThrow(expect.objectContaining({ code: 'InvalidParameterCombinationException' }));
  });
});

describe('builds', () => {
  test('pass their states, and the AMI tells its lineage', async () => {
    const { world, service, events, pipeline } = await setUp();
    const image = service.pipelines.execute(pipeline('web').arn, 'token-1');
    await world.timeline.runUntil(world.now + HOUR);
    expect(events.map((event) => (event.detail.state as { status: string }).status)).toEqual(['CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'AVAILABLE']);
    expect(image).toMatchObject({ version: '1.0.0', build: 1, status: 'AVAILABLE' });
    expect(world.get(Ec2Service).image(image.ami!.id)).toMatchObject({ sourceImageId: world.get(SsmService).value(PARENT) });
    expect(service.pipelines.execute(image.pipelineArn!, 'token-2').build).toBe(2);
  });

  test('the same client token starts one build', async () => {
    const { service, pipeline } = await setUp();
    const { arn } = pipeline('web');
    expect(service.pipelines.execute(arn, 'token').arn).toBe(service.pipelines.execute(arn, 'token').arn);
    expect(service.builds.images).toHaveLength(1);
  });

  test('a parent that is gone fails the build, with the reason', async () => {
    const { world, service, pipeline } = await setUp();
    const ec2 = world.get(Ec2Service);
    const ami = ec2.registerImage({ name: 'mine', architecture: 'x86_64' });
    const { arn } = pipeline('web', {}, ami);
    await ec2.operations.DeregisterImage!({ ImageId: ami });
    const image = service.pipelines.execute(arn, 'token');
    await world.timeline.runUntil(world.now + HOUR);
    expect(image).toMatchObject({ status: 'FAILED', reason: expect.stringContaining(ami) });
    expect(image.ami).toBeUndefined();
  });

  test('faults: a failing build, and a sick one whose descendants are sick too', async () => {
    const { world, service, pipeline } = await setUp();
    world.faults.failedBuilds.set('base', 1);
    world.faults.sickBuilds.set('base', 1);
    const { arn } = pipeline('base');
    const failed = service.pipelines.execute(arn, 'one');
    await world.timeline.runUntil(world.now + HOUR);
    expect(failed.status).toBe('FAILED');
    world.faults.sickBuilds.set('base', 1);
    const sick = service.pipelines.execute(arn, 'two');
    await world.timeline.runUntil(world.now + HOUR);
    const child = service.pipelines.execute(pipeline('child', {}, sick.ami!.id).arn, 'three');
    await world.timeline.runUntil(world.now + HOUR);
    expect(world.get(Ec2Service).image(child.ami!.id)!.traits).toMatchObject({ sick: true });
  });
});

describe('schedules', () => {
  const weekly = { scheduleExpression: 'cron(0 3 ? * TUE *)', timezone: 'Europe/Berlin' };

  test('EXPRESSION_MATCH_ONLY builds each time', async () => {
    const { world, service, pipeline } = await setUp();
    pipeline('base', { schedule: { ...weekly, pipelineExecutionStartCondition: 'EXPRESSION_MATCH_ONLY' } });
    await world.timeline.runUntil(world.now + 15 * 24 * HOUR);
    expect(service.builds.images.map((image) => new Date(image.dateCreated).toISOString())).toEqual(['2026-01-06T02:00:00.000Z', '2026-01-13T02:00:00.000Z']);
  });

  test('the default start condition builds only for an update of parent or components', async () => {
    const { world, service, pipeline } = await setUp();
    pipeline('base', { schedule: weekly });
    await world.timeline.runUntil(world.now + 15 * 24 * HOUR);
    expect(service.builds.images).toHaveLength(1);
    world.get(SsmService).public.publish(PARENT);
    await world.timeline.runUntil(world.now + 7 * 24 * HOUR);
    expect(service.builds.images).toHaveLength(2);
  });

  test('a cron that the service refuses', async () => {
    const { pipeline } = await setUp();
    expect(() => pipeline('base', { schedule: { scheduleExpression: 'cron(0 3 * * TUE *)' } })).toThrow(expect.objectContaining({ code: 'InvalidParameterValueException' }));
  });
});
