import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { packerEnvironment } from './ask';
import { SECRET_OPTIONS, secretOptions } from '../../src/packer/build/secret-options';
import { inFolder } from '../packer/helpers/read-text';

/** A value that a shell and HCL2 would each change, did they read it. In legacy JSON values are templates of Go, as by `-var`. */
const SECRET = 'p"a$s \'q\' `id` ${upper("x")} %{ if true } \\n';
const HOLDERS = { 'password': 'HOLDER_1', 'my-name': 'HOLDER_1', 'list': 'HOLDER_2' };
const HCL = 'variable "password" {}\nvariable "my-name" { type = string }\nvariable "list" { type = list(string) }\n';
const JSON_TEMPLATE = JSON.stringify({ variables: { 'password': null, 'my-name': null, 'list': null }, builders: [{ type: 'null', communicator: 'none' }] });

/** What Packer makes of an expression, given the secrets as a build gives them. */
function shown(packer: string, template: string, text: string, expression: string): string {
  return inFolder({ [template]: text, line: `${expression}\n` }, (folder) => {
    const script = ['set -euo pipefail', 'tools=$(mktemp -d)', `template=${template}`, ...secretOptions(HOLDERS), `"$0" console ${SECRET_OPTIONS} "$template" < line`].join('\n');
    const env = { ...packerEnvironment(folder), TMPDIR: folder, HOLDER_1: SECRET, HOLDER_2: '["a","b"]' };
    return spawnSync('bash', ['-c', script, packer], { encoding: 'utf8', cwd: folder, env, timeout: 60_000 }).stdout.trimEnd();
  });
}

/** Holds the ways by which secrets reach Packer to Packer. */
export function checkSecrets(packer: string): void {
  const hcl = ['var.password', 'var.my-name', 'length(var.list)'].map((expression) => shown(packer, 'secrets.pkr.hcl', HCL, expression));
  deepStrictEqual(hcl, [SECRET, SECRET, '2'], 'secrets of HCL2 are values of their types');
  const json = ['password', 'my-name', 'list'].map((name) => shown(packer, 'secrets.json', JSON_TEMPLATE, `{{user \`${name}\`}}`));
  deepStrictEqual(json, [SECRET, SECRET, '["a","b"]'], 'secrets of legacy JSON are texts');
  console.log('secrets: reach HCL2 and legacy JSON as they are, by environment and file');
}
