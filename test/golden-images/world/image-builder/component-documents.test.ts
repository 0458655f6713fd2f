import { CreateComponentCommand, ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { stringify } from 'yaml';
import { checkedImageBuilder } from './documents';
import { inProcessHandler } from '../../../../golden-images/src/wire';
import { allServices, World } from '../../../../golden-images/src/world';
import { CloudFormationService } from '../../../../golden-images/src/world/cloudformation/cloudformation';
import { ImageBuilderService } from '../../../../golden-images/src/world/image-builder/image-builder';
import { S3Service } from '../../../../golden-images/src/world/s3';

const bash = { name: 'Hello', action: 'ExecuteBash', inputs: { commands: ['echo hello'] } };
const document = (changes: object, step: object = {}): string => stringify({ schemaVersion: 1.0, phases: [{ name: 'build', steps: [{ ...bash, ...step }] }], ...changes });
const withStep = (step: object): string => document({}, step);
const PREFIX = "The value supplied for parameter 'data' is not valid. ";

/** Documents that AWS refuses, with the words of its answer, or the beginning of ours. */
const refused: Array<[what: string, text: string, sentence: string]> = [
  ['a step named Load keys', withStep({ name: 'Load keys' }),
    "Invalid step name 'Load keys' in phase 'build'. Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_]."],
  ['a download of nothing', withStep({ name: 'Download', action: 'S3Download', inputs: [] }),
    "Parsing step 'Download' in phase 'build' failed. Error: Action S3Download has no inputs; it requires an 'inputs'"],
  ['an unknown action', withStep({ action: 'ExecuteZsh' }), "Parsing step 'Hello' in phase 'build' failed. Error: action: 'ExecuteZsh' is no module"],
  ['an action of the other platform', withStep({ action: 'ExecutePowerShell' }), "Error: action: 'ExecutePowerShell' runs only on Windows"],
  ['a step twice', document({ phases: [{ name: 'build', steps: [bash, bash] }] }), "Parsing step 'Hello' in phase 'build' failed. Error: name: 'Hello' is taken"],
  ['another schema version', document({ schemaVersion: '2.0' }), "schemaVersion: it is '2.0'"],
  ['only an unknown phase', document({ phases: [{ name: 'deploy', steps: [bash] }] }), "phases: it has 'deploy'"],
  ['no phase', document({ phases: undefined }), 'phases: it is missing'],
  ['a timeout of zero', withStep({ timeoutSeconds: 0 }), 'timeoutSeconds: it is 0'],
  ['a reference to nothing', withStep({ inputs: { commands: ['echo {{ Colour }}'] } }), "'{{ Colour }}' refers to nothing"],
  ['text that is no YAML', 'phases: [', 'line 1, column 10: '],
];

const input = (data: string) => ({ name: 'hello', semanticVersion: '1.0.0', platform: 'Linux' as const, data, clientToken: 't' });

function setUp() {
  const world = new World();
  checkedImageBuilder(world);
  const client = new ImagebuilderClient({
    region: world.region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, endpoint: 'http://localhost', maxAttempts: 1, requestHandler: inProcessHandler(world),
  });
  return { world, client };
}

describe.each(refused)('%s', (_, text, sentence) => {
  test('is refused by CreateComponent', async () => {
    await expect(setUp().client.send(new CreateComponentCommand(input(text))))
      .rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringMatching(startsAndHas(PREFIX, sentence)) });
  });

  test('is refused where it lies in a bucket', async () => {
    const { world, client } = setUp();
    world.get(S3Service).create('assets');
    world.get(S3Service).putObject('assets', 'document.yaml', Buffer.from(text));
    await expect(client.send(new CreateComponentCommand({ ...input(text), data: undefined, uri: 's3://assets/document.yaml' })))
      .rejects.toMatchObject({ name: 'InvalidParameterValueException', message: expect.stringContaining(sentence) });
  });

  test('fails the deploy of its stack', async () => {
    expect(await deploy(setUp().world, { Name: 'hello', Version: '1.0.0', Platform: 'Linux', Data: text }))
      .toMatch(startsAndHas(`Resource handler returned message: "${PREFIX}`, sentence));
  });
});

test('what is right is taken: also on macOS, which has the modules of Linux', async () => {
  const { world, client } = setUp();
  await client.send(new CreateComponentCommand(input(document({}))));
  await client.send(new CreateComponentCommand({ ...input(document({})), name: 'apple', platform: 'macOS' }));
  expect(await deploy(world, { Name: 'other', Version: '1.0.0', Platform: 'Linux', Data: document({}) })).toBeUndefined();
});

test('a recipe whose component has an empty list of parameters fails the deploy of its stack', async () => {
  const { world, client } = setUp();
  const { componentBuildVersionArn } = await client.send(new CreateComponentCommand(input(document({}))));
  const Components = [{ ComponentArn: componentBuildVersionArn, Parameters: [] }];
  expect(await deploy(world, { Name: 'web', Version: '1.0.x', ParentImage: 'ami-0123', Components }, 'AWS::ImageBuilder::ImageRecipe'))
    .toContain("Value '[]' at 'components[0].parameters' failed to satisfy constraint: Member must have length greater than or equal to 1");
});

test('a world that was given no check of documents makes no component, and says why', async () => {
  const world = new World();
  await expect(world.call(world.get(ImageBuilderService), 'CreateComponent', input(document({})))).rejects.toMatchObject({ code: 'NotModelled', message: expect.stringContaining('checkWith') });
});

/** Why the only resource of a stack failed, if it did. */
async function deploy(world: World, Properties: object, Type = 'AWS::ImageBuilder::Component'): Promise<string | undefined> {
  const cloudFormation = world.get(CloudFormationService);
  cloudFormation.register(allServices.map((service) => world.get(service)));
  await world.call(cloudFormation, 'CreateStack', { StackName: 'stack', TemplateBody: JSON.stringify({ Resources: { Made: { Type, Properties } } }) });
  await cloudFormation.drive();
  return cloudFormation.stackState('stack')!.events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const startsAndHas = (start: string, has: string): RegExp => new RegExp(`^${escaped(start)}.*${escaped(has)}`, 's');
