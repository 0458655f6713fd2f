import { checkFields, isMapping } from './shape';
import { shown, type Violation } from './violation';

const kind = { kind: 'string', required: true, values: ['string'] } as const;
const sections = {
  parameters: { type: kind, default: { kind: 'string' }, description: { kind: 'string' } },
  constants: { type: kind, value: { kind: 'string', required: true } },
} as const;

/** Names that are declared, with what is wrong about their declarations. */
export interface Variables {
  readonly names: Set<string>;
  readonly violations: Violation[];
}

/** `parameters` and `constants`: lists of maps with one key each. */
export function checkVariables(document: Record<string, unknown>): Variables {
  const names = new Set<string>();
  const violations = Object.entries(sections).flatMap(([section, fields]) => {
    const list = document[section];
    if (list !== undefined && !Array.isArray(list)) {
      return [{ path: section, what: `it is ${shown(list)}`, expected: 'a list of maps with one key each' }];
    }
    return (list as unknown[] ?? []).flatMap((each, index) => checkVariable(`${section}[${index}]`, each, fields, names));
  });
  return { names, violations };
}

function checkVariable(path: string, value: unknown, fields: Parameters<typeof checkFields>[2], names: Set<string>): Violation[] {
  const name = isMapping(value) ? Object.keys(value)[0] : undefined;
  if (!isMapping(value) || name === undefined || Object.keys(value).length !== 1) {
    return [{ path, what: `it is ${shown(value)}`, expected: 'a map with one key, the name' }];
  }
  const invalid = /^[A-Za-z0-9_-]{3,128}$/.test(name) ? [] : [{ path, what: `the name is '${name}'`, expected: '3 to 128 letters, digits, - and _' }];
  const twice = names.has(name) ? [{ path, what: `the name '${name}' is taken`, expected: 'a name once in parameters and constants' }] : [];
  names.add(name);
  return [...invalid, ...twice, ...checkFields(`${path}.${name}`, value[name], fields)];
}
