import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD, DECLARATIONS, FILES, type Values } from '../packer/helpers/expressions';
import { inFolder } from '../packer/helpers/read-text';

const LIST = 'test/oracle/expressions.txt';
/** What Packer 1.9.4 said of each, for tests that run without it. */
const RECORDED = 'test/packer/fixtures/expressions.json';

function expressionsOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('# '));
}

/** By one run: each expression is a local, and `inspect` shows the locals that can be evaluated. */
function packerValues(packer: string, expressions: ReadonlyArray<string>): Values {
  const locals = expressions.map((expression, index) => `  e${index} = base64encode(jsonencode(${expression}))`);
  const template = `${DECLARATIONS}\nlocals {\n${locals.join('\n')}\n}\n${BUILD}}\n`;
  const output = inFolder({ ...FILES, 't.pkr.hcl': template }, (folder) => {
    const env = { PATH: process.env.PATH, HOME: folder, CHECKPOINT_DISABLE: '1', PACKER_CONFIG_DIR: join(folder, 'none') };
    const { status, stdout, stderr } = spawnSync(packer, ['inspect', 't.pkr.hcl'], { encoding: 'utf8', env, cwd: folder, timeout: 120_000 });
    if (status !== 0) throw new Error(`Packer does not parse the expressions:\n${stdout}${stderr}`);
    return stdout;
  });
  const shown = new Map([...output.matchAll(/^local\.e(\d+): "([A-Za-z0-9+/=]*)"$/gm)].map(([, index, value]) => [Number(index), Buffer.from(value!, 'base64').toString('utf8')]));
  return new Map(expressions.map((expression, index) => [expression, shown.get(index)]));
}

/** Holds what is recorded to Packer; `write` records it anew. */
export function checkExpressions(packer: string, write: boolean): void {
  const values = packerValues(packer, expressionsOf(LIST));
  const record = Object.fromEntries([...values].map(([expression, value]) => [expression, value ?? null]));
  if (write) writeFileSync(RECORDED, `${JSON.stringify(record, undefined, 1)}\n`);
  deepStrictEqual(JSON.parse(readFileSync(RECORDED, 'utf8')), record, `${RECORDED} is what Packer says: record it anew by --write`);
  console.log(`recorded: ${values.size} expressions, of which Packer refuses ${[...values.values()].filter((value) => value === undefined).length}`);
}
