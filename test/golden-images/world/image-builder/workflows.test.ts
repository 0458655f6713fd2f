import { stringify } from 'yaml';
import { Ec2Service } from '../../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../../golden-images/src/world/iam';
import { ImageBuilderService } from '../../../../golden-images/src/world/image-builder/image-builder';
import { NotModelled, World } from '../../../../golden-images/src/world/kernel';

const WINDOWS = 'ssm:/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base';
const LINUX = 'ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const TEST_IMAGE = 'arn:aws:imagebuilder:us-east-1:aws:workflow/test/test-image/x.x.x';
const HOUR = 3_600_000;

const instanceId = { 'instanceId.$': '$.stepOutputs.Launch.instanceId' };
const launch = { name: 'Launch', action: 'LaunchInstance', inputs: { waitFor: 'ssmAgent' } };
const create = { name: 'Create', action: 'CreateImage', onFailure: 'Abort', inputs: instanceId };
const sysprep = { name: 'Sysprep', action: 'RunSysPrep', inputs: instanceId };
const document = (steps: object[], more: object = {}): string => stringify({ name: 'build', schemaVersion: 1.0, steps, ...more });

function setUp() {
  const world = new World();
  const service = world.get(ImageBuilderService);
  const iam = world.get(IamService);
  iam.createInstanceProfile('builder', undefined);
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'imagebuilder.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const executionRole = iam.createRole({ RoleName: 'execution', AssumeRolePolicyDocument: trust }).arn;
  const infrastructureConfigurationArn = service.infrastructures.create({ name: 'shared', instanceProfileName: 'builder' }).arn;
  const workflow = (steps: object[] = [launch, create], more: object = {}) =>
    service.workflows.create({ name: 'build', semanticVersion: '1.0.0', type: 'BUILD', data: document(steps), ...more }).arn;
  const pipeline = (name: string, more: object, parentImage = WINDOWS) => {
    const componentArn = `arn:aws:imagebuilder:us-east-1:aws:component/update-${parentImage === WINDOWS ? 'windows' : 'linux'}/x.x.x`;
    const imageRecipeArn = service.recipes.create({ name, semanticVersion: '1.0.x', parentImage, components: [{ componentArn }] }).arn;
    return service.pipelines.create({ name, imageRecipeArn, infrastructureConfigurationArn, ...more }).arn;
  };
  const build = async (arn: string) => {
    const image = service.pipelines.execute(arn, arn);
    const states: string[] = [];
    world.onEvent(({ source, detail }) => { if (source === 'aws.imagebuilder') states.push((detail as any).state.status); });
    await world.timeline.runUntil(world.now + HOUR);
    return { states, ami: world.get(Ec2Service).image(image.ami!.id)! };
  };
  return { world, service, executionRole, workflow, pipeline, build };
}

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('workflows', () => {
  test('are counted by version, and the latest is refused if it comes again', () => {
    const { workflow } = setUp();
    expect(workflow()).toMatch(/:workflow\/build\/build\/1\.0\.0\/1$/);
    expect(() => workflow([launch, create], { description: 'only this differs' })).toThrow(code('ResourceAlreadyExistsException'));
    expect(workflow([launch, sysprep, create])).toMatch(/1\.0\.0\/2$/);
    expect(workflow()).toMatch(/1\.0\.0\/3$/);
  });

  test('are told, listed and deleted', async () => {
    const { service, workflow } = setUp();
    const { operations } = service;
    const arn = workflow();
    workflow([launch, sysprep, create]);
    expect(await operations.GetWorkflow!({ workflowBuildVersionArn: arn })).toMatchObject({ workflow: { arn, type: 'BUILD', version: '1.0.0', data: document([launch, create]) } });
    expect((await operations.ListWorkflows!({ owner: 'Self' }) as any).workflowVersionList).toMatchObject([{ arn: arn.replace(/\/1$/, ''), name: 'build' }]);
    await operations.DeleteWorkflow!({ workflowBuildVersionArn: arn });
    expect(() => service.workflows.find(arn)).toThrow(code('ResourceNotFoundException'));
    expect(service.workflows.find(arn.replace(/1\.0\.0\/1$/, '1.x.x')).arn).toMatch(/\/2$/);
  });

  test.each<[string, object, string]>([
    ['a step action that there is not', { data: document([{ name: 'Run', action: 'RunSysprep', inputs: instanceId }]) }, 'step Run: the action RunSysprep is not known'],
    ['an action of Object', { data: document([{ name: 'Run', action: 'constructor' }]) }, 'the action constructor is not known'],
    ['an action of another type', { type: 'TEST', data: document([launch, { name: 'Collect', action: 'CollectImageMetadata', inputs: instanceId }]) }, 'is not for workflows of type TEST'],
    ['a step without what it needs', { data: document([{ name: 'Create', action: 'CreateImage', inputs: {} }]) }, 'step Create: the input instanceId is missing'],
    ['a reference to a later step', { data: document([create, launch]) }, 'Create: there is no step Launch before it'],
    ['an output of no step', { data: document([launch], { outputs: [{ name: 'ImageId', value: '$.stepOutputs.Create.imageId' }] }) }, 'outputs: there is no step Create'],
    ['a name twice', { data: document([launch, launch]) }, 'step Launch: the name is defined twice'],
    ['a name with a hyphen', { data: document([{ ...launch, name: 'a-b-c' }]) }, 'the name has 3 to 128'],
    ['an unknown member of a step', { data: document([{ ...launch, retries: 3 }]) }, 'step Launch: retries is not known'],
    ['an unknown member', { data: document([launch], { phases: [] }) }, 'phases is not known'],
    ['another schema', { data: document([launch], { schemaVersion: 2 }) }, 'schemaVersion must be 1.0'],
    ['no steps', { data: document([]) }, 'there are no steps'],
    ['too many steps', { data: document(Array.from({ length: 16 }, (_, index) => ({ ...launch, name: `Launch${index}` }))) }, 'there are 16 steps, the maximum is 15'],
    ['a wrong onFailure', { data: document([{ ...launch, onFailure: 'Ignore' }]) }, 'onFailure is Abort or Continue'],
    ['a wrong timeout', { data: document([{ ...launch, timeoutSeconds: 0 }]) }, 'timeoutSeconds is a positive number'],
    ['a document that is no YAML', { data: 'steps: [' }, "'data' is not valid"],
    ['a document that is too long', { data: `# ${'x'.repeat(16_000)}` }, 'the maximum is 16000'],
    ['no document', { data: undefined }, 'It is required'],
    ['an unknown type', { type: 'DEPLOY' }, "'type' is not valid: DEPLOY"],
    ['a version with x', { semanticVersion: '1.0.x' }, "'semanticVersion' is not valid"],
  ])('refused: %s', (_what, wrong, message) => {
    const { workflow } = setUp();
    expect(() => workflow([launch, create], wrong)).toThrow(code('InvalidParameterValueException'));
    expect(() => workflow([launch, create], wrong)).toThrow(message);
  });

  test.each(['uri', 'dryRun'])('not modelled: %s', (member) => {
    expect(() => setUp().workflow([launch], { [member]: 'x' })).toThrow(NotModelled);
  });
});

