// Holds the local AWS to the constraints of botocore's service models.
// `--write` takes them over into golden-images/src/world/kernel/constraints/constraints.json first.
// Needs Python 3 and PyPI; says so and does nothing without. A newer botocore: pin it in requirements.txt, then `--write`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { localAwsBundle } from './local-aws-bundle.mjs';
import { Missing, virtualEnvironment } from './virtual-environment.mjs';

const TABLE = resolve('golden-images/src/world/kernel/constraints/constraints.json');
/** Members on which the client stops before it sends anything. */
const CLIENT_ONLY = new Set(['EndpointId', 'ChecksumAlgorithm']);
/** Answers to HEAD have no body that could name a member. */
const UNNAMED = new Set(['s3:HeadObject', 's3:HeadBucket']);
function python() {
  try {
    return `${virtualEnvironment(resolve('.tmp/constraints'), resolve('scripts/constraints/requirements.txt'))}/bin/python`;
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    console.log(`SKIPPED: constraints were NOT checked: ${error.message}`);
    return process.exit(0);
  }
}

const interpreter = python();
const run = (script, input) => {
  const { status, stdout, stderr } = spawnSync(interpreter, [`scripts/constraints/${script}`], { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 2 ** 28 });
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
if (stale) console.log('the table is not what the pinned botocore says; take it over with: npx projen constraints --write');

const { callable, caller, knows } = await subject('constraints-after');
const asked = callable();
const cases = run('violations.py', asked).trim().split('\n').map((line) => JSON.parse(line));
const callers = Object.fromEntries(await Promise.all(Object.keys(asked).map(async (service) => [service, await caller(service)])));

const tally = {};
const accepted = [];
const unsent = {};
for (const { service, operation, path, constraint, input, unsent: why } of cases) {
  const unknown = !await knows(service, operation, path) || CLIENT_ONLY.has(path);
  if (why || unknown) {
    (unsent[why ?? 'not sent by the installed clients'] ??= new Set()).add(`${service}:${operation} ${path}`);
    continue;
  }
  const refusal = await callers[service](operation, input);
  const named = refusal?.toLowerCase().includes(path.split('.').at(-1).toLowerCase()) || UNNAMED.has(`${service}:${operation}`);
  const refused = refusal !== undefined && named && !refusal.includes('InternalFailure');
  tally[service] ??= { refused: 0, total: 0 };
  tally[service].total += 1;
  if (refused) tally[service].refused += 1;
  else accepted.push(`${service}:${operation} ${path} (${constraint}): ${refusal ?? 'accepted'}`);
}
for (const line of accepted) console.log(line);
for (const [why, calls] of Object.entries(unsent)) console.log(`${why}: ${[...calls].join(', ')}`);
const { services } = JSON.parse(readFileSync(TABLE, 'utf8'));
for (const [service, { refused, total }] of Object.entries(tally)) {
  const shapes = Object.keys(services[service].shapes).length;
  console.log(`${service}: ${shapes} constrained shapes, ${refused} of ${total} invalid values refused by name (${(100 * refused / total).toFixed(1)} %)`);
}
process.exitCode = accepted.length > 0 || stale ? 1 : 0;
