import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { fixture } from '../../packer/helpers/fixtures';

const COMMANDS = resolve(__dirname, '../../../golden-images/src/packer/index.ts');
const folder = mkdtempSync(join(tmpdir(), 'packer-without-cdk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bundled = buildSync({
  entryPoints: [COMMANDS], bundle: true, platform: 'node', format: 'cjs', write: false, metafile: true, external: ['aws-cdk-lib', 'constructs'], mainFields: ['module', 'main'],
});

test('explaining and importing a template load neither aws-cdk-lib nor constructs', () => {
  const imports = Object.values(bundled.metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.filter((path) => /^(?:aws-cdk-lib|constructs)(?:\/|$)/.test(path))).toEqual([]);
});

test('they work where neither is installed', () => {
  writeFileSync(join(folder, 'packer.cjs'), bundled.outputFiles[0]!.contents);
  copyFileSync(fixture('founding.json'), join(folder, 'founding.json'));
  writeFileSync(join(folder, 'run.cjs'), `
    const { explain, importTemplate } = require('./packer.cjs');
    const { code } = importTemplate('founding.json', { language: 'typescript', out: 'stack.ts' });
    console.log(explain('founding.json', {}).filter(({ verdict }) => verdict === 'refused').length, code.includes('new PatchedBaseImage('));
  `);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['run.cjs'], { cwd: folder, encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, '0 true\n', '']);
});
