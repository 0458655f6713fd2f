import type { Construct } from 'constructs';
import { checkFileName, checkLine, checkWord } from './checks';
import { fetched } from './fetch';
import { byManager } from './package-scripts';
import { plannedStep } from './script';
import { placeFile, SYSTEM_FILE, writeText } from './write-file';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import type { Step } from '../step';

/** A repository of apt. */
export interface AptRepositoryOptions {
  /** Name of its files on the instance. */
  readonly name: string;

  /** `https://` or `http://` address; packages are signed in any case. */
  readonly uri: string;

  /** Suite, such as `bookworm`; with a slash at its end the folder of a repository without suites. */
  readonly suite: string;

  /**
   * Components of the suite.
   *
   * @default ['main'], and none for a suite with a slash at its end
   */
  readonly components?: string[];

  /** The key that signs it, in ASCII or binary: `Source.asset(…)`, or `Source.https(…)` with its SHA-256. */
  readonly signingKey: Source;
}

/** A repository of dnf. */
export interface DnfRepositoryOptions {
  /** Name of its files on the instance, and its id. */
  readonly name: string;

  /** `https://` or `http://` address; may hold `$releasever` and `$basearch`. */
  readonly baseUrl: string;

  /** The key that signs its packages: `Source.asset(…)`, or `Source.https(…)` with its SHA-256. */
  readonly signingKey: Source;

  /**
   * Whether the list of packages must be signed too.
   *
   * @default false
   */
  readonly signedMetadata?: boolean;

  /**
   * Repositories with lower numbers go first.
   *
   * @default 99
   */
  readonly priority?: number;
}

/**
 * Repositories of packages besides those of the distribution, each with the key that signs it: that key is trusted for this repository
 * and for no other. A repository for the package manager that the instance does not have is left out, so that one component serves both.
 */
export class LinuxRepository {
  /** For apt: Debian, Ubuntu. Its file has the format deb822; its key lies in /etc/apt/keyrings (sources.list(5)). */
  public static apt(options: AptRepositoryOptions): Step {
    return plannedStep('AddRepository', (scope, bind) => {
      const name = checkFileName(scope, options.name, 'the name of the repository');
      const key = fetched(scope, bind, checkKey(scope, name, options.signingKey));
      const keyring = `/etc/apt/keyrings/${name}`;
      const lines = [
        // apt knows the format of a key by the name of its file.
        `if grep -q -- '-----BEGIN PGP PUBLIC KEY BLOCK-----' ${key.word}; then extension=asc; else extension=gpg; fi`,
        `rm -f ${keyring}.asc ${keyring}.gpg`,
        `install -D ${SYSTEM_FILE} ${key.word} ${keyring}."$extension"`,
        ...writeText(`/etc/apt/sources.list.d/${name}.sources`, aptSource(scope, options)),
        `echo "Signed-By: ${keyring}.$extension" >> /etc/apt/sources.list.d/${name}.sources`,
      ];
      return { before: key.before, lines: [...byManager([`echo 'left out: ${name} is for apt'`], lines), ...key.after] };
    });
  }

  /** For dnf: Amazon Linux 2023, Red Hat family. Packages that its key did not sign are refused. */
  public static dnf(options: DnfRepositoryOptions): Step {
    return plannedStep('AddRepository', (scope, bind) => {
      const name = checkFileName(scope, options.name, 'the name of the repository');
      const key = fetched(scope, bind, checkKey(scope, name, options.signingKey));
      const keyFile = `/etc/pki/rpm-gpg/RPM-GPG-KEY-${name}`;
      const lines = [
        placeFile(key.word, keyFile, SYSTEM_FILE),
        ...writeText(`/etc/yum.repos.d/${name}.repo`, dnfRepository(scope, options, keyFile)),
      ];
      return { before: key.before, lines: [...byManager(lines, [`echo 'left out: ${name} is for dnf'`]), ...key.after] };
    });
  }

  private constructor() {}
}

function aptSource(scope: Construct, { uri, suite, components }: AptRepositoryOptions): string {
  const flat = suite.endsWith('/');
  if (flat && components !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the suite '${suite}' is a folder, and has components`,
      expected: 'components only where the suite is a name (sources.list(5))',
      fix: 'remove the components or the slash',
    });
  }
  const all = components ?? ['main'];
  all.forEach((component) => checkWord(scope, component, 'the component'));
  return [
    'Types: deb',
    `URIs: ${checkUrl(scope, uri)}`,
    `Suites: ${checkWord(scope, suite, 'the suite')}`,
    ...flat ? [] : [`Components: ${all.join(' ')}`],
    '',
  ].join('\n');
}

function dnfRepository(scope: Construct, options: DnfRepositoryOptions, keyFile: string): string {
  return [
    `[${options.name}]`,
    `name=${options.name}`,
    `baseurl=${checkUrl(scope, options.baseUrl)}`,
    'enabled=1',
    'gpgcheck=1',
    `repo_gpgcheck=${options.signedMetadata ? 1 : 0}`,
    `gpgkey=file://${keyFile}`,
    ...options.priority === undefined ? [] : [`priority=${options.priority}`],
    '',
  ].join('\n');
}

function checkUrl(scope: Construct, url: string): string {
  if (!/^(?:https?:\/\/|\$\{Token)\S+$/.test(checkLine(scope, url, 'the address'))) {
    throw new InvalidInputError(scope, { what: `'${url}' is no address of a repository`, expected: 'https://… or http://…', fix: 'correct the address' });
  }
  return url;
}

/** Users of other languages, and of plain JavaScript, may have left it out. */
function checkKey(scope: Construct, name: string, key: Source | undefined): Source {
  if (key === undefined) {
    throw new InvalidInputError(scope, {
      what: `the repository '${name}' has no signing key`,
      expected: 'the key that signs its packages: anybody could put packages into it otherwise',
      fix: "give it signingKey: Source.asset('key.asc') or Source.https(address, sha256)",
    });
  }
  return key;
}
