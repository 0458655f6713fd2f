import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf, scriptsOf, WrongPowerShell } from '../../../../golden-images/src/components/scripts';
import { powershellFaults } from '../../../../golden-images/src/components/scripts/powershell';
import { bash, build, document, powershell } from '../documents';

const folder = mkdtempSync(join(tmpdir(), 'golden-images-pwsh-'));
const { PATH, GOLDEN_IMAGES_PWSH } = process.env;
beforeEach(() => { delete process.env.GOLDEN_IMAGES_PWSH; });
afterEach(() => { process.env.PATH = PATH; });
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (GOLDEN_IMAGES_PWSH !== undefined) process.env.GOLDEN_IMAGES_PWSH = GOLDEN_IMAGES_PWSH;
});

/** A program in place of PowerShell, which answers each line of its input as this function does; it notes each start. */
function standIn(answer: string): string {
  const file = join(folder, 'pwsh');
  writeFileSync(file, `#!${process.execPath}\nconst fs = require('fs');\nfs.appendFileSync('${folder}/starts', 'x');\n`
    + 'const lines = fs.readFileSync(0, \'utf8\').trim().split(\'\\n\').map((each) => Buffer.from(each, \'base64\').toString());\n'
    + `const answer = ${answer};\nlines.map(answer).forEach((each) => console.log(each));\n`);
  chmodSync(file, 0o755);
  return file;
}

const scripts = () => scriptsOf(document({ build: [bash('A', 'if'), powershell('B', 'one'), powershell('C', 'two {{ X }}')] }));

test('without PowerShell a note says so, and bash is checked all the same', () => {
  process.env.PATH = folder;
  rmSync(join(folder, 'pwsh'), { force: true });
  const { faults, notices } = faultsOf(scripts());
  expect(notices).toEqual(['PowerShell scripts were not checked: there is no pwsh on the path; install PowerShell 7, or name it in GOLDEN_IMAGES_PWSH (scripts: 2)']);
  expect([...faults.keys()].map(({ step }) => step)).toEqual(['A']);
});

test('a name that is empty is as none', () => {
  process.env.PATH = folder;
  process.env.GOLDEN_IMAGES_PWSH = '';
  rmSync(join(folder, 'pwsh'), { force: true });
  expect(faultsOf(scripts()).notices).toEqual([expect.stringContaining('there is no pwsh on the path')]);
});

test('nothing is said, and nothing started, where there is no script for it', () => {
  process.env.PATH = folder;
  expect(faultsOf(scriptsOf(build(bash('A', 'true')))).notices).toEqual([]);
});

test('a program that is named and not there is a mistake', () => {
  expect(() => powershellFaults(['1'], '/nowhere/pwsh')).toThrow(new WrongPowerShell('GOLDEN_IMAGES_PWSH is /nowhere/pwsh, which cannot be run (spawnSync /nowhere/pwsh ENOENT); expected PowerShell 7'));
});

test('one process does for all scripts, and a way to fill a script that is fine is enough', () => {
  process.env.GOLDEN_IMAGES_PWSH = standIn("(text) => (/^one|1/.test(text) ? '2 ' + Buffer.from('wrong\\nmore').toString('base64') : '')");
  const found = faultsOf(scripts());
  expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('x');
  expect([...found.faults].map(([{ step }, fault]) => [step, fault]).slice(1)).toEqual([['B', { offset: 2, message: 'wrong' }]]);
  expect(found.notices).toEqual([]);
});

test('a program that does not answer for each script is no approval', () => {
  process.env.GOLDEN_IMAGES_PWSH = standIn("() => ''");
  writeFileSync(process.env.GOLDEN_IMAGES_PWSH, `#!${process.execPath}\nconsole.error('broken'); process.exit(3);\n`);
  expect(() => faultsOf(scripts())).toThrow(/did not answer for each script \(status 3\): broken/);
});
