/** An image or a fleet of a namespace. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** What a report calls images or fleets: by their name, with the namespace before it where several namespaces have that name. */
export function naming(all: readonly Named[]): (one: Named) => string {
  return ({ namespace, name }) => (all.some((other) => other.name === name && other.namespace !== namespace) ? `${namespace}/${name}` : name);
}
