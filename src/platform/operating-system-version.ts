import { OperatingSystemFamily } from './operating-system-family';
import { Platform } from './platform';
import { InvalidInputError } from '../private/errors';

/** Of these Image Builder names the first number alone: `Ubuntu 24`, `SLES 15` (`OSVersion` of @aws-cdk/aws-imagebuilder-alpha; assumption: os-version-names). */
const BY_FIRST_NUMBER = [
  OperatingSystemFamily.UBUNTU, OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX, OperatingSystemFamily.ROCKY_LINUX, OperatingSystemFamily.ALMA_LINUX,
  OperatingSystemFamily.SUSE_LINUX_ENTERPRISE_SERVER,
];

/**
 * An operating system and its version, as its vendor numbers it.
 *
 * @example
 * ParentImage.fromAmiId('ami-0123456789abcdef0', { osVersion: OperatingSystemVersion.UBUNTU_24_04 });
 */
export class OperatingSystemVersion {
  /** Amazon Linux 2, whose support ended on June 30, 2026. */
  public static readonly AMAZON_LINUX_2 = new OperatingSystemVersion(OperatingSystemFamily.AMAZON_LINUX, '2');
  /** Amazon Linux 2023. */
  public static readonly AMAZON_LINUX_2023 = new OperatingSystemVersion(OperatingSystemFamily.AMAZON_LINUX, '2023');
  /** Ubuntu 20.04 LTS. */
  public static readonly UBUNTU_20_04 = new OperatingSystemVersion(OperatingSystemFamily.UBUNTU, '20.04');
  /** Ubuntu 22.04 LTS. */
  public static readonly UBUNTU_22_04 = new OperatingSystemVersion(OperatingSystemFamily.UBUNTU, '22.04');
  /** Ubuntu 24.04 LTS. */
  public static readonly UBUNTU_24_04 = new OperatingSystemVersion(OperatingSystemFamily.UBUNTU, '24.04');
  /** Ubuntu 26.04 LTS. */
  public static readonly UBUNTU_26_04 = new OperatingSystemVersion(OperatingSystemFamily.UBUNTU, '26.04');
  /** Debian 11, bullseye. */
  public static readonly DEBIAN_11 = new OperatingSystemVersion(OperatingSystemFamily.DEBIAN, '11');
  /** Debian 12, bookworm. */
  public static readonly DEBIAN_12 = new OperatingSystemVersion(OperatingSystemFamily.DEBIAN, '12');
  /** Debian 13, trixie. */
  public static readonly DEBIAN_13 = new OperatingSystemVersion(OperatingSystemFamily.DEBIAN, '13');
  /** Red Hat Enterprise Linux 8. */
  public static readonly RHEL_8 = new OperatingSystemVersion(OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX, '8');
  /** Red Hat Enterprise Linux 9. */
  public static readonly RHEL_9 = new OperatingSystemVersion(OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX, '9');
  /** Red Hat Enterprise Linux 10. */
  public static readonly RHEL_10 = new OperatingSystemVersion(OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX, '10');
  /** Rocky Linux 8. */
  public static readonly ROCKY_LINUX_8 = new OperatingSystemVersion(OperatingSystemFamily.ROCKY_LINUX, '8');
  /** Rocky Linux 9. */
  public static readonly ROCKY_LINUX_9 = new OperatingSystemVersion(OperatingSystemFamily.ROCKY_LINUX, '9');
  /** Rocky Linux 10. */
  public static readonly ROCKY_LINUX_10 = new OperatingSystemVersion(OperatingSystemFamily.ROCKY_LINUX, '10');
  /** AlmaLinux 8. */
  public static readonly ALMA_LINUX_8 = new OperatingSystemVersion(OperatingSystemFamily.ALMA_LINUX, '8');
  /** AlmaLinux 9. */
  public static readonly ALMA_LINUX_9 = new OperatingSystemVersion(OperatingSystemFamily.ALMA_LINUX, '9');
  /** AlmaLinux 10. */
  public static readonly ALMA_LINUX_10 = new OperatingSystemVersion(OperatingSystemFamily.ALMA_LINUX, '10');
  /** SUSE Linux Enterprise Server 15 with service pack 7. */
  public static readonly SLES_15_SP7 = new OperatingSystemVersion(OperatingSystemFamily.SUSE_LINUX_ENTERPRISE_SERVER, '15.7');
  /** SUSE Linux Enterprise Server 16.0. */
  public static readonly SLES_16_0 = new OperatingSystemVersion(OperatingSystemFamily.SUSE_LINUX_ENTERPRISE_SERVER, '16.0');
  /** Windows Server 2016. */
  public static readonly WINDOWS_SERVER_2016 = new OperatingSystemVersion(OperatingSystemFamily.WINDOWS_SERVER, '2016');
  /** Windows Server 2019. */
  public static readonly WINDOWS_SERVER_2019 = new OperatingSystemVersion(OperatingSystemFamily.WINDOWS_SERVER, '2019');
  /** Windows Server 2022. */
  public static readonly WINDOWS_SERVER_2022 = new OperatingSystemVersion(OperatingSystemFamily.WINDOWS_SERVER, '2022');
  /** Windows Server 2025. */
  public static readonly WINDOWS_SERVER_2025 = new OperatingSystemVersion(OperatingSystemFamily.WINDOWS_SERVER, '2025');

  /**
   * Another version of a known family.
   *
   * @param family operating system
   * @param version numbers, apart by dots, as the vendor writes them: `24.04`
   */
  public static of(family: OperatingSystemFamily, version: string): OperatingSystemVersion {
    if (!/^[1-9]\d*(?:\.\d+)*$/.test(version)) {
      throw new InvalidInputError('OperatingSystemVersion.of', {
        what: `the version '${version}' is not valid`, expected: 'numbers with dots between them, such as 24.04', fix: 'correct the version',
      });
    }
    return new OperatingSystemVersion(family, version);
  }

  /** Operating system. */
  public readonly family: OperatingSystemFamily;

  /** Version as its vendor numbers it. A text: 20.10 is not 20.1. */
  public readonly version: string;

  private constructor(family: OperatingSystemFamily, version: string) {
    this.family = family;
    this.version = version;
  }

  /** Platform of the operating system. */
  public get platform(): Platform {
    return [OperatingSystemFamily.WINDOWS_SERVER, OperatingSystemFamily.WINDOWS].includes(this.family) ? Platform.WINDOWS : Platform.LINUX;
  }

  /** As the `supportedOsVersions` of components name it, which Image Builder compares with the beginning of what an image reports. */
  public get imageBuilderName(): string {
    return `${this.family} ${BY_FIRST_NUMBER.includes(this.family) ? this.version.split('.')[0] : this.version}`;
  }

  /** Whether another is this, or a minor version of it: 9 includes 9.6, and 2 does not include 2023. */
  public includes(other: OperatingSystemVersion): boolean {
    return this.family === other.family && `${other.version}.`.startsWith(`${this.version}.`);
  }

  /** Whether this is an older version of the same operating system. */
  public isOlderThan(other: OperatingSystemVersion): boolean {
    const [mine, theirs] = [this, other].map(({ version }) => version.split('.').map(Number)) as [number[], number[]];
    const differing = mine.findIndex((number, index) => number !== (theirs[index] ?? 0));
    return this.family === other.family && differing >= 0 && mine[differing]! < (theirs[differing] ?? 0);
  }

  /** For messages: `Ubuntu 24.04`. */
  public toString(): string {
    return `${this.family} ${this.version}`;
  }
}
