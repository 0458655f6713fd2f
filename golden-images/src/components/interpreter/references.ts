import type { Frame } from './state';
import { isMapping, replaceReferences } from '../../../../src/component/document';

/** The turn of a loop in which a step runs. */
export interface Iteration {
  readonly name?: string;
  readonly index: number;
  readonly value: string;
  readonly count: number;
}

export interface Resolved {
  readonly value: unknown;
  /** References that stand for nothing known. */
  readonly unresolved: readonly string[];
}

const CHAIN = /^([^.\s]+)\.([^.\s]+)\.(inputs|outputs)((?:\[\d+\]|\.[A-Za-z0-9_-]+)+)$/;

/** Puts values in the place of references. What stands for nothing stays as it is written. */
export function resolve(value: unknown, frame: Frame, iteration?: Iteration): Resolved {
  const unresolved: string[] = [];
  const text = (written: string): string => replaceReferences(written, (reference, whole) => {
    const found = lookUp(reference, frame, iteration);
    if (found === undefined) unresolved.push(reference);
    return found ?? whole;
  });
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return text(each);
    if (Array.isArray(each)) return each.map(walk);
    return isMapping(each) ? Object.fromEntries(Object.entries(each).map(([key, member]) => [key, walk(member)])) : each;
  };
  return { value: walk(value), unresolved };
}

function lookUp(reference: string, frame: Frame, iteration?: Iteration): string | undefined {
  if (Object.hasOwn(frame.variables, reference)) {
    return frame.variables[reference];
  }
  if (reference.startsWith('aws:ssm:')) {
    return stored(reference.slice('aws:ssm:'.length), frame);
  }
  const [scope, member, ...rest] = reference.split('.');
  if (iteration && rest.length === 0 && (scope === 'loop' || (scope === iteration.name && scope !== ''))) {
    return member === 'index' ? String(iteration.index) : member === 'value' ? iteration.value : undefined;
  }
  const chain = CHAIN.exec(reference);
  return chain ? chained(frame, chain[1]!, chain[2]!, chain[3]!, chain[4]!) : undefined;
}

/** A value of Parameter Store: by its name, or by the name that `resolve(variable)` stands for. */
function stored(name: string, frame: Frame): string | undefined {
  const variable = /^resolve\(([^]+)\)$/.exec(name)?.[1]?.trim();
  if (variable?.startsWith('aws:ssm:')) return undefined;
  const resolved = variable === undefined ? name : lookUp(variable, frame);
  return resolved !== undefined && Object.hasOwn(frame.stored, resolved) ? frame.stored[resolved] : undefined;
}

function chained(frame: Frame, phase: string, step: string, side: string, way: string): string | undefined {
  const result = frame.results.find((each) => each.phase === phase && each.step === step && each.status !== 'Skipped');
  // Outputs are one map, which may be written as the first of a list.
  const start = side === 'inputs' ? result?.inputs : result && { 0: result.outputs, ...result.outputs };
  const end = [...way.matchAll(/\[(\d+)\]|\.([A-Za-z0-9_-]+)/g)].reduce<unknown>(
    (at, [, index, name]) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[index ?? name!] : undefined), start,
  );
  return typeof end === 'object' || end === undefined ? undefined : String(end);
}
