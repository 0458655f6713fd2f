import { ledgerKey } from '../../../src/contract';
import { followedRelease } from '../../../src/runtime/controllers/followed-release';
import { emptyImageRecord } from '../../../src/runtime/domain/image';
import { RefusedError, SchemaVersionError, TransientError, type LedgerRecord } from '../../../src/runtime/ports';
import { fleet, NAMESPACE } from '../support/intents';

const { follows } = fleet('blue', ['base', 'latest']);
const publisher = { namespace: 'images', tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/Images-Ledger' };
const elsewhere = { ...follows, parameterName: '/imagebuilder/golden-images/images/base/latest', publisher };
const document = { schemaVersion: 1, image: 'base', channel: 'latest', revision: 3, version: '1.0.3/1', builtAt: '', amis: {}, revoked: [] };
const record = { ...emptyImageRecord('base', 1), channels: { latest: { document, committed: [] } } };

function ledgerWith(answer: () => unknown) {
  const reads: Array<[string, string | undefined]> = [];
  const read = async <T>(key: string, tableArn?: string): Promise<LedgerRecord<T>> => {
    reads.push([key, tableArn]);
    return { document: answer() as T, revision: 1 };
  };
  return { reads, read };
}

const failing = (error: Error) => ledgerWith(() => { throw error; });

test('a channel of the own stack is read from the own ledger', async () => {
  const ledger = ledgerWith(() => record);
  expect((await followedRelease(follows, NAMESPACE, ledger)).release).toEqual(document);
  expect(ledger.reads).toEqual([[ledgerKey.image(NAMESPACE, 'base'), undefined]]);
});

test('one of another stack from the ledger of that', async () => {
  const ledger = ledgerWith(() => record);
  expect((await followedRelease(elsewhere, NAMESPACE, ledger)).release).toEqual(document);
  expect(ledger.reads).toEqual([[ledgerKey.image('images', 'base'), publisher.tableArn]]);
});

test('no record is no release', async () => {
  expect(await followedRelease(elsewhere, NAMESPACE, ledgerWith(() => undefined))).toEqual({});
});

test.each<[string, Error, RegExp]>([
  ['denied', new RefusedError('dynamodb:GetItem of image#images#base: AccessDeniedException'), /^the ledger arn:.*\/Images-Ledger of the image 'base' cannot be read: .*AccessDeniedException; .*grants dynamodb:GetItem.*kms:Decrypt$/],
  ['written by a newer version', new SchemaVersionError('image#images#base', 2, 1), /schema version 2/],
])('one that is %s is unreadable, with what lets it be read', async (_, error, reason) => {
  expect((await followedRelease(elsewhere, NAMESPACE, failing(error))).unreadable).toMatch(reason);
});

test('what passes by itself is looked at again; the own ledger is never "unreadable"', async () => {
  await expect(followedRelease(elsewhere, NAMESPACE, failing(new TransientError('Rate exceeded')))).rejects.toThrow(TransientError);
  await expect(followedRelease(follows, NAMESPACE, failing(new RefusedError('AccessDeniedException')))).rejects.toThrow(RefusedError);
});

test('an intent of an older version that names a channel of another stack reads nothing by name alone', async () => {
  const { publisher: _, ...older } = elsewhere;
  const ledger = ledgerWith(() => record);
  expect((await followedRelease(older, NAMESPACE, ledger)).unreadable).toMatch(/deploy this stack again/);
  expect(ledger.reads).toEqual([]);
});
