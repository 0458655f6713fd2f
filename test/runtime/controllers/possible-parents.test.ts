import { ledgerKey, lookupParameterName, SCHEMA_VERSION, type AmiLookup, type ParentIntent } from '../../../src/contract';
import { possibleParents } from '../../../src/runtime/controllers/possible-parents';
import { emptyImageRecord, type ImageRecord } from '../../../src/runtime/domain/image';
import { publishing, type Published } from '../../../src/runtime/domain/published';
import { RefusedError, TransientError, type Ledger, type Log } from '../../../src/runtime/ports';
import { image, NAMESPACE, pointer, registry, REGION } from '../support/intents';
import { MemoryLedger } from '../support/memory-ports';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {}, alert: () => {}, paused: () => {} };
const LOOKUP = lookupParameterName(NAMESPACE, 'abc');
const PARAMETER = pointer('base', 'latest');
const version = { version: '1.0.1/1', arn: '', builtAt: '', contentHash: '', amis: { [REGION]: 'ami-good' }, tested: true, heads: {} };
const channels = { latest: { document: {}, committed: [] } };
const released = { ...emptyImageRecord('base', SCHEMA_VERSION), versions: [version], channels } as unknown as ImageRecord;

interface Held {
  readonly record?: ImageRecord;
  readonly seeded?: object;
  readonly published?: Published;
}

async function possible(parent: string, { record, seeded, published }: Held = {}): Promise<readonly string[] | undefined> {
  const ledger = new MemoryLedger({ now: () => 0 });
  if (record) await ledger.write(ledgerKey.image(NAMESPACE, 'base'), record, 0);
  const seeds = { schemaVersion: SCHEMA_VERSION, parameters: { [PARAMETER]: { owner: 'Base', created: true, ...seeded } } };
  if (seeded) await ledger.write(ledgerKey.seeds, seeds, 0);
  if (published) await ledger.write(ledgerKey.published(LOOKUP), published, 0);
  const lookup = { owner: '309956199498', names: ['RHEL-9*'], architecture: 'x86_64', newestBy: 'name' as const };
  const document = { ...registry([image('base', 1)]), lookups: [{ parameterName: LOOKUP, lookup }] };
  const candidates = {
    matching: async (_: AmiLookup, options?: { deprecated: boolean }) =>
      ['ami-new', 'ami-old', ...(options?.deprecated ? ['ami-deprecated'] : [])].map((id) => ({ id, name: '', createdAt: '' })),
  };
  return possibleParents(parent, { type: 'external', reference: parent }, document, { ledger, candidates, log: silent, region: REGION });
}

describe('what a build may stand on', () => {
  test.each<[string, string, Parameters<typeof possible>[1], string[] | undefined]>([
    ['an AMI: itself', 'ami-0123456789abcdef0', {}, ['ami-0123456789abcdef0']],
    ['a channel: AMIs of all versions, as the ledger has them; a withdrawn one is another matter', `ssm:${PARAMETER}`, { record: released }, ['ami-good']],
    ['a channel: what it was seeded with, too', `ssm:${PARAMETER}`, { record: released, seeded: { ami: 'ami-seed' } }, ['ami-good', 'ami-seed']],
    ['a channel before its first release', `ssm:${PARAMETER}`, { seeded: { ami: 'ami-seed' } }, ['ami-seed']],
    ['upgrade: a channel before its first release, seeded by an earlier version of this library', `ssm:${PARAMETER}`, { seeded: {} }, undefined],
    ['a lookup: all that its owner publishes, deprecated since or not', `ssm:${LOOKUP}`, {}, ['ami-new', 'ami-old', 'ami-deprecated']],
    ['a lookup: what we had its parameter hold, which its owner removed since', `ssm:${LOOKUP}`,
      { published: { value: 'ami-new', former: [{ value: 'ami-removed', until: 0 }] } }, ['ami-new', 'ami-old', 'ami-deprecated', 'ami-removed']],
    ['a lookup: not what somebody had its parameter hold before anything was recorded', `ssm:${LOOKUP}`,
      { published: publishing(publishing(undefined, 'ami-old', 'ami-evil', 0), 'ami-new', 'ami-evil', 1) }, ['ami-new', 'ami-old', 'ami-deprecated']],
    ['a lookup: what its parameter was asked for last, which is gone', `ssm:${LOOKUP}`,
      { published: { value: 'ami-gone', former: [] } }, ['ami-new', 'ami-old', 'ami-deprecated', 'ami-gone']],
    ['a lookup that no deploy names any more', `ssm:${lookupParameterName(NAMESPACE, 'old')}`, {}, undefined],
    ['a parameter of AWS', 'ssm:/aws/service/ami-amazon-linux-latest/al2023', {}, undefined],
    ['a channel of another stack', 'ssm:/imagebuilder/golden-images/other/base/latest', { record: released }, undefined],
    ['an image that Amazon manages', 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x', {}, undefined],
  ])('%s', async (_, parent, ledger, expected) => expect(await possible(parent, ledger)).toEqual(expected));
});

describe('what a build may stand on whose parent is of another stack', () => {
  const parameterName = '/imagebuilder/golden-images/other/base/latest';
  const parent: ParentIntent = {
    type: 'image', image: 'base', channel: 'latest', parameterName, publisher: { namespace: 'other', tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/other' },
  };
  const candidates = { matching: async () => [] };
  const ofAnother = (ledger: Pick<Ledger, 'read'>) =>
    possibleParents(`ssm:${parameterName}`, parent, registry([image('base', 1)]), { ledger: ledger as Ledger, candidates, log: silent, region: REGION });

  test.each<[string, ImageRecord | undefined, string[] | undefined]>([
    ['AMIs of all versions that its ledger has', released, ['ami-good']],
    ['anything before its first release: what it was seeded with, only that stack knows', emptyImageRecord('base', SCHEMA_VERSION), undefined],
  ])('%s', async (_, document, expected) => {
    const read = async (key: string, table?: string) => {
      expect([key, table]).toEqual([ledgerKey.image('other', 'base'), 'arn:aws:dynamodb:eu-central-1:123456789012:table/other']);
      return { document, revision: 1 };
    };
    expect(await ofAnother({ read } as Pick<Ledger, 'read'>)).toEqual(expected);
  });

  test('is asked again later where its ledger cannot be read: a version of which nobody can tell is not recorded', async () => {
    const read = () => Promise.reject(new RefusedError('AccessDeniedException'));
    await expect(ofAnother({ read })).rejects.toBeInstanceOf(TransientError);
  });
});
