import type { Construct } from 'constructs';
import { LinuxArchive, LinuxAssert, LinuxPackages, type LinuxPackage } from '../../component/linux';
import { checkPath } from '../../component/linux/checks';
import { fetched } from '../../component/linux/fetch';
import { byManager } from '../../component/linux/package-scripts';
import { linuxStep, plannedStep } from '../../component/linux/script';
import { placeFile, SYSTEM_FILE, writeText } from '../../component/linux/write-file';
import type { Source } from '../../component/source';
import { Condition, Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';
import { onApt, onDnf } from '../package-manager';

/** Options of `WebServer.nginx` and `WebServer.apache`. */
export interface WebServerOptions {
  /**
   * Version of the package, as dnf writes it; `*` stands for any text.
   *
   * @default - the newest
   */
  readonly packageVersion?: string;

  /**
   * Version of the package on Debian and Ubuntu.
   *
   * @default - the same version
   */
  readonly aptPackageVersion?: string;

  /**
   * What is served: a folder or an archive, unpacked into the document root.
   *
   * @default - what the distribution serves, or one line where it serves nothing
   */
  readonly content?: Source;

  /**
   * Folder that is served.
   *
   * @default '/var/www/html'
   */
  readonly documentRoot?: string;

  /**
   * Configuration of the sites, which takes the place of the distribution's site: server blocks of nginx, virtual hosts of Apache.
   *
   * @default - with `content` or `documentRoot`: one site of the document root, on port 80; else that of the distribution
   */
  readonly site?: Source;

  /**
   * Address that must answer with HTTP 200 in the test phase, on the instance itself.
   *
   * @default 'http://127.0.0.1/'
   */
  readonly testUrl?: string;

  /**
   * Name of the host that the test asks for.
   *
   * @default - the host of the address
   */
  readonly testHost?: string;
}

/** Where a distribution has its sites, and what it does to have ours instead of its own. */
export interface SitePlace {
  readonly path: string;
  readonly replace: string[];
}

export interface SitePlaces {
  readonly dnf: SitePlace;
  readonly apt: SitePlace;
  /** The configuration of one site, served from a folder. */
  readonly standard: (documentRoot: string) => string;
}

/** The one of the Red Hat family and of Debian. */
const DOCUMENT_ROOT = '/var/www/html';

export const documentRootOf = (scope: Construct, { documentRoot = DOCUMENT_ROOT }: WebServerOptions): string =>
  checkPath(scope, documentRoot, 'the document root');

/** The package in its version, and curl for the test: Amazon Linux has a smaller one, beside which it cannot be installed. */
export function installServer({ packageVersion, aptPackageVersion }: WebServerOptions, { name, aptName }: LinuxPackage): Step {
  const server = { name, aptName, version: packageVersion, aptVersion: aptPackageVersion };
  return Step.sequence(
    onDnf(LinuxPackages.install([server])),
    onApt(LinuxPackages.install([server, { name: 'curl' }])),
    LinuxPackages.install([{ name: 'curl' }]).withOptions({ condition: Condition.negate(Condition.binaryExists('curl')) }),
  );
}

/** Puts content and configuration in their places. */
export function installSite(options: WebServerOptions, places: SitePlaces): Step[] {
  const { content, site, documentRoot } = options;
  const ours = [content, site, documentRoot].some((each) => each !== undefined);
  return [
    ...content === undefined ? [] : [LinuxArchive.unpack(content, documentRoot ?? DOCUMENT_ROOT), restoreContexts(options)],
    ...ours ? [configure(options, places)] : [],
  ];
}

/** Red Hat family: what is new under /var has no type that a web server may read. */
const restoreContexts = (options: WebServerOptions): Step => linuxStep('RestoreContexts', (scope) => [
  `if command -v restorecon >/dev/null; then restorecon -R ${bashQuoted(documentRootOf(scope, options))}; fi`,
]);

const configure = (options: WebServerOptions, { dnf, apt, standard }: SitePlaces): Step => plannedStep('Site', (scope, bind) => {
  const file = options.site && fetched(scope, bind, options.site);
  const place = (path: string): string[] => (file
    ? [placeFile(file.word, path, SYSTEM_FILE)]
    : writeText(path, standard(documentRootOf(scope, options))));
  const lines = byManager([...place(dnf.path), ...dnf.replace], [...place(apt.path), ...apt.replace]);
  return { before: file?.before, lines: [...lines, ...file?.after ?? []] };
});

export const answers = ({ testUrl = 'http://127.0.0.1/', testHost }: WebServerOptions): Step =>
  LinuxAssert.httpStatus(testUrl, 200, { hostHeader: testHost });
