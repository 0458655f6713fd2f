import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';
import { parsePage } from '../report/parse-page';

// Inside of the repository, where the app finds aws-cdk-lib.
const folder = resolve(`.tmp/rehearse-test-${process.pid}`);
const json = `${folder}/report/rehearsal.json`;
const html = `${folder}/report/rehearsal.html`;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: ['test/golden-images/commands/tiny-app.ts'],
    outfile: `${folder}/app.cjs`,
    bundle: true,
    platform: 'node',
    external: ['aws-cdk-lib', 'constructs'],
    alias: { 'cdk-golden-images': resolve('src/index.ts') },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rehearse(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runCommandLine(['rehearse', '--app', `${process.execPath} ${folder}/app.cjs`, ...args], {
    directory: resolve('.'),
    terminal: false,
    out: (text) => { said.out += `${text}\n`; },
    err: (text) => { said.err += `${text}\n`; },
    write: () => undefined,
  });
  return { code, ...said };
}

test('an app is deployed, lives for days with a build that fails on purpose, is judged and destroyed', async () => {
  const { code, out } = await rehearse('--days', '2', '--fail', 'base@2', '--json', json, '--html', html);
  expect(out).toMatch(/✔ cdk synth succeeds[^]*✔ component documents and their scripts are valid \(2 documents, 0 violations\)[^]*✔ cdk deploy succeeds[^]*── day 1 of 2[^]*tiny--base 1\.0\.0\/1: built and tested[^]*── day 2 of 2[^]*build failed[^]*✔ cdk destroy succeeds/);
  expect(code).toBe(0);
  const report = JSON.parse(readFileSync(json, 'utf8'));
  expect(report).toMatchObject({ model: true, images: [{ name: 'base' }], fleets: [], leftovers: expect.any(Array) });
  expect(report.images[0].versions.map(({ state }: { state: string }) => state)).toContain('build-failed');
  expect(report.checks.every(({ holds }: { holds: boolean }) => holds)).toBe(true);
  const rects = parsePage(readFileSync(html, 'utf8')).filter(({ name }) => name === 'rect');
  expect(rects.map(({ attributes }) => attributes.class)).toEqual(expect.arrayContaining(['build available', 'build failed']));
});

describe('a script that does not parse', () => {
  beforeAll(() => { process.env.TINY_SCRIPT = 'if true; then\n  echo a'; });
  afterAll(() => { delete process.env.TINY_SCRIPT; });

  test('fails the rehearsal before anything is deployed, and is named with its step', async () => {
    const { code, out } = await rehearse('--days', '1', '--json', json);
    expect(out).toMatch(/Tiny\/.*mine.*\(Tiny\.template\.json\):\d+:\d+: phases\[0\]\.steps\[\d+\].*: bash would refuse the script of step '\S+' in phase 'build': expected 'fi' to close 'if'/);
    expect(out).toContain('1 of 3 promises did not hold:\n  ✘ component documents and their scripts are valid');
    expect(out).not.toMatch(/cdk (?:deploy|destroy)/);
    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(json, 'utf8')).checks.at(-1)).toMatchObject({ holds: false, seen: expect.stringMatching(/, 1 violations$/) });
  });

  test('is deployed with --no-lint', async () => {
    const { out } = await rehearse('--days', '1', '--no-lint', '--no-destroy');
    expect(out).not.toContain('cdk synth');
    expect(out).toContain('✔ cdk deploy succeeds');
  });
});
