import type { Architecture, SystemPlan } from './system';

/** What an image starts from. */
export type ParentPlan =
  /** Given by whoever reads the template, by the name of the builder. */
  | { readonly kind: 'given'; readonly builder: string }
  | { readonly kind: 'amiId'; readonly amiId: string; readonly system: SystemPlan }
  | { readonly kind: 'ssmParameter'; readonly parameterName: string; readonly system: SystemPlan }
  | { readonly kind: 'amazonLinux2023'; readonly architecture: Architecture }
  | { readonly kind: 'ubuntu'; readonly version: string; readonly architecture: Architecture }
  | { readonly kind: 'windowsServer'; readonly version: string }
  /** The newest AMI of an owner with a name, in which a star stands for any text. */
  | { readonly kind: 'lookup'; readonly owner: string; readonly name: string; readonly system: SystemPlan };
