import type { Part } from './part';
import type { PlatformName } from '../plan';
import type { Block } from '../template/model';

/** Where a provisioner is mapped: for which builder, and with what. */
export interface MappingContext {
  readonly builder: Block;
  readonly platform: PlatformName;
  readonly part: Part;
  /** Whether nothing runs after this provisioner. */
  readonly last: boolean;
  /** Sensitive variables that are bound to a secret. */
  readonly secrets: readonly string[];
  readonly ansibleVersion?: string;
}
