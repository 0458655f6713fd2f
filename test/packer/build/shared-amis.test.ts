import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Deployed, MINUTE } from './deployed';
import { assume, command, commandLine } from './registering';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { channelParameterName, OWNER_TAG } from '../../../src/contract';
import { ParentImage, RegisteredImage } from '../../../src/image';

const OWNER = '999999999999';
const REGION = 'eu-central-1';

function shop(stack: Stack): void {
  const golden = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023(), owners: [OWNER], copyAmis: true });
  golden.grantRegister(new Role(stack, 'Pipeline', { assumedBy: new AccountRootPrincipal() }));
}

test('an AMI that another account shares is copied, and the copy is released once it is there', async () => {
  const deployed = await Deployed.start('Shop', shop);
  try {
    const ec2 = deployed.local.world.get(Ec2Service);
    ec2.imageChanges.copyMinutes = 10;
    const shared = deployed.ami({ owner: OWNER });
    ec2.image(shared)!.launchUsers.add(deployed.local.world.account);
    const credentials = await assume(deployed, 'Pipeline');
    const register = (): ReturnType<typeof command> => command(deployed, credentials, { command: 'register', image: 'golden', amis: { [REGION]: shared } });
    const { status, answer } = await register();
    const copy = (answer.copying as Record<string, string>)[REGION]!;
    expect([status, answer]).toEqual([202, { image: 'golden', copying: { [REGION]: expect.stringMatching(/^ami-/) }, retrySeconds: 30 }]);
    expect(ec2.image(copy)).toMatchObject({ owner: deployed.local.world.account, sourceImageId: shared, state: 'pending' });
    const { Images: [seen] } = await deployed.call(Ec2Service, 'DescribeImages', { ImageIds: [copy] }) as { Images: Array<{ Tags: unknown }> };
    expect(seen!.Tags).toEqual([{ Key: OWNER_TAG, Value: 'shop/golden' }]);
    await deployed.local.pass(11 * MINUTE);
    expect(await register()).toEqual({ status: 200, answer: { image: 'golden', version: '1.0.1/1', amis: { [REGION]: copy }, known: false } });
    const channel = channelParameterName('shop', 'golden', 'latest');
    expect(await deployed.until(() => deployed.release(channel)?.version === '1.0.1/1', 1)).toBe(true);
    expect(deployed.release(channel)!.amis).toEqual({ [REGION]: copy });
    // The owner takes it away: nothing of ours depends on it.
    ec2.image(shared)!.launchUsers.clear();
    expect(await register()).toMatchObject({ status: 400 });
    expect(deployed.ssm.value(channel)).toBe(copy);
  } finally {
    await deployed.local.close();
  }
});

describe('golden-images register, while AMIs are copied', () => {
  const before = { ...process.env };
  let server: Server;
  let answers: Array<{ readonly status: number; readonly body: object }>;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { status, body } = answers.shift()!;
      request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    Object.assign(process.env, { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'AKIAOPERATOR', AWS_SECRET_ACCESS_KEY: 's' });
  });
  afterAll(() => {
    process.env = before;
    server.close();
  });

  const run = (): ReturnType<typeof commandLine> =>
    commandLine(`register --image golden --ami ${REGION}=ami-aaaaaaaa --url http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const copying = { status: 202, body: { image: 'golden', copying: { [REGION]: 'ami-bbbbbbbb' }, retrySeconds: 0 } };

  test('says which they are, and waits for the version', async () => {
    answers = [copying, copying, { status: 200, body: { image: 'golden', version: '1.0.1/1', amis: { [REGION]: 'ami-bbbbbbbb' }, known: false } }];
    expect(await run()).toEqual({ code: 0, out: '1.0.1/1\n', err: `copying: ${REGION} ami-bbbbbbbb\ngolden 1.0.1/1: ${REGION} ami-bbbbbbbb\n` });
    expect(answers).toEqual([]);
  });

  test('passes on why a copy came to nothing', async () => {
    answers = [copying, { status: 400, body: { error: 'ami-aaaaaaaa was copied 3 times' } }];
    expect(await run()).toMatchObject({ code: 1, out: '', err: expect.stringContaining('golden was not registered: ami-aaaaaaaa was copied 3 times') });
  });
});
