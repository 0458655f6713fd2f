import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve('.tmp/doors');
const app = resolve(folder, 'app.js');

/** As it is published: a package of its own, and an app that nobody catches errors of. */
beforeAll(() => {
  mkdirSync(resolve(folder, 'lib/private'), { recursive: true });
  const esbuild = resolve('node_modules/.bin/esbuild');
  execFileSync(esbuild, [
    'src/index.ts', '--bundle', '--platform=node', '--format=cjs', '--external:aws-cdk-lib', '--external:constructs', '--external:yaml',
    `--outfile=${resolve(folder, 'lib/private/index.js')}`,
  ], { stdio: 'pipe' });
  writeFileSync(app, [
    "const { Gate } = require('./lib/private');",
    '',
    'function inner() { return Gate.soak(24); }',
    'inner();',
  ].join('\n'));
});

const run = () => spawnSync(process.execPath, [app], { encoding: 'utf8', env: { ...process.env, CDK_DEBUG: '', NODE_OPTIONS: '' } }).stderr;
const count = (text: string, part: string): number => text.split(part).length - 1;

test('an error is printed once, without its fields and without the stack of the library', () => {
  const printed = run();
  expect(count(printed, 'Gate.soak: duration is the number 24; expected a Duration')).toBe(1);
  expect(printed).not.toMatch(/^\s*(?:\[?problem|what|fix)\b.*:/m);
  const frames = printed.split('\n').filter((line) => /^ {4}at /.test(line));
  expect(frames.map((line) => /app\.js:\d+/.exec(line)?.[0])).toEqual(['app.js:3', 'app.js:4']);
});

test('cdk --debug has all of the stack', () => {
  const { stderr } = spawnSync(process.execPath, [app], { encoding: 'utf8', env: { ...process.env, CDK_DEBUG: 'true', NODE_OPTIONS: '' } });
  expect(stderr).toMatch(/lib[/\\]private[/\\]index\.js/);
  expect(stderr.split('\n').filter((line) => /^ {4}at /.test(line)).length).toBeGreaterThan(2);
});
