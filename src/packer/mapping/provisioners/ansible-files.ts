import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { localPath } from '../context';
import type { StagedFile } from '../scripts/staged-folder';
import { textOf, type Values } from '../values';

/** What Ansible looks for beside a playbook (Ansible documentation, "Sample directory layout"). */
const BESIDE = ['roles', 'group_vars', 'host_vars', 'files', 'templates', 'tasks', 'handlers', 'vars', 'defaults', 'library', 'module_utils', 'filter_plugins',
  'lookup_plugins', 'collections', 'ansible.cfg'];

/** The playbook with what belongs to it: its folder may be that of the whole project, of which nothing else has to travel. */
export function adjacentFiles(file: string, values: Values): { playbook: string; staged: StagedFile[] } {
  const folder = values.text('playbook_dir');
  if (folder !== undefined) {
    const root = localPath(folder, values.place('playbook_dir'));
    const playbook = existsSync(join(root, file)) ? file : relative(root, resolve(localPath(file, values.place('playbook_file'))));
    if (playbook.startsWith('..') || isAbsolute(playbook)) values.fail('playbook_file', 'the playbook does not lie in "playbook_dir"', 'move it there');
    return { playbook, staged: [{ from: root, to: '.' }] };
  }
  const found = localPath(file, values.place('playbook_file'));
  if (!statSync(found).isFile()) values.fail('playbook_file', 'the playbook is no file', 'name the file');
  const names = readdirSync(dirname(found)).filter((name) => BESIDE.includes(name) || /\.ya?ml$/.test(name)).sort();
  return {
    playbook: basename(found),
    staged: [...new Set([...names, basename(found)])].map((name) => ({ from: join(dirname(found), name), to: name })),
  };
}

/** Folders that are named one by one, where Ansible finds them. */
export function givenFolders(values: Values, requirements: string | undefined): StagedFile[] {
  const many = (option: string, to: (name: string) => string): StagedFile[] => values.list(option).map((item) => {
    const from = localPath(textOf(item, option), item.at);
    return { from, to: to(basename(from)) };
  });
  return [
    ...many('playbook_paths', (name) => name),
    ...many('role_paths', (name) => `roles/${name}`),
    ...many('roles_path', () => 'roles'),
    ...[...many('collection_paths', () => 'collections'), ...many('collections_path', () => 'collections')],
    ...many('group_vars', () => 'group_vars'),
    ...many('host_vars', () => 'host_vars'),
    ...requirements === undefined ? [] : [{ from: localPath(requirements, values.place('galaxy_file')), to: 'galaxy-requirements.yml' }],
  ];
}
