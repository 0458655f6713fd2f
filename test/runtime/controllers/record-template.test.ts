import { ledgerKey, type TemplateDocument, type TemplateProperties } from '../../../src/contract';
import { contentHash, overridesHash } from '../../../src/runtime/aws/fleet/configuration-hash';
import { recordTemplate } from '../../../src/runtime/controllers/record-template';
import { TransientError, type StackOperation } from '../../../src/runtime/ports';
import { MemoryLedger, MemoryLog } from '../support/memory-ports';

const ROOT = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/Shop/1';
const NESTED = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/Shop-Servers-1ABC/2';
const BEGAN = '2026-01-05T00:00:00.000Z';
const DATA = { ImageId: 'resolve:ssm:/image', UserData: 'ZWNobw==' };

function setUp(versions: Array<{ number: string; data: object }> = [{ number: '1', data: DATA }]) {
  const clock = { now: () => Date.UTC(2026, 0, 5, 0, 1) };
  const [ledger, log] = [new MemoryLedger(clock), new MemoryLog()];
  const stacks = new Map<string, StackOperation>([[ROOT, { state: 'in-progress', began: BEGAN }]]);
  const contents = { versions: async () => versions.map((each) => ({ ...each, contentHash: contentHash(each.data), createdBy: 'arn:deployer' })) };
  const operations = { operation: async (id: string) => stacks.get(id) ?? { state: 'gone' as const } };
  const ports = { clock, ledger, log, contents, stacks: operations, overridesHash };
  const properties: TemplateProperties = { ServiceToken: '', Namespace: 'shop', Fleet: 'web', LaunchTemplateId: 'lt-1', LatestVersion: '1', Data: DATA };
  const record = (change: Partial<TemplateProperties> = {}, before?: Partial<TemplateProperties>, stackId = ROOT) => recordTemplate({
    properties: { ...properties, ...change }, stackId, rootId: ROOT, ...(before ? { before: { ...properties, ...before } } : {}),
  }, ports);
  const declared = async () => (await ledger.read<TemplateDocument>(ledgerKey.template('shop', 'lt-1'))).document?.declarations ?? [];
  return { record, declared, ledger, log, stacks, versions, ports };
}

test('a request that Lambda brings twice is recorded once', async () => {
  const { record, declared, ledger } = setUp();
  expect(await record()).toBeUndefined();
  expect(await record()).toBeUndefined();
  expect(await declared()).toHaveLength(1);
  expect((await ledger.read(ledgerKey.template('shop', 'lt-1'))).revision).toBe(1);
});

test('the same content is recorded again in another deploy, since the first may not have ended well, and only what is newest is kept', async () => {
  const { record, declared, stacks } = setUp();
  for (let hour = 0; hour < 30; hour += 1) {
    stacks.set(ROOT, { state: 'in-progress', began: new Date(Date.UTC(2026, 0, 6, hour)).toISOString() });
    await record({}, { Data: { ...DATA, UserData: 'b3RoZXI=' } });
  }
  expect(await declared()).toHaveLength(20);
  expect((await declared()).at(-1)!.operation).toBe('2026-01-07T05:00:00.000Z');
});

test('a deploy to which only the number of the latest version is new declares nothing new, and fails over nothing', async () => {
  const { record, declared, stacks, versions } = setUp();
  await record();
  stacks.set(ROOT, { state: 'in-progress', began: '2026-01-06T00:00:00.000Z' });
  expect(await record({ LatestVersion: '2' }, {})).toBeUndefined();
  versions.splice(0, 1, { number: '2', data: { ...DATA, ImageId: 'ami-1' } });
  expect(await record({ LatestVersion: '2' }, {})).toBeUndefined();
  expect(await declared()).toEqual([expect.objectContaining({ number: '1', operation: BEGAN })]);
});

test('a fleet that was deployed before anything was recorded deploys also where only versions of its controller are left', async () => {
  const { record, declared, log } = setUp([{ number: '7', data: { ...DATA, ImageId: 'ami-1' } }]);
  expect(await record({ LatestVersion: '7' })).toBeUndefined();
  expect(await declared()).toEqual([]);
  expect(log.events()).toEqual(['template-without-declared-version']);
  expect(await record({ LatestVersion: '7', Data: { ...DATA, UserData: 'b3RoZXI=' } })).toMatch(/differs in ImageId, UserData/);
  expect(await record({ LatestVersion: '7' }, { Data: {} })).toMatch(/differs in ImageId;/);
});

test('a version that EC2 does not list yet is waited for', async () => {
  const { record } = setUp();
  await expect(record({ LatestVersion: '2', Data: { ...DATA, UserData: 'b3RoZXI=' } }, {})).rejects.toThrow(TransientError);
});

test('overrides that differ are another declaration of the same version', async () => {
  const { record, declared } = setUp();
  await record({ Overrides: [{ InstanceType: 't3.small' }] });
  await record({ Overrides: [{ InstanceType: 't3.large' }] }, { Overrides: [{ InstanceType: 't3.small' }] });
  expect((await declared()).map(({ number, overridesHash: hash }) => [number, hash])).toEqual([
    ['1', overridesHash([{ InstanceType: 't3.small' }])], ['1', overridesHash([{ InstanceType: 't3.large' }])],
  ]);
});

describe('a rollback', () => {
  test.each<[string, string, StackOperation, StackOperation]>([
    ['of the stack', ROOT, { state: 'rolling-back', began: BEGAN }, { state: 'rolling-back', began: BEGAN }],
    ['of a nested stack, before its root says so,', NESTED, { state: 'rolling-back', began: BEGAN }, { state: 'in-progress', began: BEGAN }],
    ['of its root', NESTED, { state: 'in-progress', began: BEGAN }, { state: 'rolling-back', began: BEGAN }],
  ])('%s never fails, whatever EC2 has or answers', async (_name, id, own, root) => {
    const { record, stacks, versions, ports, log } = setUp();
    stacks.set(ROOT, root).set(id, own);
    versions.splice(0);
    expect(await record({}, { Data: {} }, id)).toBeUndefined();
    ports.contents.versions = async () => { throw new TransientError('throttled'); };
    expect(await record({}, { Data: {} }, id)).toBeUndefined();
    expect(log.events()).toEqual(['template-without-declared-version', 'template-not-recorded-in-rollback']);
  });
});

describe('nothing is recorded outside of a deploy:', () => {
  test.each<[string, string, StackOperation['state'], StackOperation['state']]>([
    ['the stack has settled', ROOT, 'settled', 'settled'],
    ['the stack failed', ROOT, 'failed', 'failed'],
    ['the stack is gone', ROOT, 'gone', 'gone'],
    ['the stack is being deleted', ROOT, 'deleting', 'deleting'],
    ['the root of a nested stack has settled', NESTED, 'in-progress', 'settled'],
    ['a nested stack has settled', NESTED, 'settled', 'in-progress'],
  ])('%s', async (_name, id, own, root) => {
    const { record, declared, stacks } = setUp();
    stacks.set(id, { state: own, began: BEGAN }).set(ROOT, { state: root, began: BEGAN });
    expect(await record({}, undefined, id)).toMatch(/is not being deployed/);
    expect(await declared()).toEqual([]);
  });
});
