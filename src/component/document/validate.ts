import { parseText } from './parse';
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
  const parsed = parseText(text);
  return 'locate' in parsed ? checkDocument(parsed.value, platform).map(parsed.locate) : [parsed];
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
