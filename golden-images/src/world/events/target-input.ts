import { AwsError } from '../kernel';
import type { Rule, Target } from './rule';

export interface Envelope extends Record<string, unknown> {
  readonly time: string;
}

/** What a target gets for an event: all of it, a part, a constant, or what its template makes of it. */
export function targetInput(rule: Rule, target: Target, event: Envelope): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(atPath(event, target.InputPath) ?? null);
  if (target.InputTransformer) return transformed(rule, target.InputTransformer, event);
  return JSON.stringify(event);
}

/** Checks at PutTargets what can be checked without an event. */
export function checkTargetInput(target: Target): void {
  const given = [target.Input, target.InputPath, target.InputTransformer].filter((each) => each !== undefined);
  if (given.length > 1) throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
  const paths = [target.InputPath ?? '$', ...Object.values(target.InputTransformer?.InputPathsMap ?? {})];
  paths.forEach((path) => atPath({}, path));
  if (target.Input === undefined) return;
  try {
    JSON.parse(target.Input);
  } catch {
    throw invalid(`JSON syntax error in input for target ${target.Id} : ${target.Input}`);
  }
}

/** A path such as `$.detail.items[0].name`. */
function atPath(event: Record<string, unknown>, path: string): unknown {
  if (!/^\$((\.[\w-]+)|(\[\d+\])|(\['[^']+'\]))*$/.test(path)) throw invalid(`Invalid InputPath: ${path}`);
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | null | undefined)?.[step], event);
}

function transformed(rule: Rule, transformer: NonNullable<Target['InputTransformer']>, event: Envelope): string {
  const values: Record<string, unknown> = {
    'aws.events.rule-arn': rule.arn,
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': event.time,
    'aws.events.event': event,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(transformer.InputPathsMap ?? {})) values[name] = atPath(event, path);
  return transformer.InputTemplate.replace(/<([\w.-]+)>/g, (whole, name: string, offset: number, template: string) =>
    name in values ? rendered(values[name], insideString(template.slice(0, offset))) : whole);
}

/** Outside of quotes a value is JSON; inside it is its text, escaped. A path that leads nowhere gives nothing. */
function rendered(value: unknown, quoted: boolean): string {
  if (value === undefined) return quoted ? '' : '""';
  if (!quoted) return JSON.stringify(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

const insideString = (before: string): boolean => (before.replace(/\\./g, '').match(/"/g) ?? []).length % 2 === 1;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
