/** By what an AMI is looked up. */
export interface AmiLookup {
  /** Account of 12 digits, `amazon` or `self`. */
  readonly owner: string;
  /** One of them must match; `*` and `?` are wildcards. */
  readonly names: string[];
  readonly architecture: string;
  /** Absent where it is not known. */
  readonly rootDeviceName?: string;
  readonly newestBy: 'creation-date' | 'name';
}

/** A parameter that holds the newest AMI of a lookup, as long as the stack exists. */
export interface LookupIntent {
  readonly parameterName: string;
  readonly lookup: AmiLookup;
}

/** For messages. */
export const describeLookup = ({ owner, names, architecture, rootDeviceName }: AmiLookup): string =>
  `an AMI of ${owner} named ${names.join(' or ')} (${architecture}${rootDeviceName ? `, root device ${rootDeviceName}` : ''}, available, not deprecated)`;
