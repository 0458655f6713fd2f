import type { ComponentDocument, ConditionOutcome, DocumentStep, StepCondition, StepLoop, Variable } from './model';
import { parseText } from './parse';
import type { Mapping } from './shape';

/** "Use component documents", Document schema: two hours. */
const DEFAULT_TIMEOUT = 7200;

/** Reads a document that `validateDocument` has nothing against. */
export function readDocument(text: string): ComponentDocument {
  const parsed = parseText(text);
  if (!('locate' in parsed)) {
    throw new Error(`${parsed.path}: ${parsed.what}`);
  }
  const document = parsed.value as Mapping;
  return {
    ...texts(document, 'name', 'description'),
    parameters: variables(document.parameters, 'default'),
    constants: variables(document.constants, 'value'),
    phases: (document.phases as Mapping[]).map(({ name, steps }) => ({ name: String(name), steps: (steps as Mapping[]).map(readStep) })),
  };
}

function variables(list: unknown, member: 'default' | 'value'): Variable[] {
  return (list as Record<string, Mapping>[] | null ?? []).flatMap((each) => Object.entries(each))
    .map(([name, declared]) => ({ name, ...declared[member] === undefined || declared[member] === null ? {} : { value: String(declared[member]) } }));
}

function readStep(step: Mapping): DocumentStep {
  const timeout = Number(step.timeoutSeconds ?? DEFAULT_TIMEOUT);
  return {
    name: String(step.name),
    action: String(step.action),
    timeoutSeconds: timeout === -1 ? Infinity : timeout,
    onFailure: capitalised(step.onFailure ?? 'Abort') as DocumentStep['onFailure'],
    maxAttempts: Number(step.maxAttempts ?? 1),
    quiet: String(step.disableLogging ?? false).toLowerCase() === 'true',
    inputs: step.inputs ?? undefined,
    ...step.if === undefined || step.if === null ? {} : { condition: readCondition(step.if as Mapping) },
    ...step.loop === undefined || step.loop === null ? {} : { loop: readLoop(step.loop as Mapping) },
  };
}

function readCondition({ then, else: otherwise, ...comparison }: Mapping): StepCondition {
  return {
    comparison,
    whenTrue: capitalised(then ?? 'Execute') as ConditionOutcome,
    whenFalse: capitalised(otherwise ?? 'Skip') as ConditionOutcome,
  };
}

function readLoop(loop: Mapping): StepLoop {
  const named = texts(loop, 'name');
  if (loop.for !== undefined && loop.for !== null) {
    const { start, end, updateBy } = loop.for as Mapping;
    return { kind: 'numbers', ...named, start: Number(start), end: Number(end), updateBy: Number(updateBy) };
  }
  if (Array.isArray(loop.forEach)) {
    return { kind: 'list', ...named, values: loop.forEach.map(String) };
  }
  const { list, delimiter } = loop.forEach as Mapping;
  return { kind: 'text', ...named, text: String(list), delimiter: String(delimiter ?? ',') };
}

const texts = (from: Mapping, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.filter((name) => from[name] !== undefined && from[name] !== null).map((name) => [name, String(from[name])]));

const capitalised = (value: unknown): string => `${String(value).charAt(0).toUpperCase()}${String(value).slice(1).toLowerCase()}`;
