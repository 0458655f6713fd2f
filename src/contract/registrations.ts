/** AMIs that somebody registered as a version of an image. */
export interface Registration {
  /** As `1.0.3/1`. */
  readonly version: string;
  /** AMI id by region. */
  readonly amis: Readonly<Record<string, string>>;
  readonly registeredAt: string;
  readonly registeredBy: RegisteredBy;
  /** Hash of the definition that the deploy of that time held. */
  readonly contentHash: string;
  readonly tested: boolean;
  /** ARN of the AWS CodeBuild build that made the AMI. */
  readonly build?: string;
  /** Hash of what a manifest said of the AMI beside its id: a document of its own under `ledgerKey.customData`. */
  readonly customDataHash?: string;
  /** The same in place, as former versions kept it: it made the document of all registrations too large for an item. */
  readonly customData?: Readonly<Record<string, string>>;
}

/** Who registered; `verified`: AWS said who signed the request, else the name is only claimed. */
export interface RegisteredBy {
  readonly caller: string;
  readonly verified: boolean;
  /** How the request came in. Absent in documents of former versions. */
  readonly via?: 'url' | 'build' | 'direct';
}

/** The ledger record under `ledgerKey.amiCopy`: what was asked of AWS last. */
export interface AmiCopyDocument {
  readonly schemaVersion: number;
  readonly copy: string;
  readonly attempt: number;
  readonly askedAt: string;
}

/** The ledger record under `ledgerKey.customData`; written once. */
export interface CustomDataDocument {
  readonly schemaVersion: number;
  readonly customData: Readonly<Record<string, string>>;
}

/** The ledger record under `ledgerKey.registrations`. */
export interface RegistrationsDocument {
  readonly schemaVersion: number;
  readonly image: string;
  /** How many there were ever; the next version is made of it. */
  readonly count: number;
  /** Oldest first. */
  readonly registrations: readonly Registration[];
}
