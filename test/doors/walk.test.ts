import { CONSTRUCTS, image, options, sample, stack } from './samples';
import * as lib from '../../src';
import { CLASSES, FUNCTIONS, STRUCTS } from '../../src/private/doors/api.generated';
import { parametersOf, type Parameter } from '../../src/private/doors/signature';

// Stacks are not looked at here, and making thousands takes long.
beforeAll(() => { process.env.CDK_DEBUG = 'true'; });
afterAll(() => { delete process.env.CDK_DEBUG; });

type Callable = (...args: unknown[]) => unknown;
type Class = Record<string, Callable> & { prototype: Record<string, Callable> } & (new (...args: unknown[]) => unknown);
const api = lib as unknown as Record<string, Class>;

/** What nothing takes, besides what is of another type by chance. */
const WRONG: readonly [string, unknown][] = [
  ['undefined', undefined], ['null', null], ['a number', 42], ['a string', 'nonsense-nobody-knows'], ['a boolean', true], ['a function', () => 1],
  ['a list', [Symbol('x')]], ['an empty object', {}], ['a class', lib.Step], ['NaN', NaN],
];

/** Whether a value of that name may be of a type. */
function mayBe(type: string, name: string, optional: boolean): boolean {
  if (type === 'any') { return true; }
  const fitting: Record<string, string[]> = { string: ['a string'], number: ['a number'], boolean: ['a boolean'] };
  if (name === 'undefined') { return optional; }
  if (name === 'an empty object' && (type.startsWith('{') || type === 'SubnetSelection')) { return true; }
  if (name === 'an empty object' && type in STRUCTS) { return parametersOf(STRUCTS[type]!).every((each) => each.optional); }
  return fitting[type]?.includes(name) ?? false;
}

/** Calls a public function as plain JavaScript does. */
function call(door: string, args: unknown[]): void {
  const [, made, owner, separator, method] = /^(?:new (\w+)|(\w+)([.#])(\w+))$/.exec(door)!;
  if (made !== undefined) {
    new api[made]!(...args);
  } else if (separator === '.') {
    api[owner!]![method!]!(...args);
  } else {
    api[owner!]!.prototype[method!]!.call(CONSTRUCTS[owner!] ?? Object.create(api[owner!]!.prototype), ...args);
  }
}

function refusal(door: string, args: unknown[]): Error {
  try {
    call(door, args);
  } catch (error) {
    return error as Error;
  }
  return new Error(`${door} took it`);
}

const SHAPE = /^\S.*: .+; expected .+; .+[^.]$/s;

function expectRefusal(door: string, args: unknown[], what: string): void {
  const { name, message } = refusal(door, args);
  expect(`${what}: ${name}: ${message}`).toMatch(/: InvalidInputError: /);
  expect(message).toMatch(SHAPE);
  expect(message).not.toMatch(/\[object |\$\{Token|undefined is/);
}

const idOf = (() => { let made = 0; return () => `Id${++made}`; })();
const good = ({ name, type }: Parameter): unknown => (name === 'id' ? idOf() : sample(type));
const doors = Object.keys(FUNCTIONS);
const parameters = (door: string) => parametersOf(FUNCTIONS[door]!);

describe('every public function', () => {
  test('is one that the package exports', () => {
    for (const door of doors) {
      const [, made, owner, separator, method] = /^(?:new (\w+)|(\w+)([.#])(\w+))$/.exec(door)!;
      expect(typeof (made ? api[made] : separator === '.' ? api[owner!]![method!] : api[owner!]!.prototype[method!])).toBe('function');
    }
    expect(doors.length).toBeGreaterThan(200);
  });

  test.each(doors)('%s refuses what is of another kind, each argument in turn', (door) => {
    parameters(door).forEach((parameter, index) => {
      for (const [name, value] of WRONG.filter(([each]) => !mayBe(parameter.type, each, parameter.optional || parameter.rest))) {
        const args = parameters(door).map((each, position) => (position === index ? value : good(each)));
        expectRefusal(door, args, `${parameter.name} is ${name}`);
      }
    });
  });

  test.each(doors)('%s refuses options with a key that is not one, without one that it needs, and with one of another kind', (door) => {
    parameters(door).forEach((parameter, index) => {
      if (!(parameter.type in STRUCTS)) { return; }
      const withOptions = (given: unknown) => parameters(door).map((each, position) => (position === index ? given : good(each)));
      expectRefusal(door, withOptions({ ...options(parameter.type), nobodyKnowsThis: 1 }), 'an unknown key');
      for (const key of parametersOf(STRUCTS[parameter.type]!)) {
        if (!key.optional) { expectRefusal(door, withOptions({ ...options(parameter.type), [key.name]: undefined }), `without ${key.name}`); }
        for (const [name, value] of WRONG.filter(([each]) => !mayBe(key.type, each, key.optional))) {
          expectRefusal(door, withOptions({ ...options(parameter.type), [key.name]: value }), `${key.name} is ${name}`);
        }
      }
    });
  });

  test('called as JavaScript may call it, throws no error of JavaScript itself', () => {
    for (const [owner, type] of Object.entries(api).filter(([name]) => name in CLASSES)) {
      for (const method of Object.getOwnPropertyNames(type).filter((name) => !name.startsWith('_') && typeof type[name] === 'function' && name !== 'prototype')) {
        for (const [name, value] of WRONG) {
          const error = refusal(`${owner}.${method}`, [value, value, value]);
          expect(`${owner}.${method}(${name}): ${error.name}: ${error.message}`).not.toMatch(/TypeError|RangeError|ReferenceError/);
        }
      }
    }
  });
});

describe('a value that a public function makes', () => {
  const factories = Object.entries(CLASSES).flatMap(([owner, names]) => names.map((name) => [owner, name] as const))
    // The one reads a file when it is called, the other its version.
    .filter(([owner]) => !['PackerTemplate', 'OperatingSystemVersion'].includes(owner));

  test.each(factories)('%s.%s is of its class', (owner, method) => {
    const args = parametersOf(FUNCTIONS[`${owner}.${method}`] ?? '').map((parameter) => good(parameter));
    expect(api[owner]![method]!(...args)).toBeInstanceOf(api[owner]);
  });
});

test('what stands in the samples is taken', () => {
  expect(stack.node.tryFindChild('Base')).toBe(image);
});
