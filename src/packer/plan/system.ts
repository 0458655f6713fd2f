import type { OperatingSystemFamily } from '../../platform/operating-system-family';

/** Processor architecture, as AWS writes it. */
export type Architecture = 'x86_64' | 'arm64';

/** Platform, as AWS writes it. */
export type PlatformName = 'Linux' | 'Windows';

/** An operating system and its version, as its vendor numbers it. */
export interface OsVersionPlan {
  readonly family: `${OperatingSystemFamily}`;
  readonly version: string;
}

/** What the mapping has to know of a parent. */
export interface SystemPlan {
  readonly platform: PlatformName;
  readonly architecture: Architecture;
  readonly osVersion?: OsVersionPlan;
  /** Device name of the root volume. */
  readonly rootDeviceName?: string;
}
