import type { AmiLookup } from './lookups';
import type { Publisher } from './registry';

/** Properties of the custom resources: what constructs send and handlers read. CloudFormation makes every scalar a string. */

/** Creates what is absent, restores what the ledger knows better, never overwrites. Physical id: `seed-<namespace>`. */
export interface SeedProperties {
  readonly ServiceToken: string;
  readonly Namespace: string;
  /** JSON of `SeedParameter[]`, in order: a later one may read an earlier one. */
  readonly Parameters: string;
}

export interface SeedParameter {
  readonly name: string;
  /** Path of the construct that owns it. */
  readonly owner: string;
  readonly source: SeedSource;
}

export type SeedSource =
  /** The value of another parameter, public or seeded before; `publisher`: of the stack that writes it, where that is another one. */
  | { readonly type: 'parameter'; readonly name: string; readonly publisher?: Publisher }
  | { readonly type: 'ami'; readonly imageId: string }
  /** The AMI of an Image Builder image, in this region. */
  | { readonly type: 'imagebuilder'; readonly arn: string }
  /** The newest AMI of an owner and a name. */
  | { readonly type: 'lookup'; readonly lookup: AmiLookup };

/** Records what the stack intends. Physical id: `registry-<namespace>`. */
export interface RegistryProperties {
  readonly ServiceToken: string;
  /** JSON of `RegistryDocument`. */
  readonly Document: string;
}

/** Stands before a fleet's groups and templates. Physical id: `guard-<namespace>-<fleet>`. */
export interface GuardProperties {
  readonly ServiceToken: string;
  readonly Namespace: string;
  readonly Fleet: string;
  /** Hash of the properties of the fleet's groups and launch templates, and of what can replace something that they name. */
  readonly Hash: string;
  /** Values of the template's parameters among it. */
  readonly Parameters?: string[];
}

/**
 * Stands after a fleet's launch template and before its group: records the version that has what the stack declares. Physical id:
 * `template-<namespace>-<fleet>-<LaunchTemplateId>`.
 */
export interface TemplateProperties {
  readonly ServiceToken: string;
  readonly Namespace: string;
  readonly Fleet: string;
  readonly LaunchTemplateId: string;
  /** `LatestVersionNumber` of the template: what the group is given, and whose it is, is not known. */
  readonly LatestVersion: string;
  /** `LaunchTemplateData` as the stack declares it. May hold values of parameters that are not to be shown: never logged, never stored. */
  readonly Data: object;
  /** Overrides of the group's mixed instances policy; absent where it has none. */
  readonly Overrides?: readonly object[];
}

/**
 * A distribution configuration of EC2 Image Builder with what CloudFormation's own resource type does not know: `s3ExportConfiguration`. Physical id:
 * its ARN.
 */
export interface DistributionProperties {
  readonly ServiceToken: string;
  readonly Arn: string;
  /** JSON of the request that makes it. */
  readonly Definition: string;
}
