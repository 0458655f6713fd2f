import type { NormalizedSchema } from '@smithy/core/schema';

/** The members of a structure, in the order of the model; none for anything else. */
export function membersOf(schema: NormalizedSchema): Iterable<[string, NormalizedSchema]> {
  return schema.isStructSchema() ? schema.structIterator() : [];
}

/** The SDK's schemas list the required members first and say how many they are. */
export function* requiredMembers(schema: NormalizedSchema): Generator<[string, NormalizedSchema]> {
  const count = requiredCount(schema);
  let index = 0;
  for (const entry of membersOf(schema)) {
    if (index++ >= count) return;
    yield entry;
  }
}

export function requiredCount(schema: NormalizedSchema): number {
  const source: unknown = schema.getSchema();
  return Array.isArray(source) && typeof source[6] === 'number' ? source[6] : 0;
}
