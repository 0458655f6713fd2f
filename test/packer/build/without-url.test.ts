import type { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Deployed } from './deployed';
import { commandLine, environmentOf, readLedger, resource } from './registering';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { channelParameterName, ledgerKey, type RegistrationsDocument } from '../../../src/contract';
import { ParentImage, RegisteredImage } from '../../../src/image';

const REGION = 'eu-central-2';
const golden = (stack: Stack): void => {
  const image = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
  image.grantRegister(new Role(stack, 'Pipeline', { assumedBy: new AccountRootPrincipal() }), { claimsTests: true });
};

test('where the region is not known while synthesizing, AWS refuses the function URL', async () => {
  await expect(Deployed.start('Shop', golden, { region: REGION })).rejects.toThrow('Template format error: Unrecognized resource types: [AWS::Lambda::Url]');
});

describe('in a region without function URLs, golden-images register', () => {
  let shop: Deployed;
  const before = { ...process.env };
  const ledger = async (): Promise<RegistrationsDocument> => readLedger(shop, ledgerKey.registrations('shop', 'golden'));
  const operator = (): string => `arn:aws:lambda:${REGION}:123456789012:function:${resource(shop, 'AWS::Lambda::Function', 'Operator')}`;

  beforeAll(async () => {
    shop = await Deployed.start('Shop', golden, { region: REGION, env: true });
    Object.assign(process.env, environmentOf(shop));
  });
  afterAll(async () => {
    process.env = before;
    await shop.local.close();
  });

  test('finds a stack that has no URL, and aliases of the image alone', () => {
    const { resources, outputs } = shop.local.world.get(CloudFormationService).stackState('Shop')!;
    const found = [...resources.values()].filter(({ type }) => /^AWS::Lambda::(Url|Alias)$/.test(type)).map(({ physicalId }) => physicalId!.split(':').at(-1));
    expect(found.sort()).toEqual(['direct_golden', 'tested_golden']);
    expect(JSON.stringify(outputs)).toContain(operator());
  });

  test.each(['--stack Shop', '--namespace shop', '--function'])('invokes the function by %s, and the version goes its way', async (where) => {
    const ami = shop.ami();
    const at = where === '--function' ? `${where} ${operator()}` : where;
    const { code, out, err } = await commandLine(`register --image golden --ami ${REGION}=${ami} ${at}`);
    expect([code, err]).toEqual([0, expect.stringMatching(new RegExp(`^golden 1\\.0\\.\\d+/1: ${REGION} ${ami}\n$`))]);
    const version = out.trim();
    expect(await shop.until(() => shop.release(channelParameterName('shop', 'golden', 'latest'))?.version === version, 1)).toBe(true);
    expect((await ledger()).registrations.at(-1)).toMatchObject({
      version, amis: { [REGION]: ami }, tested: false, registeredBy: { caller: 'arn:aws:iam::123456789012:root', verified: false, via: 'direct' },
    });
  });

  test('says that the AMI was tested by another alias, which IAM keeps apart', async () => {
    expect(await commandLine(`register --image golden --ami ${REGION}=${shop.ami()} --tested --stack Shop`)).toMatchObject({ code: 0 });
    expect((await ledger()).registrations.at(-1)).toMatchObject({ tested: true });
  });

  test('passes on what the stack refuses', async () => {
    const registered = await ledger();
    const { code, out, err } = await commandLine(`register --image golden --ami ${REGION}=ami-0123456789abcdef0 --stack Shop`);
    expect([code, out, err]).toEqual([1, '', expect.stringMatching(/golden was not registered: ami-0123456789abcdef0 in eu-central-2 does not exist/)]);
    expect(await ledger()).toEqual(registered);
  });

  test.each([
    ['a function that is not there', `--function arn:aws:lambda:${REGION}:123456789012:function:nothing`, 1, /golden was not registered: Function not found/],
    ['an alias, which is the URL\'s', `--function arn:aws:lambda:${REGION}:123456789012:function:f:signed`, 2, /without a version or alias/],
  ])('says what is wrong with %s', async (_, at, code, reason) => {
    expect(await commandLine(`register --image golden --ami ${REGION}=ami-0123456789abcdef0 ${at}`)).toMatchObject({ code, err: expect.stringMatching(reason) });
  });
});
