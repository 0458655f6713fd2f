/** Paths of empty lists among the properties of resources. The APIs behind most list properties take at least one item. */
export function emptyLists(template: Record<string, any>): string[] {
  const within = (value: unknown, path: string): string[] => {
    if (Array.isArray(value) && value.length === 0) { return [path]; }
    if (value === null || typeof value !== 'object') { return []; }
    return Object.entries(value).flatMap(([key, inner]) => within(inner, `${path}.${key}`));
  };
  return Object.entries<any>(template.Resources).flatMap(([id, { Type, Properties = {} }]) => within(Properties, `${Type} ${id}`));
}
