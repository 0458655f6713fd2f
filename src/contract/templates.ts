/**
 * What a deploy declared a launch template to be, under `ledgerKey.template`. Written by a custom resource that stands after the template and
 * before the groups that name it; read by the fleet controller, to which every version that is neither in here nor made by itself is foreign.
 */
export interface TemplateDocument {
  readonly schemaVersion: number;
  readonly templateId: string;
  /** Newest last, bounded. */
  readonly declarations: readonly TemplateDeclaration[];
}

/** One version of a launch template whose content was compared with what the stack declares. */
export interface TemplateDeclaration {
  /** Number of the version. */
  readonly number: string;
  /** SHA-256 of the data that EC2 has for the version, its image included. */
  readonly contentHash: string;
  /** Who made the version, as EC2 says. */
  readonly createdBy?: string;
  /** ARN of the stack that declares the template. */
  readonly stackId: string;
  /** When the operation of the stack began in which this was declared; ISO 8601, UTC. It counts once that operation has ended well. */
  readonly operation: string;
  readonly declaredAt: string;
  /** SHA-256 of the overrides of the mixed instances policy of the group; absent where it has none. */
  readonly overridesHash?: string;
}
