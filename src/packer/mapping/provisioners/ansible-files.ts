import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { stagedFrom } from './staged';
import type { StagedFile } from '../../plan';
import { localPath } from '../local-path';
import type { Values } from '../values';

/** What Ansible looks for beside a playbook (Ansible documentation, "Sample directory layout"). */
const BESIDE = ['roles', 'group_vars', 'host_vars', 'files', 'templates', 'tasks', 'handlers', 'vars', 'defaults', 'library', 'module_utils', 'filter_plugins',
  'lookup_plugins', 'collections', 'ansible.cfg'];

export interface Playbook {
  /** Its path in the archive. */
  readonly playbook: string;
  readonly files: StagedFile[];
}

/** The playbook with what belongs to it: its folder may be that of the whole project, of which nothing else has to travel. */
export function adjacentFiles(file: string, values: Values): Playbook | undefined {
  const folder = values.text('playbook_dir');
  if (folder !== undefined) return inFolder(file, folder, values);
  const found = localPath(file, values.place('playbook_file'), values.part);
  if (found === undefined) return undefined;
  if (!statSync(found).isFile()) return values.fail('playbook_file', 'the playbook is no file', 'name the file');
  const names = readdirSync(dirname(found)).filter((name) => BESIDE.includes(name) || /\.ya?ml$/.test(name)).sort();
  return {
    playbook: basename(found),
    files: [...new Set([...names, basename(found)])].map((name) => ({ from: join(dirname(found), name), to: name })),
  };
}

function inFolder(file: string, folder: string, values: Values): Playbook | undefined {
  const root = localPath(folder, values.place('playbook_dir'), values.part);
  if (root === undefined) return undefined;
  const found = existsSync(join(root, file)) ? join(root, file) : localPath(file, values.place('playbook_file'), values.part);
  if (found === undefined) return undefined;
  const playbook = relative(root, found);
  if (playbook.startsWith('..') || isAbsolute(playbook)) return values.fail('playbook_file', 'the playbook does not lie in "playbook_dir"', 'move it there');
  return { playbook, files: [{ from: root, to: '.' }] };
}

/** Folders that are named one by one, where Ansible finds them. */
export const givenFolders = (values: Values): StagedFile[] => [
  ...stagedFrom(values, 'playbook_paths', (name) => name),
  ...stagedFrom(values, 'role_paths', (name) => `roles/${name}`),
  ...installed(values, 'roles_path', 'roles'),
  ...stagedFrom(values, 'collection_paths', () => 'collections'),
  ...installed(values, 'collections_path', 'collections'),
  ...stagedFrom(values, 'group_vars', () => 'group_vars'),
  ...stagedFrom(values, 'host_vars', () => 'host_vars'),
  ...stagedFrom(values, 'galaxy_file', () => REQUIREMENTS),
];

/**
 * Packer makes its inventory in this folder, of which it is no part: Ansible reads the variables of groups and hosts beside it, and nothing else
 * (hashicorp/packer-plugin-ansible, provisioner/ansible, `InventoryDirectory`).
 */
export function checkInventoryDirectory(values: Values): void {
  const path = values.text('inventory_directory');
  if (path === undefined) return;
  const at = values.place('inventory_directory');
  const folders = values.part.pathsOf(path, at);
  const beside = ['group_vars', 'host_vars'].filter((name) => folders.some((folder) => existsSync(join(folder, name))));
  if (beside.length > 0) {
    values.fail('inventory_directory', `"inventory_directory" holds ${beside.join(' and ')}, and the inventory is that of the instance alone`,
      'put the variables beside the playbook, in group_vars/all, and remove it');
  } else {
    values.part.inform(at, '"inventory_directory" is dropped: the playbook runs on the instance, which needs no inventory of Packer');
  }
}

/** A folder into which Packer installs what `galaxy_file` names: it need not be there. */
function installed(values: Values, option: string, to: string): StagedFile[] {
  const path = values.text(option);
  const there = path === undefined || values.part.pathsOf(path, values.place(option)).some((each) => existsSync(each));
  if (there) return stagedFrom(values, option, () => to);
  values.part.inform(values.place(option), `"${option}" is dropped: nothing lies there, and what "galaxy_file" names is installed in the step`);
  return [];
}

export const REQUIREMENTS = 'galaxy-requirements.yml';
