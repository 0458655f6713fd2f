import type { Construct } from 'constructs';
import { checkName, checkNumber, checkPath } from './checks';
import { linuxStep } from './script';
import type { Step } from '../step';
import { bashQuoted } from '../step/quoting';

const HIGHEST_ID = 2 ** 32 - 2;

/** A group of the system. */
export interface LinuxGroupOptions {
  /** Its name. */
  readonly name: string;

  /**
   * Its number.
   *
   * @default - the next one that is free
   */
  readonly gid?: number;

  /**
   * Whether it is for a service, and not for people.
   *
   * @default true
   */
  readonly system?: boolean;
}

/** A user of the system. */
export interface LinuxUserOptions {
  /** Its name. */
  readonly name: string;

  /**
   * Its number.
   *
   * @default - the next one that is free
   */
  readonly uid?: number;

  /**
   * Its first group, which exists.
   *
   * @default - a group of its own name
   */
  readonly primaryGroup?: string;

  /**
   * Further groups, which exist. Others in which it is stay.
   *
   * @default - none
   */
  readonly groups?: string[];

  /**
   * Its shell. Nobody logs in with the default.
   *
   * @default '/usr/sbin/nologin'
   */
  readonly shell?: string;

  /**
   * Its home folder.
   *
   * @default - by the distribution: /home and its name
   */
  readonly home?: string;

  /**
   * Whether its home folder is made.
   *
   * @default false
   */
  readonly createHome?: boolean;

  /**
   * Whether it is for a service, and not for people.
   *
   * @default true
   */
  readonly system?: boolean;
}

/** Groups of an image. */
export class LinuxGroup {
  /** Makes a group; one that is there must have the number. */
  public static create(options: LinuxGroupOptions): Step {
    return linuxStep('MakeGroup', (scope) => {
      const name = checkName(scope, options.name, 'the group');
      const gid = options.gid === undefined ? undefined : checkNumber(scope, options.gid, 'gid', HIGHEST_ID);
      const add = ['groupadd', ...options.system ?? true ? ['--system'] : [], ...gid === undefined ? [] : [`--gid ${gid}`], name];
      return unlessThere('group', name, gid, add.join(' '), []);
    });
  }

  private constructor() {}
}

/** Users of an image. They have no password; keys and secrets do not belong into an image. */
export class LinuxUser {
  /** Makes a user; one that is there must have the number, and gets the rest. */
  public static create(options: LinuxUserOptions): Step {
    return linuxStep('MakeUser', (scope) => {
      const name = checkName(scope, options.name, 'the user');
      const uid = options.uid === undefined ? undefined : checkNumber(scope, options.uid, 'uid', HIGHEST_ID);
      const shared = settings(scope, options);
      const first = options.primaryGroup;
      const add = [
        'useradd',
        ...options.system ?? true ? ['--system'] : [],
        ...uid === undefined ? [] : [`--uid ${uid}`],
        // Without it a group of the name that is there already would be an error.
        ...first === undefined ? [`$(if getent group ${name} >/dev/null; then echo --gid ${name}; else echo --user-group; fi)`] : [],
        options.createHome ? '--create-home' : '--no-create-home',
        ...shared,
        ...groups(scope, options, '--groups'),
        name,
      ];
      const change = ['usermod', ...shared, ...groups(scope, options, '--append --groups'), name];
      return unlessThere('passwd', name, uid, add.join(' '), [change.join(' ')]);
    });
  }

  private constructor() {}
}

function settings(scope: Construct, { primaryGroup, shell = '/usr/sbin/nologin', home }: LinuxUserOptions): string[] {
  return [
    ...primaryGroup === undefined ? [] : [`--gid ${checkName(scope, primaryGroup, 'the group')}`],
    `--shell ${bashQuoted(checkPath(scope, shell, 'the shell'))}`,
    ...home === undefined ? [] : [`--home ${bashQuoted(checkPath(scope, home, 'the home folder'))}`],
  ];
}

function groups(scope: Construct, options: LinuxUserOptions, option: string): string[] {
  const names = (options.groups ?? []).map((group) => checkName(scope, group, 'the group'));
  return names.length === 0 ? [] : [`${option} ${names.join(',')}`];
}

/** Makes what is not there. Another number would leave files behind that belong to nobody. */
function unlessThere(database: 'group' | 'passwd', name: string, id: number | undefined, add: string, change: string[]): string[] {
  const check = `[ "$(getent ${database} ${name} | cut -d: -f3)" = ${id} ] || fail '${name} is there with another number than ${id}'`;
  const there = [...id === undefined ? [] : [check], ...change];
  return [
    `if getent ${database} ${name} >/dev/null; then`,
    ...(there.length === 0 ? [':'] : there).map((line) => `  ${line}`),
    'else',
    `  ${add}`,
    'fi',
  ];
}
