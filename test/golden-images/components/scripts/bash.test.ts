import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { VALID, WRONG } from './bash-samples';
import { bashFault } from '../../../../golden-images/src/components/scripts/bash';

const lineOf = (script: string, offset: number): number => script.slice(0, offset).split('\n').length;

test.each(VALID)('valid: %j', (script) => {
  expect(bashFault(script)).toBeUndefined();
});

test.each(WRONG)('at fault: %j', (script, line, message) => {
  const fault = bashFault(script);
  expect(fault?.message).toMatch(message);
  expect(lineOf(script, fault!.offset)).toBe(line);
});

const bash = spawnSync('bash', ['--version'], { encoding: 'utf8' }).stdout?.match(/version (\d+)\.(\d+)/);
// Before 5.2 bash does not parse what stands in $( ) until it runs it.
const lacking = bash && Number(bash[1]) * 100 + Number(bash[2]) >= 502 ? undefined : 'bash 5.2 or newer';
if (lacking !== undefined) console.warn(`SKIPPED: the parser of scripts is held to ${lacking}, which is not here`);

/** What `bash -n` says. A fault in `[[ ]]` is told, and the exit code stays 0. */
function refusedByBash(script: string): boolean {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } });
  return status !== 0 || stderr.split('\n').some((line) => line.startsWith('bash:') && !line.includes('warning:'));
}

/** Scripts of this machine, of each folder some. */
function scriptsOfMachine(): string[] {
  const folders = ['/usr/bin', '/usr/sbin', '/usr/lib/git-core', '/etc/init.d', '/etc/profile.d', '/usr/share/bash-completion/completions', '/usr/share/debconf'];
  return folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() && statSync(file).size < 50_000)
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => /^#!\s*\S*\/(?:env +)?(?:ba|da)?sh\b/.test(text) && !text.includes('\ufffd')));
}

/** What a slip of the keyboard leaves out. */
const TOKENS = /\b(?:fi|done|esac|then|do|in|else)\b|["'`(){}[\]|;\\]|\$\(|\[\[|\]\]|&&/g;

/** The same script with one token less: which one, a number decides. */
function without(script: string, number: number): string {
  const tokens = [...script.matchAll(TOKENS)];
  if (tokens.length === 0) return script;
  const { index, 0: token } = tokens[number % tokens.length]!;
  return script.slice(0, index) + script.slice(index + token.length);
}

(lacking === undefined ? describe : describe.skip)('beside bash -n', () => {
  test('the samples are what they are said to be', () => {
    // extglob is turned on by the script itself, which bash -n does not run.
    expect(VALID.filter((script) => !script.includes('extglob') && refusedByBash(script))).toEqual([]);
    expect(WRONG.map(([script]) => script).filter((script) => !refusedByBash(script))).toEqual([]);
  });

  test('samples and scripts of this machine that lack a token: none is refused that bash takes', () => {
    const machine = scriptsOfMachine();
    expect(machine.length).toBeGreaterThan(10);
    const every = process.env.SOAK ? 1 : Math.ceil(machine.length / 100);
    const originals = [...VALID, ...machine.filter((_, index) => index % every === 0)];
    const scripts = [...originals, ...originals.map((script, index) => without(script, 7 + index * 7919))];
    const verdicts = scripts.map((script) => ({ script, ours: bashFault(script) !== undefined, theirs: refusedByBash(script) }));
    expect(verdicts.filter(({ ours, theirs }) => ours && !theirs)).toEqual([]);
    const refused = verdicts.filter(({ theirs }) => theirs);
    expect(refused.length).toBeGreaterThan(20);
    // Of 7,103 the parser took 18: `name(` at the end of a line, and a quote that is left open in the delimiter of a here-document.
    expect(refused.filter(({ ours }) => !ours).length).toBeLessThanOrEqual(refused.length / 20);
  });
});
