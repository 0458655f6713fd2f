import type { ActionModule, ActionModules } from './module';
import type { Field, Fields } from '../shape';

const text: Field = { kind: 'string' };
const required: Field = { kind: 'string', required: true };
const flag: Field = { kind: 'boolean' };
const linux: Field = { kind: 'string', linuxOnly: true };
const encoding: Field = {
  kind: 'string',
  values: [
    'utf8', 'utf-8', ...['16', '32'].flatMap((width) => [`utf${width}`, `utf-${width}`].flatMap((name) => [name, `${name}-LE`, `${name}-BE`])),
  ],
};

const onList = (fields: Fields, outputs: string[] = []): ActionModule => ({ inputs: 'list', fields, outputs });
const notOnWindows = (fields: Fields): ActionModule => ({ ...onList(fields), platform: 'Linux' });

const relocate = onList({ source: required, destination: required, overwrite: flag });

/** Modules that work on files and folders. */
export const files: ActionModules = {
  AppendFile: onList({ path: required, content: text, encoding }),
  CopyFile: relocate,
  CopyFolder: relocate,
  CreateFile: onList({ path: required, content: text, encoding, owner: linux, group: linux, permissions: linux, overwrite: flag }),
  CreateFolder: onList({ path: required, owner: linux, group: linux, permissions: linux, overwrite: flag }),
  CreateSymlink: notOnWindows({ path: required, target: required, force: flag }),
  DeleteFile: onList({ path: required }),
  DeleteFolder: onList({ path: required, force: flag }),
  ListFiles: onList({ path: required, fileNamePattern: text, recursive: flag }, ['files']),
  MoveFile: relocate,
  MoveFolder: relocate,
  ReadFile: onList({ path: required, encoding, printFileContent: flag }, ['content']),
  SetFileEncoding: onList({ path: required, encoding }),
  SetFileOwner: notOnWindows({ path: required, owner: required, group: text }),
  SetFolderOwner: notOnWindows({ path: required, owner: required, group: text, recursive: flag }),
  SetFilePermissions: notOnWindows({ path: required, permissions: required }),
  SetFolderPermissions: notOnWindows({ path: required, permissions: required, recursive: flag }),
};
