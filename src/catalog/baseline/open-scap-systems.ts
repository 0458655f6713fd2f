import type { Construct } from 'constructs';
import { OperatingSystemFamily, type OperatingSystemVersion } from '../../platform';
import { InvalidInputError } from '../../private/errors';

/**
 * Releases whose packages have no data stream for themselves: what distributions freeze knows the releases before. Ubuntu 24.04 has ssg-debderived
 * 0.1.71 and with it at most ubuntu2204, Ubuntu 26.04 has 0.1.79 and with it ubuntu2404 (packages.ubuntu.com; ComplianceAsCode/content, discussion
 * 14857); Debian 12 has ssg-debian 0.1.65 with debian10 and debian11, Debian 13 has 0.1.76 with debian11 and debian12 (its lists of files).
 * Amazon Linux 2023, Red Hat's family and SUSE have theirs in scap-security-guide (ComplianceAsCode/content pull request 12060; Oracle Linux 9,
 * "Installing SCAP Packages"; software.opensuse.org, scap-security-guide).
 */
const WITHOUT = [OperatingSystemFamily.UBUNTU, OperatingSystemFamily.DEBIAN];

/** Refuses a system that is known to have no data stream of its own, where none is given. */
export function checkSystem(scope: Construct, osVersion: OperatingSystemVersion | undefined): void {
  if (osVersion !== undefined && WITHOUT.includes(osVersion.family)) {
    throw new InvalidInputError(scope, {
      what: `OpenScap.hardening has no dataStream, and the packages of ${osVersion} have none for it`,
      expected: 'a data stream of ComplianceAsCode for Debian and Ubuntu, whose packages know earlier releases only',
      fix: "give it dataStream: Source.https('https://github.com/ComplianceAsCode/content/releases/download/v…/scap-security-guide-….zip', '<SHA-256>')",
    });
  }
}

/**
 * The name that ComplianceAsCode gives a system (its folder `products`), from os-release(5). Derivatives of Red Hat have data streams of their own;
 * of SUSE and Amazon Linux the major number counts. Rocky Linux calls its own rl8 and rl9 (its documentation, "DISA STIG", part 2).
 */
export const PRODUCT = [
  'product() {',
  '  local ID="" VERSION_ID="" major; . /etc/os-release; major=${VERSION_ID%%.*}',
  '  case "$ID" in',
  '    amzn) echo "al$major" ;;',
  '    ubuntu) echo "ubuntu${VERSION_ID//./}" ;;',
  '    sles | sles_sap) echo "sle$major" ;;',
  '    opensuse*) echo opensuse ;;',
  '    centos) echo "cs$major" ;;',
  '    rocky) echo "rl$major" ;;',
  '    *) echo "$ID$major" ;;',
  '  esac',
  '}',
];
