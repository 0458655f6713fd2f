import { NotModelled } from './errors';

/** Refuses the members of an input that are not modelled: nothing is silently ignored. `operation` as in `sqs:SendMessage`. */
export function onlyMembers(operation: string, input: object, known: readonly string[]): void {
  for (const [member, value] of Object.entries(input)) {
    if (value !== undefined && !known.includes(member)) throw new NotModelled(`${operation} ${member}`);
  }
}
