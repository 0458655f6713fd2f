import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkLine, checkMode, checkName, checkNumber, checkOwner, checkPath, checkUnitName, checkWord } from './checks';
import { byManager } from './package-scripts';
import { linuxStep } from './script';
import { InvalidInputError } from '../../private/errors';
import type { Step } from '../step';
import { bashQuoted } from '../step/quoting';

/** How long something may take to become so. */
export interface LinuxAssertOptions {
  /**
   * How long it is waited for; services of a new instance may still be starting.
   *
   * @default Duration.seconds(60)
   */
  readonly within?: Duration;
}

/** Options of `LinuxAssert.httpStatus`. */
export interface LinuxHttpOptions extends LinuxAssertOptions {
  /**
   * Name of the host that is asked for, where it is not that of the address.
   *
   * @default - the host of the address
   */
  readonly hostHeader?: string;

  /**
   * Whether the server may have any certificate, such as one that it made itself.
   *
   * @default false
   */
  readonly anyCertificate?: boolean;
}

/** Checks for the validate and test phases. Each fails with what it expected and what it found. */
export class LinuxAssert {
  /**
   * A service, or another unit, runs, and goes on for five seconds: one that ends at once and is started again by systemd counts as active
   * for a moment each time.
   */
  public static serviceActive(name: string, options: LinuxAssertOptions = {}): Step {
    return linuxStep('ServiceActive', (scope) => {
      const unit = checkUnitName(scope, withType(name), 'the unit');
      return [...stays(unit), ...eventually(options, 'stays', [
        `systemctl status --no-pager --full '${unit}' >&2 || true`,
        `fail '${unit} is not active'`,
      ])];
    });
  }

  /** A service, or another unit, is started with each instance. */
  public static serviceEnabled(name: string): Step {
    return linuxStep('ServiceEnabled', (scope) => {
      const unit = checkUnitName(scope, withType(name), 'the unit');
      return [`systemctl is-enabled --quiet '${unit}' || fail '${unit} is not enabled'`];
    });
  }

  /** Something accepts TCP connections on this port of 127.0.0.1. */
  public static portListening(port: number, options: LinuxAssertOptions = {}): Step {
    return linuxStep('PortListening', (scope) => {
      checkNumber(scope, port, 'the port', 65535);
      // Bash does it by itself: not every distribution comes with a program for it.
      return eventually(options, `(: < /dev/tcp/127.0.0.1/${port}) 2>/dev/null`, [`fail 'nothing listens on port ${port}'`]);
    });
  }

  /** A web server answers with this status. Needs curl. */
  public static httpStatus(url: string, status: number, options: LinuxHttpOptions = {}): Step {
    return linuxStep('HttpStatus', (scope) => {
      checkHttp(scope, url);
      const { hostHeader, anyCertificate } = options;
      const header = hostHeader === undefined ? '' : ` --header ${bashQuoted(`Host: ${checkLine(scope, hostHeader, 'the host')}`)}`;
      const curl = `curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}'${anyCertificate ? ' --insecure' : ''}${header}`;
      return [
        "command -v curl >/dev/null || fail 'curl is not on this instance: install it, for LinuxAssert.httpStatus needs it'",
        `ask() { found=$(${curl} ${bashQuoted(url)}) || true; [ "$found" = ${checkNumber(scope, status, 'the status', 999)} ]; }`,
        ...eventually(options, 'ask', [`fail ${bashQuoted(`${url} does not answer with ${status} but: `)}"$found"`]),
      ];
    });
  }

  /** A file or folder has this mode, in octal digits. */
  public static fileMode(path: string, mode: string): Step {
    return stat(path, '%a', (scope) => checkMode(scope, mode, 'the mode').replace(/^0/, ''), 'FileMode');
  }

  /** A file or folder belongs to this user and group. */
  public static fileOwner(path: string, owner: string, group: string): Step {
    return stat(path, '%U:%G', (scope) => `${checkOwner(scope, owner, 'the owner')}:${checkOwner(scope, group, 'the group')}`, 'FileOwner');
  }

  /** A file has a line that matches this extended regular expression. */
  public static fileMatches(path: string, pattern: string): Step {
    return linuxStep('FileMatches', (scope) => {
      const word = bashQuoted(checkPath(scope, path, 'the path'));
      return [`grep -Eq -- ${bashQuoted(checkLine(scope, pattern, 'the pattern'))} ${word} || fail ${bashQuoted(`${path} has no line that matches ${pattern}`)}`];
    });
  }

  /** A package of the distribution is installed, in this version; `*` stands for any text. */
  public static packageInstalled(name: string, version = '*'): Step {
    return linuxStep('PackageInstalled', (scope) => {
      const word = bashQuoted(checkWord(scope, name, 'the package'));
      // Red Hat's versions may be given with their release or without.
      const pattern = checkWord(scope, version, 'the version').split('*').map((part) => (part === '' ? '' : bashQuoted(part))).join('*');
      return [
        "found='nothing'",
        ...byManager(
          [`if rpm -q ${word} >/dev/null 2>&1; then found=$(rpm -q --queryformat '%{VERSION}-%{RELEASE}' ${word}); fi`],
          [`if dpkg-query -W ${word} >/dev/null 2>&1; then found=$(dpkg-query -W --showformat '\${Version}' ${word}); fi`],
        ),
        `[[ "$found" != nothing && ( "$found" = ${pattern} || "\${found%-*}" = ${pattern} ) ]] || `
        + `fail ${bashQuoted(`the package ${name} should be installed in version ${version}, found: `)}"$found"`,
      ];
    });
  }

  /** A user is there. */
  public static userExists(name: string): Step {
    return linuxStep('UserExists', (scope) => [`getent passwd ${checkName(scope, name, 'the user')} >/dev/null || fail 'there is no user ${name}'`]);
  }

  private constructor() {}
}

const withType = (name: string): string => (/\.[a-z]+$/.test(name) ? name : `${name}.service`);

/** Each start of a unit has an id of its own (systemd.exec(5), `$INVOCATION_ID`). */
const stays = (unit: string): string[] => [
  'stays() {',
  `  systemctl is-active --quiet '${unit}' || return 1`,
  `  local start; start=$(systemctl show --property InvocationID '${unit}')`,
  '  sleep 5',
  `  systemctl is-active --quiet '${unit}' && [ "$(systemctl show --property InvocationID '${unit}')" = "$start" ]`,
  '}',
];

/** Tries until it is so, or time is up. */
function eventually({ within = Duration.seconds(60) }: LinuxAssertOptions, command: string, otherwise: string[]): string[] {
  const tries = Math.ceil(within.toSeconds() / 2) + 1;
  return [
    `for attempt in $(seq ${tries}); do`,
    `  if ${command}; then exit 0; fi`,
    `  if [ "$attempt" -lt ${tries} ]; then sleep 2; fi`,
    'done',
    ...otherwise,
  ];
}

function stat(path: string, format: string, expected: (scope: Construct) => string, name: string): Step {
  return linuxStep(name, (scope) => {
    const word = bashQuoted(checkPath(scope, path, 'the path'));
    const wanted = expected(scope);
    return [
      `found=$(stat -L -c '${format}' ${word})`,
      `[ "$found" = '${wanted}' ] || fail ${bashQuoted(`${path} should have ${wanted}, found: `)}"$found"`,
    ];
  });
}

function checkHttp(scope: Construct, url: string): void {
  if (!/^(?:https?:\/\/|\$\{Token)\S+$/.test(url)) {
    throw new InvalidInputError(scope, { what: `'${url}' is no address`, expected: 'http://… or https://…', fix: 'correct the address' });
  }
}
