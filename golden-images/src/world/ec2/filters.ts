import { AwsError } from '../kernel';

export interface Filter {
  readonly Name?: string;
  readonly Values?: string[];
}

/** The values that a resource has under a filter's name; undefined when EC2 has no such filter for it. */
export type FilterValues = (name: string) => ReadonlyArray<string | undefined> | undefined;

/**
 * Whether a resource passes all filters: values of one filter are alternatives, `*` and `?` are wildcards
 * (Amazon EC2 User Guide, "Filtering considerations").
 */
export function passes(filters: readonly Filter[] | undefined, valuesOf: FilterValues): boolean {
  return (filters ?? []).every((filter) => {
    const actual = valuesOf(filter.Name ?? '');
    if (!actual) throw new AwsError('InvalidParameterValue', `The filter '${filter.Name}' is invalid`);
    return (filter.Values ?? []).some((pattern) => actual.some((value) => value !== undefined && wildcard(pattern).test(value)));
  });
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`, 's');
}
