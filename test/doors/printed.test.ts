import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { transformFileSync } from '@swc/core';

const folder = resolve('.tmp/doors');
const app = join(folder, 'app.js');

/** As it is published: JavaScript in a folder of its own, and an app that catches no errors. */
beforeAll(() => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('runtime'));
  for (const name of sources) {
    const file = join(folder, 'lib', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, transformFileSync(join('src', name), { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code);
  }
  writeFileSync(app, [
    "const { Gate } = require('./lib');",
    'function inner() { return Gate.soak(24); }',
    'inner();',
  ].join('\n'));
});

const print = (debug: string) => spawnSync(process.execPath, [app], { encoding: 'utf8', env: { ...process.env, CDK_DEBUG: debug, NODE_OPTIONS: '' } }).stderr;

test('an error is printed once, without its fields and with the lines of the user only', () => {
  expect(print('').replace(/\nNode\.js v.*/, '').trim().split('\n')).toEqual([
    'InvalidInputError: Gate.soak: duration is the number 24; expected a Duration; write Duration.minutes(5), or another unit',
    `    at inner (${app}:2:32)`,
    `    at Object.<anonymous> (${app}:3:1)`,
  ]);
});

test('cdk --debug has all of the stack', () => {
  expect(print('true')).toMatch(/\n {4}at refuse \(.*doors[/\\]lib[/\\]private[/\\]doors[/\\]index\.js/);
});
