/** The operations of a service's own API to which the properties of a resource type go. */
export interface TypeInputs {
  /** Its signing name. */
  readonly service: string;
  /** The operation that makes the resource. Its members stand under their own names, or those with a capital at the beginning. */
  readonly operation: string;
  /** By member of that operation, at any depth: the property under which it stands, where that has another name. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** By further operation and path of a member (`Rules.Status`): the path of the property sent there (`Policies[].PolicyName`). */
  readonly also?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Properties that are sent in another form or that no operation of the service takes: in which, or why. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

export type InputTable = Readonly<Record<string, TypeInputs>>;
