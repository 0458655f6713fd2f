// A rendered folder before the eyes of Packer: its layout, and all that it says.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from '../catalogue/run.mjs';

const ENVIRONMENT = { ...process.env, CHECKPOINT_DISABLE: '1', AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' };

/** Runs a Packer in a folder; throws with what it says where it does not like something. */
export const packer = (path, folder, ...args) => run(path, args, { cwd: folder, env: ENVIRONMENT });

/** Checks a folder and the one of its test phases. */
export function check(path, folder, room) {
  const how = checkFolder(path, folder, room);
  const test = join(folder, 'test');
  console.log(`- ${basename(folder)}: ${how}${existsSync(test) ? `; test: ${checkFolder(path, test, room)}` : ''}`);
}

function checkFolder(path, folder, room) {
  const copy = join(room, 'checked');
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  rmSync(join(copy, 'test'), { recursive: true, force: true });
  packer(path, copy, 'fmt', '-check', '.');
  // A Packer that has plugins in itself does not look for those that a template requires.
  rmSync(join(copy, 'plugins.pkr.hcl'));
  const unknown = withoutUnknown(copy);
  values(copy, room);
  packer(path, copy, 'validate', '-var-file=values.pkrvars.hcl', '.');
  return `fmt, validate${unknown > 0 ? ` (without ${unknown} windows-update, whose plugin is not part of Packer)` : ''}`;
}

/** Takes out what only a plugin of somebody else has, which is not here. */
function withoutUnknown(folder) {
  let count = 0;
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.pkr.hcl'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replace(/^  provisioner "windows-update" \{\n(?: {4}.*\n)*  \}\n/gm, () => {
      count += 1;
      return '';
    }));
  }
  return count;
}

/** Some value for every variable that has none. */
function values(folder, room) {
  const key = join(room, 'some-key');
  if (!existsSync(key)) {
    mkdirSync(room, { recursive: true });
    run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  }
  const text = readFileSync(join(folder, 'variables.pkr.hcl'), 'utf8');
  const lines = [...text.matchAll(/^variable "([^"]+)" \{\n([^]*?)^\}/gm)].filter(([, , body]) => !/^ +default/m.test(body)).map(([, name, body]) => {
    if (/list\(string\)/.test(body)) return `${name} = ["[store] some.iso"]`;
    const file = name.startsWith('object_') ? join(folder, 'variables.pkr.hcl') : name === 'ssh_private_key_file' ? key : undefined;
    return `${name} = ${JSON.stringify(file ?? (name === 'source_ami' ? 'ami-12345678' : name === 'region' ? 'eu-central-1' : 'some-value'))}`;
  });
  writeFileSync(join(folder, 'values.pkrvars.hcl'), `${lines.join('\n')}\n`);
}
