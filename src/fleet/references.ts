const RESERVED = /^AWS::/;

/** Logical names that a resolved value of a template refers to: resources, parameters, conditions, mappings. */
export function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) { return value.flatMap(referencesOf); }
  if (value === null || typeof value !== 'object') { return []; }
  return Object.entries(value).flatMap(([key, inner]) => [...named(key, inner), ...referencesOf(inner)]);
}

function named(key: string, inner: any): string[] {
  switch (key) {
    case 'Ref':
    case 'Condition':
      return typeof inner === 'string' && !RESERVED.test(inner) ? [inner] : [];
    case 'Fn::GetAtt':
      return [typeof inner === 'string' ? inner.split('.')[0] : inner[0]].filter((name) => typeof name === 'string');
    case 'Fn::If':
    case 'Fn::FindInMap':
      return typeof inner[0] === 'string' ? [inner[0]] : [];
    case 'Fn::Sub':
      return substituted(Array.isArray(inner) ? inner[0] : inner);
    default:
      return [];
  }
}

/** `${Name}` and `${Name.Attribute}`; `${!Name}` is text. */
const substituted = (text: string): string[] =>
  [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name!.split('.')[0]!).filter((name) => !RESERVED.test(name));