describe('pipelines with workflows', () => {
  test('a build without RunSysPrep makes an AMI that is not generalized; one with it, or by the workflow of the service, a generalized one', async () => {
    const { service, pipeline, workflow, executionRole, build } = setUp();
    const without = await build(pipeline('without', { executionRole, workflows: [{ workflowArn: workflow() }, { workflowArn: TEST_IMAGE }] }));
    expect(without.states).toEqual(['CREATING', 'BUILDING', 'TESTING', 'DISTRIBUTING', 'AVAILABLE']);
    expect(without.ami.traits.generalized).toBe(false);
    expect((await build(pipeline('child', {}, WINDOWS))).ami.traits.generalized).toBe(true);
    const own = await build(pipeline('own', { executionRole, workflows: [{ workflowArn: workflow([launch, sysprep, create]) }] }));
    expect(own.ami.traits.generalized).toBe(true);
    const managed = { workflowArn: TEST_IMAGE.replace(/test\/test-image/, 'build/build-image') };
    expect((await build(pipeline('managed', { executionRole: 'execution', workflows: [managed] }))).ami.traits.generalized).toBe(true);
    expect((await build(pipeline('linux', { executionRole, workflows: [{ workflowArn: service.workflows.all()[0]!.arn }] }, LINUX))).ami.traits.generalized).toBe(true);
  });

  test('what is not listed is not run: without a test workflow there are no tests', async () => {
    const { pipeline, workflow, executionRole, build } = setUp();
    expect((await build(pipeline('web', { executionRole, workflows: [{ workflowArn: workflow() }] }))).states).not.toContain('TESTING');
  });

  test('a workflow in use cannot be deleted', () => {
    const { service, pipeline, workflow, executionRole } = setUp();
    const arn = workflow();
    pipeline('web', { executionRole, workflows: [{ workflowArn: arn }] });
    expect(() => service.workflows.remove(arn)).toThrow(code('ResourceDependencyException'));
  });

  test.each<[string, (world: ReturnType<typeof setUp>) => object, string]>([
    ['workflows without a role', ({ workflow }) => ({ workflows: [{ workflowArn: workflow() }] }), 'An execution role is required to provide workflows'],
    ['a role that there is not', () => ({ executionRole: 'nobody' }), 'The role does not exist: nobody'],
    ['a workflow that there is not', ({ executionRole }) => ({ executionRole, workflows: [{ workflowArn: TEST_IMAGE.replace(':aws:', ':123456789012:') }] }), 'was not found'],
    ['two build workflows', ({ executionRole, workflow }) => {
      const workflowArn = workflow();
      return { executionRole, workflows: [{ workflowArn }, { workflowArn }] };
    }, 'There is more than one workflow of type BUILD'],
    ['too many workflows', ({ executionRole }) => ({ executionRole, workflows: Array.from({ length: 11 }, () => ({ workflowArn: TEST_IMAGE })) }), 'There are 11 workflows, the maximum is 10'],
    ['a group of a build workflow', ({ executionRole, workflow }) => ({ executionRole, workflows: [{ workflowArn: workflow(), parallelGroup: 'one' }] }), 'are for test workflows'],
  ])('refused: %s', (_what, more, message) => {
    const world = setUp();
    expect(() => world.pipeline('web', more(world))).toThrow(message);
  });

  test.each<[string, (world: ReturnType<typeof setUp>) => object]>([
    ['parameters of workflows', ({ executionRole, workflow }) => ({ executionRole, workflows: [{ workflowArn: workflow(), parameters: [] }] })],
    ['tests alone', ({ executionRole }) => ({ executionRole, workflows: [{ workflowArn: TEST_IMAGE }] })],
    ['a build that makes no image', ({ executionRole, workflow }) => ({ executionRole, workflows: [{ workflowArn: workflow([launch]) }] })],
    ['a build that waits', ({ executionRole, workflow }) => ({ executionRole, workflows: [{ workflowArn: workflow([launch, { name: 'Wait', action: 'WaitForAction' }, create]) }] })],
    ['a workflow of Amazon that is not known here', ({ executionRole }) => ({ executionRole, workflows: [{ workflowArn: TEST_IMAGE.replace('test-image', 'other') }] })],
  ])('not modelled: %s', (_what, more) => {
    const world = setUp();
    expect(() => world.pipeline('web', more(world))).toThrow(NotModelled);
  });
});
