import { parseDocument } from 'yaml';
import { checkPhases } from './phases';
import { checkFields, isMapping } from './shape';
import { checkVariables } from './variables';
import { shown, type Violation } from './violation';
import type { Platform } from '../../image/platform';

const fields = {
  name: { kind: 'string' },
  description: { kind: 'string' },
  schemaVersion: { kind: 'string', required: true, values: ['1', '1.0'] },
  parameters: { kind: 'any' },
  constants: { kind: 'any' },
  phases: { kind: 'any' },
} as const;

/**
 * What is wrong with a component document. No other tool checks it before a build: the service does so when the component is
 * created, in part, and the instance when it runs it.
 */
export function validateDocument(text: string, platform: Platform): Violation[] {
  const parsed = parseDocument(text, { logLevel: 'error' });
  const fault = parsed.errors[0];
  if (fault !== undefined) {
    const [line = 0, column = 0] = [fault.linePos?.[0].line, fault.linePos?.[0].col];
    return [{ path: `line ${line}, column ${column}`, what: fault.message.split(/ at line |\n/)[0]!, expected: 'YAML' }];
  }
  let document: unknown;
  try {
    document = parsed.toJS();
  } catch (error) {
    // Aliases are resolved late; too many of them are an attack or an accident.
    return [{ path: 'the document', what: (error as Error).message, expected: 'YAML' }];
  }
  return checkDocument(document, platform);
}

function checkDocument(document: unknown, platform: Platform): Violation[] {
  if (!isMapping(document)) {
    return [{ path: 'the document', what: `it is ${shown(document)}`, expected: `a map with ${Object.keys(fields).join(', ')}` }];
  }
  const { names, violations } = checkVariables(document);
  return [
    ...checkFields('', document, fields).map((each) => ({ ...each, path: each.path.replace(/^\./, '') })),
    ...violations,
    ...checkPhases(document.phases, names, platform),
  ];
}
