import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { packerEnvironment } from './ask';
import { VARIABLES } from '../packer/helpers/actions';
import { inFolder } from '../packer/helpers/read-text';

const LIST = 'test/oracle/actions.txt';
/** What Packer 1.9.4 said of each, for tests that run without it. */
const RECORDED = 'test/packer/fixtures/actions.json';

/** `console` shows the last value alone: one run for each. */
function packerText(packer: string, action: string): string | null {
  const template = JSON.stringify({ variables: VARIABLES, builders: [{ type: 'null', communicator: 'none' }] });
  const { stdout } = inFolder({ 't.json': template, 'line': `${action}\n` }, (folder) => {
    return spawnSync('/bin/sh', ['-c', 'cat line | "$0" console t.json', packer], { encoding: 'utf8', env: packerEnvironment(folder), cwd: folder, timeout: 60_000 });
  });
  return stdout.includes('Interpolation error') ? null : stdout.replace(/\n$/, '');
}

/** Holds what is recorded to Packer; `write` records it anew. */
export function checkActions(packer: string, write: boolean): void {
  const actions = readFileSync(LIST, 'utf8').split('\n').filter((line) => line !== '');
  const record = Object.fromEntries(actions.map((action) => [action, packerText(packer, action)]));
  if (write) writeFileSync(RECORDED, `${JSON.stringify(record, undefined, 1)}\n`);
  deepStrictEqual(JSON.parse(readFileSync(RECORDED, 'utf8')), record, `${RECORDED} is what Packer says: record it anew by --write`);
  console.log(`recorded: ${actions.length} actions, of which Packer refuses ${Object.values(record).filter((text) => text === null).length}`);
}
