import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const read = (file: string): string => readFileSync(file, 'utf8');
const FILES = ['THIRD-PARTY-NOTICES', 'golden-images/THIRD-PARTY-NOTICES'];

test('the notices of both packages name whose code is in their bundles, and nobody else', () => {
  expect(() => execFileSync(process.execPath, ['scripts/notices.mjs'], { stdio: 'pipe' })).not.toThrow();
});

test('the notices name the SDK in the handlers, what travels inside of the library, and the engine of the local AWS', () => {
  const [library, commandLine] = FILES.map(read);
  ['@aws-sdk/client-ec2', '@smithy/core', 're2js', 'yaml'].forEach((name) => expect(library).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm')));
  ['unbash', 'croner', 'level', 'yaml'].forEach((name) => expect(commandLine).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm')));
});

test('the notices travel in both packages', () => {
  expect((JSON.parse(read('golden-images/package.json')) as { files: string[] }).files).toContain('THIRD-PARTY-NOTICES');
  expect(read('.npmignore')).not.toMatch(/NOTICES/);
  expect('files' in (JSON.parse(read('package.json')) as object)).toBe(false);
});

test.each([
  ['GPL-3.0', 'a text', /license 'GPL-3\.0' is not one of/],
  ['ISC', undefined, /carries no text of the license 'ISC'/],
])('code under %s, with %s, is not given on', (license, text, problem) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'golden-images-notices-')), 'node_modules', 'some');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'some', version: '1.0.0', license }));
  if (text !== undefined) writeFileSync(join(folder, 'LICENSE'), text);
  const call = `import { readPackage } from '${join(process.cwd(), 'scripts/notices/packages.mjs')}'; readPackage('${folder}');`;
  expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', call], { stdio: 'pipe' })).toThrow(problem);
});
