import type { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { addFleet, Deployed, HOUR } from './deployed';
import { assume, command as send, commandLine, environmentOf, invoke, readLedger } from './registering';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { channelParameterName, ledgerKey, type RegistrationsDocument } from '../../../src/contract';
import { ParentImage, RegisteredImage, RoleImage } from '../../../src/image';
import { echo } from '../../image/fixture';

const channel = (name: string, image = 'golden'): string => channelParameterName('shop', image, name);

function shop(stack: Stack): void {
  const golden = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023(), owners: ['999999999999'] });
  golden.grantRegister(new Role(stack, 'Pipeline', { assumedBy: new AccountRootPrincipal(), path: '/builders/' }), { claimsTests: true });
  golden.grantRegister(new Role(stack, 'Jenkins', { assumedBy: new AccountRootPrincipal() }), { directInvocation: true });
  const production = golden.addChannel('production');
  new RoleImage(stack, 'Role', { parent: golden, components: [echo()] });
  addFleet(stack, production);
}

describe('an image whose AMIs are registered, from the request to the fleet', () => {
  let shopStack: Deployed;
  let credentials: Awaited<ReturnType<typeof assume>>;
  const command = (body: object): ReturnType<typeof send> => send(shopStack, credentials, body);
  const register = (ami: string, more: object = {}): ReturnType<typeof command> =>
    command({ command: 'register', image: 'golden', amis: { 'eu-central-1': ami }, ...more });

  beforeAll(async () => {
    shopStack = await Deployed.start('Shop', shop);
    credentials = await assume(shopStack, 'Pipeline', 'release-42');
    expect(await shopStack.until(() => shopStack.ssm.value(channel('latest')) !== undefined, 1)).toBe(true);
  });
  afterAll(() => shopStack.local.close());

  test('becomes a version, passes the gate of production after 24 hours, and the fleet rolls to it', async () => {
    const ami = shopStack.ami();
    const { status, answer } = await register(ami);
    expect([status, answer]).toEqual([200, { image: 'golden', version: '1.0.1/1', amis: { 'eu-central-1': ami }, known: false }]);
    expect(await shopStack.until(() => shopStack.release(channel('latest'))?.version === '1.0.1/1', 1)).toBe(true);
    const at = shopStack.local.world.now;
    expect(await shopStack.until(() => shopStack.release(channel('production'))?.version === '1.0.1/1', 48)).toBe(true);
    expect(shopStack.local.world.now - at).toBeGreaterThanOrEqual(24 * HOUR - 60_000);
    expect(await shopStack.until(() => shopStack.fleet('servers')?.lastKnownGood?.version === '1.0.1/1', 24)).toBe(true);
    const running = shopStack.local.world.get(Ec2Service).instances().filter(({ state }) => state === 'running').map(({ image }) => image.id);
    expect(running).toEqual([ami, ami]);
  });

  test('starts the build of the role that stands on it, and is its parent', async () => {
    expect(await shopStack.until(() => (shopStack.release(channel('latest', 'role'))?.version ?? '') !== '', 24)).toBe(true);
    const role = Object.values(shopStack.release(channel('latest', 'role'))!.amis)[0]!;
    expect(shopStack.local.world.get(Ec2Service).image(role)!.sourceImageId).toBe(Object.values(shopStack.release(channel('latest'))!.amis)[0]);
  });

  test('the same AMI again is the same version; the ledger knows who registered, as AWS verified it', async () => {
    const [ami] = Object.values(shopStack.release(channel('latest'))!.amis);
    expect((await register(ami!)).answer).toEqual({ image: 'golden', version: '1.0.1/1', amis: { 'eu-central-1': ami }, known: true });
    const [record] = (await readLedger<RegistrationsDocument>(shopStack, ledgerKey.registrations('shop', 'golden'))).registrations;
    expect(record).toMatchObject({ registeredBy: { caller: expect.stringMatching(/^arn:aws:sts::123456789012:assumed-role\/Shop-Pipeline[\w-]+\/release-42$/), verified: true, via: 'url' }, tested: false });
    expect((await readLedger<RegistrationsDocument>(shopStack, ledgerKey.registrations('shop', 'golden'))).count).toBe(1);
  });

  test('a direct invocation only claims who it is', async () => {
    const payload = await invoke(shopStack, 'direct_golden', { command: 'register', image: 'golden', amis: { 'eu-central-1': shopStack.ami() }, caller: 'jenkins' });
    expect(payload).toMatchObject({ version: '1.0.2/1', known: false });
    const { registrations } = await readLedger<RegistrationsDocument>(shopStack, ledgerKey.registrations('shop', 'golden'));
    expect(registrations[1]!.registeredBy).toEqual({ caller: 'jenkins', verified: false, via: 'direct' });
  });

  test('a direct invocation that looks like a signed request is none', async () => {
    const body = JSON.stringify({ command: 'register', image: 'golden', amis: { 'eu-central-1': shopStack.ami() } });
    const forged = { requestContext: { authorizer: { iam: { userArn: 'arn:aws:iam::123456789012:role/release-manager' } } }, body, isBase64Encoded: false };
    const before = await readLedger<RegistrationsDocument>(shopStack, ledgerKey.registrations('shop', 'golden'));
    expect(await invoke(shopStack, 'direct_golden', forged)).toEqual({ error: expect.stringMatching(/unknown member requestContext, body, isBase64Encoded of a command/) });
    expect(await readLedger(shopStack, ledgerKey.registrations('shop', 'golden'))).toEqual(before);
  });

  test.each<[string, (stack: Deployed) => object, RegExp]>([
    ['an AMI that does not exist', () => amis('ami-0000000000000dead'), /ami-0000000000000dead in eu-central-1 does not exist, or is not shared/],
    ['no AMI id', () => amis('ami-1'), /'ami-1' of eu-central-1 is no id of an AMI/],
    ['another architecture', (stack) => amis(stack.ami({ architecture: 'arm64' })), /is of architecture arm64, the image of x86_64/],
    ['another platform', (stack) => amis(stack.ami({ platform: 'windows' })), /is of Windows, the image of Linux/],
    ['a public AMI of somebody else', (stack) => amis(stack.ami({ owner: '999999999999', public: true })), /is a public AMI of 999999999999/],
    ['a region that is missing', () => ({ amis: { 'us-east-1': 'ami-0123456789abcdef0' } }), /no AMI is given for eu-central-1/],
    ['an image that is not there', () => ({ ...amis('ami-0123456789abcdef0'), image: 'goldne' }), /has no image 'goldne'; images that take registrations: golden/],
    ['an image that a pipeline builds', () => ({ ...amis('ami-0123456789abcdef0'), image: 'role' }), /built by its pipeline/],
    ['a build that is none', (stack) => ({ ...amis(stack.ami()), build: 'arn:aws:codebuild:eu-central-1:123456789012:build/x:1' }), /"build" comes from builds of the project of the image only/],
    ['neither AMIs nor manifest', () => ({}), /either "amis" or "manifest" is needed/],
    ['an unknown member', () => ({ ...amis('ami-0123456789abcdef0'), ami: 1 }), /unknown member ami/],
    ['another command', () => ({ ...amis('ami-0123456789abcdef0'), command: 'promote' }), /unknown command 'promote'/],
  ])('refuses %s', async (_, body, reason) => {
    const before = await readLedger<RegistrationsDocument>(shopStack, ledgerKey.registrations('shop', 'golden'));
    const { status, answer } = await command({ command: 'register', image: 'golden', ...body(shopStack) });
    expect(status).toBe(answer.error === '"build" comes from builds of the project of the image only' ? 403 : 400);
    expect(answer.error).toMatch(reason);
    expect(await readLedger(shopStack, ledgerKey.registrations('shop', 'golden'))).toEqual(before);
  });

  test('takes an AMI that another account shares, and the last run of a manifest with what it says beside', async () => {
    const ami = shopStack.ami({ owner: '999999999999' });
    shopStack.local.world.get(Ec2Service).image(ami)!.launchUsers.add(shopStack.local.world.account);
    const build = (run: string, artifact: string): object => ({ name: 'web', packer_run_uuid: run, artifact_id: artifact, custom_data: { commit: 'abc' } });
    const manifest = { last_run_uuid: 'b', builds: [build('a', `eu-central-1:${shopStack.ami()}`), build('b', `eu-central-1:${ami}`)] };
    const { answer } = await command({ command: 'register', image: 'golden', manifest, tested: true });
    expect(answer).toMatchObject({ version: '1.0.3/1', amis: { 'eu-central-1': ami } });
    const { registrations } = await readLedger<RegistrationsDocument>(shopStack, ledgerKey.registrations('shop', 'golden'));
    expect(registrations[2]).toMatchObject({ tested: true, customDataHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const key = ledgerKey.customData('shop', 'golden', registrations[2]!.customDataHash!);
    expect(await readLedger(shopStack, key)).toMatchObject({ customData: { commit: 'abc' } });
  });

  test('four at once are four versions', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => register(shopStack.ami())));
    expect(new Set(answers.map(({ answer }) => answer.version))).toEqual(new Set(['1.0.4/1', '1.0.5/1', '1.0.6/1', '1.0.7/1']));
  });

  test('without a signature there is no answer', async () => {
    expect((await fetch(shopStack.operatorUrl, { method: 'POST', body: '{}' })).status).toBe(403);
  });

  describe('golden-images register', () => {
    const before = { ...process.env };
    beforeAll(() => Object.assign(process.env, {
      AWS_ENDPOINT_URL: shopStack.local.url,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    }));
    afterAll(() => { process.env = before; });

    test.each(['--stack Shop', '--namespace shop', '--url'])('finds the function by %s, and prints the version', async (where) => {
      const ami = shopStack.ami();
      const at = where === '--url' ? `--url ${shopStack.operatorUrl}` : where;
      const { code, out, err } = await commandLine(`register --image golden --ami eu-central-1=${ami} ${at}`);
      expect([code, err]).toEqual([0, expect.stringMatching(new RegExp(`^golden 1\\.0\\.\\d+/1: eu-central-1 ${ami}\n$`))]);
      expect(out).toMatch(/^1\.0\.\d+\/1\n$/);
      expect((await commandLine(`register --image golden --ami eu-central-1=${ami} ${at}`))).toMatchObject({ code: 0, out, err: expect.stringContaining('as before') });
    });

    test.each([
      ['--stack Nothing', /was not registered: .*Nothing.* does not exist/],
      ['--namespace nothing', /the namespace nothing takes no commands: there is no parameter \/golden-images\/nothing\/operator-url or \/golden-images\/nothing\/operator-function in/],
      ['--url http://127.0.0.1:1/', /was not registered: fetch failed/],
    ])('says why it cannot: %s', async (at, reason) => {
      const { code, out, err } = await commandLine(`register --image golden --ami eu-central-1=ami-0123456789abcdef0 ${at}`);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(reason);
    });

    test('says which grant is missing', async () => {
      const nobody = { ...environmentOf(shopStack), AWS_SESSION_TOKEN: '' };
      const signed = { ...process.env };
      Object.assign(process.env, nobody);
      const { code, err } = await commandLine(`register --image golden --ami eu-central-1=${shopStack.ami()} --stack Shop`);
      Object.assign(process.env, signed);
      expect([code, err]).toEqual([1, 'golden-images: golden was not registered: arn:aws:iam::123456789012:root may not register versions of \'golden\'; '
        + 'missing: grantRegister(its role or user) of Shop/Golden\n']);
    });

    test('passes on what the stack refuses', async () => {
      const { code, err } = await commandLine('register --image golden --ami eu-central-1=ami-0123456789abcdef0 --stack Shop');
      expect([code, err]).toEqual([1, expect.stringMatching(/golden was not registered: ami-0123456789abcdef0 in eu-central-1 does not exist/)]);
    });
  });
});

const amis = (id: string): { amis: Record<string, string> } => ({ amis: { 'eu-central-1': id } });
