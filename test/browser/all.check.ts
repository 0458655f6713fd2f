import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalAws } from '../../golden-images/src/rehearsal/local-aws';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { mischief, unsigned } from '../security/page';

let local: LocalAws;
let pages: Server;
let tell: (report: Record<string, string>) => void;
beforeAll(async () => {
  local = await LocalAws.start();
  pages = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => { text += String(chunk); }).on('end', () => {
      if (request.method === 'POST') tell(JSON.parse(text));
      response.setHeader('content-type', 'text/html').end(request.method === 'POST' ? '' : page());
    });
  });
  await new Promise<void>((resolve) => { pages.listen(0, '127.0.0.1', resolve); });
});
afterAll(async () => {
  pages.close();
  await local.close();
});

const port = (): string => new URL(local.url).port;

/** Sends what a page may send to anybody without asking first, to each name under which the local AWS can be reached, and says what came of it. */
const page = (): string => `<!doctype html><script type="module">
const report = {};
const send = async (what, url, body) => {
  try {
    const { type, status } = await fetch(url, { method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body });
    report[what] = type === 'opaque' ? 'answered, unreadable' : 'answered ' + status;
  } catch (error) {
    report[what] = 'no answer: ' + error.message;
  }
};
for (const host of ['localhost', '127.0.0.1', 'evil.example']) {
  const at = 'http://' + host + ':${port()}';
  await send(host + ' create', at + '/2015-03-31/functions?${unsigned}', ${JSON.stringify(mischief)});
  await send(host + ' invoke', at + '/2015-03-31/functions/mischief/invocations?${unsigned}', '{}');
  await send(host + ' time', at + '/_golden-images/time?pass=PT1H', '');
}
await fetch('/report', { method: 'POST', body: JSON.stringify(report) });
</script>`;

/** Opens the page under a name in a browser that knows `evil.example` as a name of this machine; gives what the page reports. */
async function open(host: string): Promise<Record<string, string>> {
  const profile = mkdtempSync(join(tmpdir(), 'browser-'));
  let browser: ChildProcess | undefined;
  try {
    return await new Promise((resolve, reject) => {
      tell = resolve;
      const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${profile}`, '--host-resolver-rules=MAP evil.example 127.0.0.1'];
      browser = spawn(process.env.GOLDEN_IMAGES_CHROMIUM!, [...flags, `http://${host}:${(pages.address() as AddressInfo).port}/`], { stdio: 'ignore' });
      browser.on('error', reject).on('exit', (code) => reject(new Error(`the browser ended with ${code} before the page reported`)));
    });
  } finally {
    browser?.removeAllListeners('exit').kill('SIGKILL');
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

test.each(['localhost', '127.0.0.1', 'evil.example'])('a page of %s in a real browser makes and runs no function, and lets no time pass', async (host) => {
  const before = local.world.now;
  const report = await open(host);
  // Each request arrived and was answered: what kept it out is the local AWS, not the browser.
  expect(Object.keys(report)).toHaveLength(9);
  expect(Object.values(report).filter((each) => each.startsWith('no answer'))).toEqual([]);
  expect(local.world.get(LambdaService).functions.size).toBe(0);
  expect(local.world.now).toBe(before);
});
