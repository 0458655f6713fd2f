import type { Stack } from 'aws-cdk-lib';
import { addFleet, Deployed, HOUR } from './deployed';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { channelParameterName, ledgerKey, type RegistrationsDocument } from '../../../src/contract';
import { ParentImage, RegisteredImage, RoleImage } from '../../../src/image';
import { postSigned } from '../../../src/runtime/aws/signed';
import { echo } from '../../image/fixture';

const credentials = { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' };
const channel = (name: string, image = 'golden'): string => channelParameterName('shop', image, name);

function shop(stack: Stack): void {
  const golden = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
  const production = golden.addChannel('production');
  new RoleImage(stack, 'Role', { parent: golden, components: [echo()] });
  addFleet(stack, production);
}

describe('an image whose AMIs are registered, from the request to the fleet', () => {
  let shopStack: Deployed;
  const command = async (body: object): Promise<{ status: number; answer: Record<string, unknown> }> => {
    const response = await postSigned(shopStack.operatorUrl, JSON.stringify(body), { 'content-type': 'application/json' }, { service: 'lambda', region: 'eu-central-1', credentials });
    return { status: response.status, answer: await response.json() as Record<string, unknown> };
  };
  const register = (ami: string, more: object = {}): ReturnType<typeof command> =>
    command({ command: 'register', image: 'golden', amis: { 'eu-central-1': ami }, ...more });

  beforeAll(async () => {
    shopStack = await Deployed.start('Shop', shop);
    expect(await shopStack.until(() => shopStack.ssm.value(channel('latest')) !== undefined, 1)).toBe(true);
  }, 60_000);
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
  }, 120_000);
});
