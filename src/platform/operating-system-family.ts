/** Operating systems, as EC2 Image Builder spells their names. */
export enum OperatingSystemFamily {
  /** Amazon Linux: `2`, `2023`. */
  AMAZON_LINUX = 'Amazon Linux',
  /** Ubuntu: `24.04`. */
  UBUNTU = 'Ubuntu',
  /** Debian: `12`. */
  DEBIAN = 'Debian',
  /** Red Hat Enterprise Linux: `9`, or with its minor version `9.6`. */
  RED_HAT_ENTERPRISE_LINUX = 'Red Hat Enterprise Linux',
  /** Rocky Linux: `9`, or with its minor version `9.6`. */
  ROCKY_LINUX = 'Rocky Linux',
  /** AlmaLinux: `9`, or with its minor version `9.6`. */
  ALMA_LINUX = 'AlmaLinux',
  /** SUSE Linux Enterprise Server: `16.0`, or with its service pack `15.7`. */
  SUSE_LINUX_ENTERPRISE_SERVER = 'SLES',
  /** Windows Server: `2022`. */
  WINDOWS_SERVER = 'Microsoft Windows Server',
  /** Windows as a client: `11`. */
  WINDOWS = 'Microsoft Windows',
}
