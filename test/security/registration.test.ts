import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { attacker } from './attacker';
import { CodeBuildService } from '../../golden-images/src/world/code-build/code-build';
import { DynamoDbService } from '../../golden-images/src/world/dynamodb';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { Source } from '../../src/component/source';
import { ledgerKey, type RegistrationsDocument } from '../../src/contract';
import { ParentImage, RegisteredImage } from '../../src/image';
import { PackerBuild } from '../../src/packer';
import { Deployed, MINUTE } from '../packer/build/deployed';
import { assume, command, readLedger, resource } from '../packer/build/registering';

const REGION = 'eu-central-1';
const STRANGER = '999999999999';

/** Two teams, each with an image and a pipeline of its own; Packer builds the first image, too. Nobody says that tests passed but the second team. */
function shop(stack: Stack): void {
  const [alpha, beta] = ['Alpha', 'Beta'].map((id) => new RegisteredImage(stack, id, { initialAmi: ParentImage.amazonLinux2023() }));
  const role = (id: string): Role => new Role(stack, id, { assumedBy: new AccountRootPrincipal() });
  alpha!.grantRegister(role('AlphaPipeline'));
  beta!.grantRegister(role('BetaPipeline'), { claimsTests: true });
  role('Reader');
  new PackerBuild(stack, 'Packer', {
    image: alpha!,
    template: Source.asset(join(__dirname, '../packer/build/template')),
    runTag: { key: 'Name', value: 'Packer Builder' },
    packer: Source.https('https://tools.example.com/packer.zip', 'a'.repeat(64)),
  });
}

