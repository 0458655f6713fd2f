import type { Fields, Mapping } from '../shape';
import type { Violation } from '../violation';

/** An action module of the AWS Task Orchestrator and Executor, by the Image Builder user guide, "Action modules". */
export interface ActionModule {
  /** The only platform that has it. */
  readonly platform?: 'Linux' | 'Windows';
  /** Whether `inputs` is one map or a list of maps. */
  readonly inputs: 'map' | 'list';
  /** Whether `inputs` may be left out. */
  readonly optional?: boolean;
  readonly fields: Fields;
  readonly outputs: readonly string[];
  /** What the members ask of each other. */
  readonly check?: (path: string, inputs: Mapping) => Violation[];
}

export type ActionModules = Readonly<Record<string, ActionModule>>;
