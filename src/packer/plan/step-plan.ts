import type { ScriptPlan } from './script-plan';
import type { SourcePlan } from './source-plan';
import type { Position } from '../template/model';

/** Options of a step. */
export interface StepPlanOptions {
  readonly stepName?: string;
  readonly timeoutSeconds?: number;
  readonly maxAttempts?: number;
}

/** What a step of a template does. */
export type ActionPlan =
  | { readonly kind: 'bash'; readonly commands: readonly string[] }
  | { readonly kind: 'powershell'; readonly commands: readonly string[] }
  | { readonly kind: 'sequence'; readonly steps: readonly StepPlan[] }
  | { readonly kind: 'reboot' }
  | { readonly kind: 'download'; readonly source: SourcePlan; readonly destination: string }
  | { readonly kind: 'packerScript'; readonly script: ScriptPlan }
  /** Commands of bash in a folder that is brought to the instance. */
  | { readonly kind: 'onFiles'; readonly folder: SourcePlan; readonly stepName: string; readonly program: string; readonly commands: readonly string[] }
  | { readonly kind: 'ansiblePlaybook'; readonly folder: SourcePlan; readonly settings: AnsiblePlan }
  | { readonly kind: 'windowsUpdate'; readonly settings: WindowsUpdatePlan }
  | { readonly kind: 'checkNoRestartPending'; readonly withinSeconds: number };

/** A step, with the place of its provisioner or script in the template. */
export type StepPlan = ActionPlan & { readonly at: Position; readonly options?: StepPlanOptions };

export interface AnsiblePlan {
  readonly playbook: string;
  /** Of ansible-core; none is the last one for the Python of the instance. */
  readonly version?: string;
  /** Values of JSON. */
  readonly extraVars?: Readonly<Record<string, unknown>>;
  readonly requirementsFile?: string;
  /** Of the instance. */
  readonly inventoryHostname: string;
}

export interface WindowsUpdatePlan {
  readonly searchCriteria?: string;
  readonly filters?: readonly string[];
  readonly updateLimit?: number;
}