describe('who would put an AMI of theirs on fleets by registering it', () => {
  let shopStack: Deployed;
  const register = (image: string, more: object = {}): object => ({ command: 'register', image, amis: { [REGION]: shopStack.ami() }, ...more });
  const as = async (role: string, body: object, session?: string): ReturnType<typeof command> =>
    command(shopStack, await assume(shopStack, role, session), body);
  const manifest = (customData: object): object => ({
    last_run_uuid: 'a', builds: [{ name: 'web', packer_run_uuid: 'a', artifact_id: `${REGION}:${shopStack.ami()}`, custom_data: customData }],
  });
  const refused = (reason: RegExp, status = 403): object => ({ status, answer: { error: expect.stringMatching(reason) } });

  /** What a role of the account invokes, with the name of the function alone or of an alias. */
  async function invoke(role: string, event: object, alias?: string): Promise<unknown> {
    const { local } = shopStack;
    const client = attacker(local.world, resource(shopStack, 'AWS::IAM::Role', role)).client(LambdaClient);
    const FunctionName = resource(shopStack, 'AWS::Lambda::Function', 'Operator');
    const qualified = alias ? { Qualifier: alias } : {};
    const { Payload: payload } = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...qualified }));
    return JSON.parse(Buffer.from(payload!).toString());
  }

  async function registrations(image: string): Promise<RegistrationsDocument['registrations']> {
    const table = resource(shopStack, 'AWS::DynamoDB::Table');
    const key = ledgerKey.registrations('shop', image);
    const { Item: item } = await shopStack.call(DynamoDbService, 'GetItem', { TableName: table, Key: { key: { S: key } } });
    return item ? (await readLedger<RegistrationsDocument>(shopStack, key)).registrations : [];
  }

  beforeAll(async () => { shopStack = await Deployed.start('Shop', shop); });
  afterAll(() => shopStack?.local.close());

  describe('over the function URL', () => {
    test('a role that may register one image registers no version of another', async () => {
      expect(await as('AlphaPipeline', register('beta'))).toEqual(refused(/AlphaPipeline.* may not register versions of 'beta'; missing: grantRegister\(its role or user\) of Shop\/Beta/));
      expect(await registrations('beta')).toEqual([]);
    });

    test('a role that may call the URL and was never given an image registers none', async () => {
      expect(await as('Reader', register('alpha'))).toEqual(refused(/may not register versions of 'alpha'/));
      expect(await registrations('alpha')).toEqual([]);
    });

    test('a session that calls itself like another role is none of that role', async () => {
      const name = resource(shopStack, 'AWS::IAM::Role', 'BetaPipeline');
      expect(await as('Reader', register('beta'), name)).toEqual(refused(/may not register versions of 'beta'/));
      expect(await registrations('beta')).toEqual([]);
    });

    test('a role that was not given that says of no AMI that it was tested', async () => {
      expect(await as('AlphaPipeline', register('alpha', { tested: true })))
        .toEqual(refused(/may not say that AMIs of 'alpha' were tested; missing: grantRegister\(…, \{ claimsTests: true \}\) of Shop\/Alpha/));
      expect(await registrations('alpha')).toEqual([]);
    });

    test('an AMI that a stranger shared with this account alone is no version', async () => {
      const ami = shopStack.ami({ owner: STRANGER });
      shopStack.local.world.get(Ec2Service).image(ami)!.launchUsers.add(shopStack.local.world.account);
      expect(await as('BetaPipeline', register('beta', { amis: { [REGION]: ami } })))
        .toEqual(refused(new RegExp(`${ami} in ${REGION} belongs to account ${STRANGER}; name it among the owners of Shop/Beta`), 400));
      expect(await registrations('beta')).toEqual([]);
    });

    test('what is registered with as much custom data as an item holds is refused, and the next registration is a version', async () => {
      expect(await as('BetaPipeline', { command: 'register', image: 'beta', manifest: manifest({ text: 'x'.repeat(398_000) }) }))
        .toEqual(refused(/the custom_data has 39\d\d\d\d bytes; the limit is 65536/, 400));
      expect(await as('BetaPipeline', register('beta'))).toMatchObject({ status: 200, answer: { version: '1.0.1/1', known: false } });
    });

    test('a body beyond the limit is refused, and named by its size', async () => {
      expect(await as('BetaPipeline', { command: 'register', image: 'beta', manifest: manifest({ text: 'x'.repeat(1_100_000) }) }))
        .toEqual(refused(/the body has 11\d\d\d\d\d bytes; the limit is 1048576/, 413));
    });

    test('forty registrations with as much custom data as is allowed leave room for the next', async () => {
      for (let index = 0; index < 40; index += 1) {
        const customData = { index: String(index), text: 'x'.repeat(65_000) };
        expect(await as('BetaPipeline', { command: 'register', image: 'beta', manifest: manifest(customData) })).toMatchObject({ status: 200 });
      }
      expect(await as('BetaPipeline', register('beta'))).toMatchObject({ status: 200, answer: { known: false } });
      expect(JSON.stringify(await registrations('beta')).length).toBeLessThan(41 * 600);
    });
  });

  describe('by invoking the function', () => {
    test('whoever may invoke the function itself registers nothing', async () => {
      const before = await registrations('beta');
      expect(await invoke('Reader', register('beta', { tested: true, caller: 'release manager' })))
        .toEqual({ error: expect.stringMatching(/a direct invocation names its image by the alias: <function>:direct_<image>/) });
      expect(await registrations('beta')).toEqual(before);
    });

    test('an image that was granted to no direct caller has no alias for them', async () => {
      await expect(invoke('Reader', register('beta'), 'direct_beta')).rejects.toThrow(/not found/i);
    });
  });

  describe('from a build of the project of an image', () => {
    const said: Record<string, unknown> = {};
    let build: { readonly arn: string };
    const inBuild = (event: object, alias = 'build_alpha'): Promise<unknown> => invoke('PackerRole', event, alias);

    beforeAll(async () => {
      shopStack.local.world.get(CodeBuildService).script('shop--alpha', async (running) => {
        build = running;
        await shopStack.local.world.timeline.sleep(20 * MINUTE);
        said.another = await inBuild(register('beta', { build: running.arn }));
        said.function = await invoke('PackerRole', register('beta'));
        said.unnamed = await inBuild(register('alpha'));
        said.tested = await inBuild(register('alpha', { build: running.arn, tested: true }));
        said.honest = await inBuild(register('alpha', { build: running.arn, tested: false, caller: running.arn }));
        said.second = await inBuild(register('alpha', { build: running.arn }));
      });
      expect(await shopStack.until(() => shopStack.local.world.get(CodeBuildService).builds.some(({ status }) => status === 'SUCCEEDED'), 6)).toBe(true);
    });

    test('a build registers no version of another image', async () => {
      expect(said.another).toEqual({ error: "this alias of the function registers versions of 'alpha' only, not of 'beta'" });
      expect(said.function).toEqual({ error: expect.stringMatching(/names its image by the alias/) });
      expect((await registrations('beta')).filter(({ registeredBy: { via } }) => via !== 'url')).toEqual([]);
    });

    test('a build says which it is, and is one version', async () => {
      expect(said.unnamed).toEqual({ error: '"build" is missing: the ARN of the build that registers' });
      expect(said.honest).toMatchObject({ version: '1.0.1/1', known: false });
      expect(said.second).toEqual({ error: 'this build registered version 1.0.1/1 already, and a build is one version' });
      expect(await registrations('alpha')).toMatchObject([{ build: build.arn, tested: false, registeredBy: { caller: build.arn, verified: false, via: 'build' } }]);
    });

    test('a build of a project that tests nothing says of no AMI that it was tested', () => {
      expect(said.tested).toEqual({ error: "a build may not say that AMIs of 'alpha' were tested; missing: tested: true of its PackerBuild" });
    });

    test('a build that is over registers nothing any more', async () => {
      const before = await registrations('alpha');
      expect(await inBuild(register('alpha', { build: build.arn }))).toEqual({ error: `${build.arn} is no running build of the image 'alpha'` });
      expect(await inBuild(register('alpha'))).toEqual({ error: '"build" is missing: the ARN of the build that registers' });
      expect(await registrations('alpha')).toEqual(before);
    });

    test('who signs a request does not pass for a build', async () => {
      expect(await as('AlphaPipeline', register('alpha', { build: build.arn }))).toEqual(refused(/"build" comes from builds of the project of the image only/));
    });
  });

  test('a document that a former version filled with custom data is read, and the next registration is a version', async () => {
    const table = resource(shopStack, 'AWS::DynamoDB::Table');
    const key = ledgerKey.registrations('shop', 'beta');
    const { Item: item } = await shopStack.call(DynamoDbService, 'GetItem', { TableName: table, Key: { key: { S: key } } }) as { Item: Record<string, { S: string }> };
    const { customDataHash: _, ...first } = (await registrations('beta'))[0]!;
    const former = { schemaVersion: 1, image: 'beta', count: 1, registrations: [{ ...first, customData: { text: 'x'.repeat(398_000) } }] };
    // As the function of that version wrote it: nobody else may.
    const writer = attacker(shopStack.local.world, resource(shopStack, 'AWS::IAM::Role', 'HandlersOperator')).client(DynamoDBClient);
    const Item = { ...item, document: { S: JSON.stringify(former) } } as unknown as Record<string, AttributeValue>;
    await writer.send(new PutItemCommand({ TableName: table, Item }));
    expect(await as('BetaPipeline', register('beta'))).toMatchObject({ status: 200, answer: { version: '1.0.2/1' } });
    const [kept] = await registrations('beta');
    expect(kept).toEqual({ ...first, customDataHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await readLedger(shopStack, ledgerKey.customData('shop', 'beta', kept!.customDataHash!))).toMatchObject({ customData: { text: 'x'.repeat(398_000) } });
  });
});
