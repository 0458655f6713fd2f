import type { PlatformName, StepPlan } from '../../plan';
import type { MappingContext } from '../context';
import type { OptionTable } from '../treatment';
import type { Values } from '../values';

/** How the provisioners of one type become steps. */
export interface ProvisionerMapping {
  readonly type: string;
  /** For the documentation. */
  readonly becomes: string;
  /** The only platform on which it runs. */
  readonly platform?: PlatformName;
  /** Its options; those that all provisioners have come on top. */
  readonly options: OptionTable;
  map(values: Values, context: MappingContext): StepPlan[];
}

/** A type of provisioner that is not taken over. */
export interface RefusedProvisioner {
  readonly type: string;
  readonly why: string;
  readonly fix: string;
}
