import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../../golden-images/package.json';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';

/** An empty folder: no app, no cdk command line. */
const directory = mkdtempSync(join(tmpdir(), 'golden-images-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runCommandLine(args, {
    directory,
    terminal: false,
    out: (text) => { said.out += `${text}\n`; },
    err: (text) => { said.err += `${text}\n`; },
    write: () => undefined,
  });
  return { code, ...said };
}

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('%s names every command', async (argument) => {
    const { code, out } = await run(argument);
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}local .*\n {2}rehearse /m);
  });

  test.each([[['help', 'rehearse']], [['rehearse', '--help']]])('%j names every option with the form of its value', async (args) => {
    const { code, out } = await run(...args);
    expect(code).toBe(0);
    ['--app COMMAND', '--stack NAME …', '--days N', '--sick IMAGE@DAY …', '--fail IMAGE@DAY …', '--seed N', '--json FILE', '--html FILE', '--keep-going', '--no-destroy']
      .forEach((usage) => expect(out).toContain(`  ${usage} `));
  });

  test.each([['--version'], ['-v']])('%s', async (argument) => {
    expect(await run(argument)).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });
});

describe('what cannot be understood is one line that names what could be, and exit code 2', () => {
  test.each<[string, string]>([
    ['rehears', "unknown command 'rehears'; did you mean rehearse?"],
    ['lcoal', "unknown command 'lcoal'; did you mean local?"],
    ['help lokal', "unknown command 'lokal'; did you mean local?"],
    ['--versoin', 'unknown option --versoin; did you mean --version?'],
    ['rehearse --dyas 3', 'unknown option --dyas; did you mean --days?'],
    ['rehearse --constructor x', 'unknown option --constructor; known: --app, --stack, --days, --sick, --fail, --json, --html, --keep-going, --no-lint, --no-destroy, --verbose, --seed, --start, --account, --region'],
    ['rehearse web', "unexpected argument 'web'"],
    ['rehearse --days', '--days needs a value: --days N'],
    ['rehearse --json --html x', '--json needs a value: --json FILE'],
    ['rehearse --keep-going=yes', '--keep-going takes no value'],
    ['rehearse --days 0', "--days must be a whole number from 1 to 3660, got '0'"],
    ['rehearse --days=1.5', "--days must be a whole number from 1 to 3660, got '1.5'"],
    ['rehearse --sick web', "--sick must be IMAGE@DAY, such as web@8, got 'web'"],
    ['rehearse --fail web@0', "--fail must be IMAGE@DAY, such as web@8, got 'web@0'"],
    ['rehearse --app x --days 7 --sick base@3 --sick web@8', '--sick web@8: the rehearsal has only 7 days; give more with --days'],
    ['local --port 65536', "--port must be a whole number from 0 to 65535, got '65536'"],
    ['local --start yesterday', "--start must be an ISO 8601 date or time, such as 2026-01-06 or 2026-01-06T09:00:00Z, got 'yesterday'"],
    ['local --start 2026-13-01', "--start must be an ISO 8601 date or time, such as 2026-01-06 or 2026-01-06T09:00:00Z, got '2026-13-01'"],
    ['local --speed fast', "--speed must be virtual seconds per real second, such as 1, 60 or 0, got 'fast'"],
    ['local --region europe', "--region must be a region, such as eu-central-1, got 'europe'"],
    ['local --account 12', "--account must be an account of twelve digits, got '12'"],
  ])('%s', async (line, message) => {
    expect(await run(...line.split(' '))).toEqual({ code: 2, out: '', err: `golden-images: ${message}\n` });
  });

  test('an unknown command is answered with all that there are', async () => {
    expect((await run('deploy')).err).toMatch(/^golden-images: unknown command 'deploy'; known: component lint, .*register.*, help\n$/);
  });

  test('no command at all gets the help', async () => {
    const { code, err } = await run();
    expect([code, err]).toEqual([2, expect.stringContaining('Usage: golden-images COMMAND')]);
  });

  test('a port that is in use', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    expect(await run('local', '--port', String(port)))
      .toEqual({ code: 2, out: '', err: `golden-images: port ${port} is in use; give another one with --port, or none for any free one\n` });
    other.close();
  });

  test('a folder without an app, and one without the cdk command line', async () => {
    expect(await run('rehearse')).toMatchObject({ code: 2, err: `golden-images: there is no cdk.json in ${directory}; say how to run the app: --app "node app.js"\n` });
    expect(await run('rehearse', '--app', 'node app.js')).toMatchObject({ code: 2, err: expect.stringContaining('npm install --save-dev aws-cdk') });
  });
});
