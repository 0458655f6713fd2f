import { NotModelled } from './errors';
import type { Operation } from './service';

/** Refuses every member of a request that the model does not know, by name: `refuseUnknown('ec2:RunInstances', input, [...])`. */
export function refuseUnknown(what: string, input: object | undefined, known: readonly string[]): void {
  const unknown = Object.entries(input ?? {}).filter(([name, value]) => value !== undefined && !known.includes(name));
  if (unknown.length > 0) throw new NotModelled(`${what} ${unknown.map(([name]) => name).join(', ')}`);
}

/** The same operations; those named refuse every member but the listed ones, by name. */
export function closed(
  service: string, operations: Readonly<Record<string, Operation>>, members: Readonly<Record<string, readonly string[]>>,
): Record<string, Operation> {
  const guard = ([name, operation]: [string, Operation]): [string, Operation] => [name, (input) => {
    if (members[name]) refuseUnknown(`${service}:${name}`, input, members[name]);
    return operation(input);
  }];
  return Object.fromEntries(Object.entries(operations).map(guard));
}

/** A page of a list, with the token of the next one: the token is the index at which it starts. */
export function page<T>(items: readonly T[], maximum: number | undefined, token: string | undefined): { items: T[]; NextToken?: string } {
  const start = token === undefined ? 0 : Number(token);
  const end = maximum === undefined ? items.length : start + maximum;
  return { items: items.slice(start, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
}
