import type { Construct } from 'constructs';
import { CONTENT, DATA_STREAM, PACKAGED, TAILORING, WORK } from './open-scap-paths';
import { checkSystem, PRODUCT } from './open-scap-systems';
import { fetched, type Fetched } from '../../component/linux/fetch';
import { APT_UPDATE, aptInstall, byManager, dnfInstall, installFileScript } from '../../component/linux/package-scripts';
import { ATTEMPTS, plannedStep } from '../../component/linux/script';
import { unpackLines } from '../../component/linux/unpack';
import type { Source } from '../../component/source';
import type { Step } from '../../component/step';
import { InvalidInputError } from '../../private/errors';

/** SUSE's zypper, which no other step of the library needs. */
const zypperOr = (packages: string, others: string[]): string[] => [
  `if command -v zypper >/dev/null; then zypper --non-interactive install ${packages}`,
  'else',
  ...others.map((line) => `  ${line}`),
  'fi',
];

/**
 * The scanner: openscap-scanner on Amazon Linux 2023, Red Hat's family, Debian from 12 on and Ubuntu from 24.04 on; before, Ubuntu had `oscap` in
 * libopenscap8 (packages.ubuntu.com, jammy); SUSE has it in openscap-utils (openscap.spec of SLE 15).
 * (assumption: al2023-openscap) (assumption: suse-oscap)
 */
export const installScanner = (scanner: Source | undefined): Step => plannedStep('OpenScapScanner', (scope, bind) => {
  const file = scanner === undefined ? undefined : fetched(scope, bind, scanner);
  const packages = zypperOr('openscap-utils', byManager(dnfInstall(['openscap-scanner']), [
    ...APT_UPDATE,
    'if apt-cache show openscap-scanner >/dev/null 2>&1; then',
    ...aptInstall(['openscap-scanner']),
    'else',
    ...aptInstall(['libopenscap8']),
    'fi',
  ]));
  return {
    before: file?.before,
    lines: [
      ...file === undefined ? ['if ! command -v oscap >/dev/null; then', ...packages, 'fi'] : [...installFileScript(scope, file), ...file.after],
      "command -v oscap >/dev/null || fail 'oscap is not there: give OpenScap.hardening a scanner, or a parent that has it'",
    ],
  };
}, ATTEMPTS);

/** The data stream: of the distribution's packages, or what is given: the file itself, an archive with it, or a package. */
export const installContent = (dataStream: Source | undefined): Step => plannedStep('OpenScapDataStream', (scope, bind) => {
  if (dataStream === undefined) { checkSystem(scope, bind.osVersion); }
  const file = dataStream === undefined ? undefined : fetched(scope, bind, dataStream);
  return {
    before: file?.before,
    lines: [
      ...PRODUCT,
      `mkdir -p ${CONTENT}`,
      'name="ssg-$(product)-ds.xml"',
      ...file === undefined ? [...packagedContent(), ...find(PACKAGED)] : [...given(scope, file), ...file.after],
      `chmod -R u=rwX,go=rX ${CONTENT}`,
    ],
  };
}, ATTEMPTS);

const packagedContent = (): string[] => zypperOr('scap-security-guide', byManager(dnfInstall(['scap-security-guide']), [
  ...APT_UPDATE,
  'if grep -q "^ID=debian" /etc/os-release; then',
  ...aptInstall(['ssg-base', 'ssg-debian']),
  'else',
  ...aptInstall(['ssg-base', 'ssg-debderived']),
  'fi',
]));

function given(scope: Construct, file: Fetched): string[] {
  const { fileName, archive } = file.source;
  if (archive || /\.(?:tar|tgz|tar\.(?:gz|xz|bz2))$/.test(fileName)) {
    const folder = `${WORK}/unpacked`;
    return [`mkdir -p ${folder}`, ...unpackLines(scope, file, 0, folder), ...find(folder), `rm -rf ${folder}`];
  }
  if (/\.(?:deb|rpm)$/.test(fileName)) { return [...installFileScript(scope, file), ...find(PACKAGED)]; }
  if (/\.xml$/.test(fileName)) { return [`install -m 0644 ${file.word} ${DATA_STREAM}`]; }
  throw new InvalidInputError(scope, {
    what: `the dataStream of OpenScap.hardening is '${fileName}'`,
    expected: 'a data stream (.xml), an archive that has it (.zip, .tar.gz, a folder), or a package (.deb, .rpm)',
    fix: 'unpack it, or take the release archive of ComplianceAsCode as it is',
  });
}

/** By its name: an archive has the data streams of all systems. */
const find = (folder: string): string[] => [
  `found=$(find ${folder} -name "$name" -type f -print -quit 2>/dev/null || true)`,
  `[ -n "$found" ] || fail "there is no data stream $name among: $(find ${folder} -name '*-ds.xml' -printf '%f ' 2>/dev/null | head -c 800)`
  + '; give OpenScap.hardening a dataStream for this system (a release archive of ComplianceAsCode/content that has it)"',
  `install -m 0644 "$found" ${DATA_STREAM}`,
];

/** Profiles of one's own, with rules and values of one's own. */
export const installTailoring = (tailoring: Source): Step => plannedStep('OpenScapTailoring', (scope, bind) => {
  const file = fetched(scope, bind, tailoring);
  if (!file.source.fileName.endsWith('.xml')) {
    throw new InvalidInputError(scope, {
      what: `the tailoring of OpenScap.hardening is '${file.source.fileName}'`, expected: 'a tailoring file (.xml)', fix: 'make one with autotailor or SCAP Workbench',
    });
  }
  return { before: file.before, lines: [`install -D -m 0644 ${file.word} ${TAILORING}`, ...file.after] };
});
