/** Processor architecture, as AWS writes it. */
export type Architecture = 'x86_64' | 'arm64';

/** Operating system family, as AWS writes it. */
export type PlatformName = 'Linux' | 'Windows';

/** What the mapping has to know of a parent. */
export interface SystemPlan {
  readonly platform: PlatformName;
  readonly architecture: Architecture;
  /** Version of the operating system, as its vendor numbers it: `2022`, `24.04`. */
  readonly osVersion?: string;
  /** Device name of the root volume. */
  readonly rootDeviceName?: string;
}
