import { referencesIn } from './braces';
import { modules } from './modules';
import { isMapping } from './shape';
import type { Violation } from './violation';

/** What a step may refer to. */
export interface Scope {
  readonly variables: ReadonlySet<string>;
  /** Actions of the steps before it, by `phase.step`. */
  readonly earlier: ReadonlyMap<string, string>;
  readonly loop?: { readonly name?: string };
}

const VARIABLE = /^[A-Za-z0-9_-]+$/;
/** "Use Systems Manager Parameter Store parameters": by name, or by the name that a variable holds. */
const STORED = /^aws:ssm:(?:resolve\(([^]+)\)|[a-zA-Z0-9_.\/:-]+)$/;
const LOOP = /^([A-Za-z0-9_-]+)\.(index|value)$/;
const CHAIN = /^([^.\s]+)\.([^.\s]+)\.(inputs|outputs)(?:\[\d+\])?\.([A-Za-z0-9-]+)(?:\[\d+\])?$/;

/** Every `{{ }}` in a value, wherever it stands. */
export function checkReferences(path: string, value: unknown, scope: Scope): Violation[] {
  if (typeof value === 'string') {
    return [...referencesIn(value)].flatMap(({ name }) => checkReference(path, name, scope));
  }
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => checkReferences(`${path}[${index}]`, each, scope));
  }
  return isMapping(value) ? Object.entries(value).flatMap(([key, each]) => checkReferences(`${path}.${key}`, each, scope)) : [];
}

function checkReference(path: string, reference: string, scope: Scope): Violation[] {
  const wrong = (expected: string): Violation[] => [{ path, what: `'{{ ${reference} }}' refers to nothing`, expected }];
  if (VARIABLE.test(reference)) {
    return scope.variables.has(reference) ? [] : wrong(oneOf('a declared parameter or constant', [...scope.variables]));
  }
  const stored = STORED.exec(reference);
  if (stored) {
    const holder = stored[1]?.trim();
    if (holder?.startsWith('aws:ssm:')) return wrong('the name of a parameter, or of a variable that holds one');
    return holder === undefined ? [] : checkReference(path, holder, scope);
  }
  const loop = LOOP.exec(reference);
  if (loop) {
    return scope.loop && (loop[1] === 'loop' || loop[1] === scope.loop.name) ? [] : wrong('the loop of this step');
  }
  const chain = CHAIN.exec(reference);
  if (!chain) {
    return wrong('phase.step.inputs.name, phase.step.outputs.name or a variable; a script with braces of its own is to be downloaded, not written here');
  }
  const [, phase, step, side, member] = chain;
  const action = scope.earlier.get(`${phase}.${step}`);
  if (action === undefined) {
    return wrong(oneOf('a step that ran before on the same instance', [...scope.earlier.keys()]));
  }
  return checkMember(action, side!, member!) ? [] : wrong(`${side} of ${action}`);
}

function checkMember(action: string, side: string, member: string): boolean {
  const known = modules[action];
  return known === undefined || (side === 'outputs' ? known.outputs.includes(member) : Object.hasOwn(known.fields, member) || action === 'Assert');
}

const oneOf = (what: string, names: string[]): string => (names.length === 0 ? `${what}, and there is none` : `${what}: ${names.join(', ')}`);
