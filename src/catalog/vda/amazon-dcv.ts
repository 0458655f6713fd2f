import type { Component } from '../../component/component';
import { checkFileName, checkNotEmpty } from '../../component/linux/checks';
import { APT_UPDATE, byManager } from '../../component/linux/package-scripts';
import { linuxStep } from '../../component/linux/script';
import type { Source } from '../../component/source';
import { Step } from '../../component/step/step';
import { Msi } from '../../component/windows/msi';
import { portListens, serviceRuns, serviceStartsAutomatically } from '../baseline/windows-checks';
import { entry } from '../entry';
import { onPlatform } from '../on-platform';

/** Options of `Vda.dcv`. */
export interface DcvOptions {
  /** The server: on Windows its `.msi`, on Linux the `.tgz` of its distribution. Pinned by its content, so best an object in a bucket. */
  readonly installer: Source;

  /**
   * User who owns the console session that starts with the server. Only on Windows.
   *
   * @default - no session starts by itself
   */
  readonly automaticSessionOwner?: string;

  /**
   * Packages that are installed from the archive, by the beginnings of their names. Only on Linux.
   *
   * @default ['nice-dcv-server', 'nice-dcv-web-viewer', 'nice-xdcv']
   */
  readonly packages?: string[];
}

/** The port on which the server listens unless it is told otherwise (administrator guide, "Changing the server TCP/UDP port"). */
const PORT = 8443;

/** The component of `Vda.dcv`. */
export function amazonDcv(options: DcvOptions): Component {
  return entry('amazon-dcv', {
    description: 'Amazon DCV server',
    buildSteps: [onPlatform(installMsi(options), installArchive(options))],
    validateSteps: [onPlatform(serviceStartsAutomatically('dcvserver'), Step.bash('systemctl is-enabled dcvserver'))],
    testSteps: testSteps(),
  });
}

/** The component of `Vda.dcvTest`. */
export const amazonDcvTest = (): Component =>
  entry('amazon-dcv-test', { description: 'Test of the Amazon DCV server', testSteps: testSteps() });

const testSteps = (): Step[] => [
  onPlatform(Step.sequence(serviceRuns('dcvserver'), portListens(PORT)), linuxStep('DcvListens', () => [
    'for attempt in $(seq 60); do',
    `  if systemctl is-active dcvserver && [ -n "$(ss -Hltn 'sport = :${PORT}')" ]; then exit 0; fi`,
    '  sleep 5',
    'done',
    `fail 'dcvserver does not listen on port ${PORT}'`,
  ])),
];

/** Administrator guide, "Installing the Amazon DCV Server on Windows", unattended installation (assumption: dcv-names). */
const installMsi = ({ installer, automaticSessionOwner }: DcvOptions): Step => Msi.install(installer, {
  properties: {
    ADDLOCAL: 'ALL',
    ...automaticSessionOwner === undefined ? { DISABLE_AUTOMATIC_SESSION_CREATION: '1' } : { AUTOMATIC_SESSION_OWNER: automaticSessionOwner },
  },
});

const ARCHIVE = '/tmp/golden-images-dcv.tgz';
const FOLDER = '/tmp/golden-images-dcv';

/** Administrator guide, "Installing the Amazon DCV Server on Linux": packages beside each other in a folder of the archive. */
const installArchive = ({ installer, packages = ['nice-dcv-server', 'nice-dcv-web-viewer', 'nice-xdcv'] }: DcvOptions): Step => Step.sequence(
  Step.download(installer, ARCHIVE),
  linuxStep('InstallDcv', (scope) => {
    checkNotEmpty(scope, packages, 'the list of DCV packages');
    const files = (ending: string): string => packages.map((name) => `${FOLDER}/${checkFileName(scope, name, 'the DCV package')}${ending}`).join(' ');
    return [
      `rm -rf ${FOLDER}`,
      `mkdir -p ${FOLDER}`,
      `tar -xzf ${ARCHIVE} -C ${FOLDER} --strip-components=1`,
      ...byManager([`dnf -y install ${files('-*.rpm')}`], [...APT_UPDATE, `apt-get -y -o DPkg::Lock::Timeout=600 install ${files('_*.deb')}`]),
      'systemctl enable dcvserver',
      `rm -rf ${FOLDER} ${ARCHIVE}`,
    ];
  }),
);
