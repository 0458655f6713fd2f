import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../../examples/permissions/commands';

const ADAPTERS = 'src/runtime/aws';
/** A call of AWS as adapters write it: what it is called in errors, up to the command that is sent. */
const CALL = /\b(?:callAws|change)\(['`]([^'`]+)['`](?:(?!callAws)[^;])*?new (\w+)Command\(/g;

const calls = readdirSync(ADAPTERS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).flatMap((file) =>
  [...readFileSync(join(ADAPTERS, file), 'utf8').matchAll(CALL)].map(([, label, command]) => ({ file, label: label!, command: command! })));

test('every call of AWS is found', () => {
  expect(calls.length).toBeGreaterThan(25);
  const sources = readdirSync(ADAPTERS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ADAPTERS, file), 'utf8')).join('\n');
  const others = ['DeleteDistributionConfiguration', 'codebuild:'];
  expect([...sources.matchAll(/\b(?:callAws|change)\(['`]/g)].length).toBe(calls.length + others.length);
});

test.each(calls)('an error of $command in $file names its IAM action', ({ label, command }) => {
  const actions = table.filter((row) => row.command.endsWith(` ${command}`)).map(({ action }) => action);
  expect(actions).toContain(label.split(' ')[0]);
  expect(label).toMatch(/^[a-z0-9]+:[A-Za-z]+(?: of .+)?$/);
});
