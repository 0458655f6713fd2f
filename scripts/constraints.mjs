// Holds the local AWS to the constraints of botocore's service models.
// `--write` takes them over into golden-images/src/world/kernel/constraints/constraints.json first.
// Needs Python 3 with botocore; says so and does nothing where they are missing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { localAwsBundle } from './local-aws-bundle.mjs';

const TABLE = resolve('golden-images/src/world/kernel/constraints/constraints.json');
/** Checked call by call: the services on which a rollout and a build stand. */
const CHECKED = ['imagebuilder', 'autoscaling', 'ssm', 'ec2', 'sqs', 'events', 'lambda', 'scheduler'];
/** Members on which the client stops before it sends anything. */
const CLIENT_ONLY = new Set(['EndpointId']);
const python = process.env.PYTHON ?? 'python3';

if (spawnSync(python, ['-c', 'import botocore']).status !== 0) {
  console.log(`SKIPPED: constraints were NOT checked: ${python} with botocore is missing (python3 -m venv, pip install botocore; then PYTHON=<its python>)`);
  process.exit(0);
}

const run = (script, input) => {
  const { status, stdout, stderr } = spawnSync(python, [`scripts/constraints/${script}`], { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return stdout;
};

const subject = async (name) => {
  mkdirSync(resolve('.tmp'), { recursive: true });
  const outfile = resolve(`.tmp/${name}.cjs`);
  await build({ ...localAwsBundle, entryPoints: ['scripts/constraints/subject.ts'], outfile, format: 'cjs' });
  return (await import(pathToFileURL(outfile).href)).default;
};

const { operations } = await subject('constraints-before');
const extracted = JSON.stringify(JSON.parse(run('extract.py', operations()))) + '\n';
if (process.argv.includes('--write')) writeFileSync(TABLE, extracted);
const stale = readFileSync(TABLE, 'utf8') !== extracted;
if (stale) console.log('the table is not what this botocore says; take it over with: npx projen constraints --write');

const { caller, knows } = await subject('constraints-after');
const asked = Object.fromEntries(Object.entries(operations()).filter(([service]) => CHECKED.includes(service)));
const cases = run('violations.py', asked).trim().split('\n').map((line) => JSON.parse(line));
const callers = Object.fromEntries(await Promise.all(Object.keys(asked).map(async (service) => [service, await caller(service)])));

const tally = {};
const accepted = [];
const notSent = [];
const leftOut = [];
for (const { service, operation, path, constraint, input } of cases) {
  if (!await knows(service, operation, path) || CLIENT_ONLY.has(path)) {
    notSent.push(`${service}:${operation} ${path}`);
    continue;
  }
  if (constraint.includes('left out')) {
    leftOut.push(`${service}:${operation} ${path}`);
    continue;
  }
  const refusal = await callers[service](operation, input);
  const leaf = path.split('.').at(-1).toLowerCase();
  const refused = refusal !== undefined && refusal.toLowerCase().includes(leaf) && !refusal.includes('InternalFailure');
  tally[service] ??= { refused: 0, total: 0 };
  tally[service].total += 1;
  if (refused) tally[service].refused += 1;
  else accepted.push(`${service}:${operation} ${path} (${constraint}): ${refusal ?? 'accepted'}`);
}
for (const line of accepted) console.log(line);
console.log(`not checked, for the size of the enumeration: ${leftOut.join(', ') || 'none'}`);
console.log(`not sent by the installed clients: ${[...new Set(notSent)].join(', ') || 'none'}`);
for (const [service, { refused, total }] of Object.entries(tally)) {
  console.log(`${service}: ${refused} of ${total} invalid values refused by name (${(100 * refused / total).toFixed(1)} %)`);
}
process.exitCode = accepted.length > 0 ? 1 : 0;
