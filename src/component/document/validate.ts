import { parseText } from './parse';
import { checkPhases } from './phases';
import { platformOf } from './platform-of';
import { checkFields, isMapping } from './shape';
import { checkVariables } from './variables';
import { shown, type Violation } from './violation';
import { Platform } from '../../image/platform';

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
  return [...examineDocument(text, platform).violations];
}

/** What is wrong with a document, on the platform that its modules tell where none is given. */
export function examineDocument(text: string, platform?: Platform): { readonly platform: Platform; readonly violations: readonly Violation[] } {
  const parsed = parseText(text);
  if (!('locate' in parsed)) {
    return { platform: platform ?? Platform.LINUX, violations: [parsed] };
  }
  const on = platform ?? platformOf(parsed.value) ?? Platform.LINUX;
  return { platform: on, violations: checkDocument(parsed.value, on).map(parsed.locate) };
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
