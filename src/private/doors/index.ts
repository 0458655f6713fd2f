import { Construct } from 'constructs';
import { CLASSES, FUNCTIONS } from './api.generated';
import { problemOf } from './check';
import { parametersOf, type Parameter } from './signature';
import { InvalidInputError, type Problem } from '../errors';
import { isMarked, isObject, mark } from '../kinds';

type Callable = (this: unknown, ...args: unknown[]) => unknown;
type Members = Record<string, unknown>;

// Whoever imports a module of the library alone, as its own tests do, comes through no door.
let installed = false;

/**
 * Puts a check before every public function: what it takes is held to the table that is made of the public API. TypeScript refuses most of that when
 * it compiles; plain JavaScript has nobody else who does.
 */
export function installDoors(exported: object): void {
  installed = true;
  for (const [name, value] of Object.entries(exported)) {
    if (typeof value === 'function' && name in CLASSES) { mark(value.prototype as object, name); }
  }
  for (const door of Object.keys(FUNCTIONS).filter((name) => !name.startsWith('new '))) {
    const [, owner, separator, method] = /^(\w+)([.#])(\w+)$/.exec(door)!;
    const type = (exported as Record<string, { prototype: Members }>)[owner!]!;
    guard(separator === '#' ? type.prototype : type as unknown as Members, method!, door);
  }
}

/** The door of a constructor, called with its arguments before anything else. */
export function enter(made: string, args: IArguments, target: { readonly prototype: object }): void {
  // A class that the user derived has options of its own, which it hands on.
  if (installed) { checkArguments(`new ${made}`, undefined, [...args], !isMarked(target.prototype)); }
}

function guard(members: Members, method: string, door: string): void {
  const original = members[method] as Callable;
  const guarded: Callable = function (...args) {
    checkArguments(door, this, args, false);
    return original.apply(this, args);
  };
  Object.defineProperty(guarded, 'name', { value: method });
  Object.defineProperty(members, method, { value: guarded, configurable: true, writable: true });
}

function checkArguments(door: string, self: unknown, args: unknown[], derived: boolean): void {
  const parameters = parametersOf(FUNCTIONS[door]!);
  for (const [index, parameter] of parameters.entries()) {
    const values = parameter.rest ? args.slice(index) : [args[index]];
    const last = index === parameters.length - 1 && !parameter.rest;
    values.forEach((value, position) => {
      if (parameter.optional && value === undefined) { return; }
      const problem = problemOf(parameter.type, value, parameter.rest ? `${parameter.name}[${position}]` : parameter.name, { derived, last });
      if (problem) { refuse(placeOf(door, self, args), parameter.rest && Array.isArray(value) ? spread(parameter, problem) : problem); }
    });
  }
}

/** The mark has Node print an error that nobody catches without this line of the library (node_errors.cc, GetErrorSource). */
function refuse(place: string, problem: Problem): never {
  throw new InvalidInputError(place, problem); // node-do-not-add-exception-line
}

const spread = ({ name }: Parameter, problem: Problem): Problem => ({ ...problem, fix: `give them one by one: ...${name}` });

/** The path of the construct that is made or asked; the function, where there is none. */
function placeOf(door: string, self: unknown, [scope, id]: unknown[]): string {
  const name = door.replace(/^new /, '').replace('#', '.');
  if (Construct.isConstruct(self)) { return `${self.node.path}: ${door.split('#')[1]}`; }
  if (!isObject(scope) || !Construct.isConstruct(scope) || !/(?:^new |\.from|\.apply|\.shared)/.test(door)) { return name; }
  const path = [scope.node.path, typeof id === 'string' ? id : ''].filter((part) => part !== '').join('/');
  return path === '' ? name : path;
}
