import type { Construct } from 'constructs';
import { checkMode, checkOwner } from './checks';
import { bashQuoted } from '../step/quoting';

/** Who may do what with a file or folder. */
export interface LinuxPermissions {
  /**
   * User to whom it belongs.
   *
   * @default 'root'
   */
  readonly owner?: string;

  /**
   * Group to which it belongs.
   *
   * @default 'root'
   */
  readonly group?: string;

  /**
   * Mode in octal digits.
   *
   * @default - '0644' for files, '0755' for folders and programs
   */
  readonly mode?: string;
}

/** Options of `install` for permissions. */
export function permissionOptions(scope: Construct, { owner = 'root', group = 'root', mode }: LinuxPermissions, standard: string): string {
  checkOwner(scope, owner, 'the owner');
  checkOwner(scope, group, 'the group');
  return `-m ${checkMode(scope, mode ?? standard, 'the mode')} -o ${bashQuoted(owner)} -g ${bashQuoted(group)}`;
}

/** Standard permissions of a configuration file of the system. */
export const SYSTEM_FILE = '-m 0644 -o root -g root';

/** Puts a file in its place with its folders. A new file gets the security context of its folder, a moved one would keep its own. */
export const placeFile = (word: string, path: string, permissions: string): string =>
  `install -D ${permissions} ${word} ${bashQuoted(path)}`;

/** Writes a text, which may be anything. */
export const writeText = (path: string, text: string, permissions = SYSTEM_FILE): string[] => [
  'text=$(mktemp)',
  `printf '%s' ${bashQuoted(text)} > "$text"`,
  placeFile('"$text"', path, permissions),
  'rm -f "$text"',
];
