import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';

let local: LocalAws;
beforeEach(async () => { local = await LocalAws.start({ start: Date.UTC(2026, 0, 6), account: '210987654321' }); });
afterEach(() => local.close());

const ask = async (method: string, query = ''): Promise<[number, any]> => {
  const response = await fetch(`${local.url}/_golden-images/time${query}`, { method, headers: { authorization: `Bearer ${local.credentials.secretAccessKey}` } });
  return [response.status, await response.json()];
};

test('serves AWS clients', async () => {
  const sts = new STSClient({ endpoint: local.url, region: local.world.region, credentials: local.credentials });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '210987654321' });
});

test('virtual time is read and passes by its own path', async () => {
  let rang = 0;
  local.world.timeline.schedule(3_600_000, 'bell', () => { rang = local.world.now; });
  expect(await ask('GET')).toEqual([200, { now: '2026-01-06T00:00:00.000Z' }]);
  expect(await ask('POST', '?pass=PT1H30M')).toEqual([200, { now: '2026-01-06T01:30:00.000Z' }]);
  expect(rang).toBe(Date.UTC(2026, 0, 6, 1));
  expect((await ask('POST', '?pass=1h'))[0]).toBe(400);
  expect((await ask('POST'))[0]).toBe(400);
  expect((await ask('DELETE'))[0]).toBe(405);
  expect((await ask('GET'))[1]).toEqual({ now: '2026-01-06T01:30:00.000Z' });
});

test('virtual time is nobody\'s who has no secret', async () => {
  const unknown = [{}, { authorization: 'Bearer local' }, { authorization: `Bearer ${local.credentials.secretAccessKey}x` }];
  for (const headers of unknown) {
    expect((await fetch(`${local.url}/_golden-images/time?pass=PT1H`, { method: 'POST', headers: headers as Record<string, string> })).status).toBe(401);
  }
  expect(local.world.now).toBe(Date.UTC(2026, 0, 6));
});

test('every start has another secret', async () => {
  const other = await LocalAws.start();
  expect(other.credentials.secretAccessKey).toMatch(/^[\w-]{40}$/);
  expect(other.credentials.secretAccessKey).not.toBe(local.credentials.secretAccessKey);
  await other.close();
});

test('`until` stops when its condition holds, and never after its limit', async () => {
  const rung: number[] = [];
  [10, 20, 30].forEach((at) => local.world.timeline.schedule(at, 'bell', () => { rung.push(at); }));
  expect(await local.until(() => rung.length === 2, 1000)).toBe(true);
  expect(await local.until(() => rung.length === 4, 5)).toBe(false);
  expect(rung).toEqual([10, 20]);
  expect(local.world.now - Date.UTC(2026, 0, 6)).toBe(25);
});

test('a second port fails by name', async () => {
  await expect(LocalAws.start({ port: Number(new URL(local.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closing twice is closing once; nobody answers afterwards', async () => {
  await Promise.all([local.close(), local.close()]);
  await expect(fetch(local.url)).rejects.toThrow();
});
