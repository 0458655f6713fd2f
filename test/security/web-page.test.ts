import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { mischief, unsigned } from './page';
import { LocalAws } from '../../golden-images/src/rehearsal/local-aws';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';

const functions = '/2015-03-31/functions';
describe('a web page on the machine of a developer', () => {
  let local: LocalAws;
  beforeAll(async () => { local = await LocalAws.start(); });
  afterAll(() => local.close());

  const port = (): string => new URL(local.url).port;

  /** Status and body; `host` stands for what the name in the address of the page was, however it resolved. */
  type Answer = { status: number; text: string };
  const post = (path: string, body: string, headers: OutgoingHttpHeaders): Promise<Answer> => new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: port(), path, method: 'POST', headers: { 'content-type': 'text/plain', ...headers } };
    const sent = httpRequest(options, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => { text += chunk.toString(); }).on('end', () => resolve({ status: response.statusCode!, text }));
    });
    sent.on('error', reject).end(body);
  });

  const pages: Array<[string, () => OutgoingHttpHeaders]> = [
    ['of another site', () => ({ host: `localhost:${port()}`, origin: 'https://evil.example' })],
    ['whose name was bound to this machine afterwards', () => ({ host: `evil.example:${port()}`, origin: `http://evil.example:${port()}` })],
    ['whose name was bound so, with no word of where it comes from', () => ({ host: `evil.example:${port()}` })],
    ['of another server on this machine', () => ({ 'host': `localhost:${port()}`, 'sec-fetch-site': 'same-site' })],
    ['of another site, in an image', () => ({ 'host': `localhost:${port()}`, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })],
  ];

  test.each(pages)('%s makes and runs no function', async (_, headers) => {
    const made = await post(`${functions}?${unsigned}`, mischief, headers());
    const ran = await post(`${functions}/mischief/invocations?${unsigned}`, '{}', headers());
    expect([made.status, ran.status]).toEqual([403, 403]);
    expect(local.world.get(LambdaService).functions.size).toBe(0);
  });

  test.each(pages)('%s lets no time pass', async (_, headers) => {
    const before = local.world.now;
    expect((await post('/_golden-images/time?pass=PT1H', '', headers())).status).toBe(403);
    expect(local.world.now).toBe(before);
  });
});
