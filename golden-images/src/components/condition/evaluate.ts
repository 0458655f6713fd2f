import { compareNumbers, compareStrings, matches } from './compare';
import type { Mapping } from '../../../../src/component/document';

export type HashAlgorithm = 'MD5' | 'SHA1' | 'SHA256' | 'SHA512';

/** What conditions ask a machine. An answer may be unknown where nothing is run. */
export interface Probe {
  file(path: string): boolean | undefined;
  folder(path: string): boolean | undefined;
  /** Whether the program is on the path. */
  binary(name: string): boolean | undefined;
  /** In hexadecimal digits; undefined where there is no such file, null where it is unknown. */
  hash(path: string, algorithm: HashAlgorithm): string | undefined | null;
}

/** Evaluates a comparison whose references are resolved. Undefined: it depends on what is unknown. */
export function evaluate(comparison: Mapping, probe: Probe): boolean | undefined {
  const operator = Object.keys(comparison).find((key) => key !== 'value' && key !== 'path')!;
  const operand = comparison[operator];
  switch (operator) {
    case 'and': return all((operand as Mapping[]).map((each) => () => evaluate(each, probe)));
    case 'or': return negated(all((operand as Mapping[]).map((each) => () => negated(evaluate(each, probe)))));
    case 'not': return negated(evaluate((Array.isArray(operand) ? operand[0] : operand) as Mapping, probe));
    case 'fileExists': return probe.file(String(operand));
    case 'folderExists': return probe.folder(String(operand));
    case 'binaryExists': return probe.binary(String(operand));
    default: return compare(operator, operand, comparison, probe);
  }
}

function compare(operator: string, operand: unknown, { value, path }: Mapping, probe: Probe): boolean | undefined {
  if (operator === 'stringIsEmpty') return text(operand) === '';
  if (operator === 'stringIsWhitespace') return /^\s+$/.test(text(operand));
  if (operator === 'patternMatches') return matches(text(operand), text(value));
  if (operator.startsWith('string')) return compareStrings(operator.slice('string'.length), text(value), text(operand));
  if (operator.startsWith('number')) return compareNumbers(operator.slice('number'.length), text(value), text(operand));
  const hash = probe.hash(text(path), /^file(.*)Equals$/.exec(operator)![1] as HashAlgorithm);
  return hash === null ? undefined : hash?.toLowerCase() === text(operand).toLowerCase();
}

/** Kleene's logic: what is false for certain stays false, whatever is unknown. Evaluation stops at the first false. */
function all(conditions: ReadonlyArray<() => boolean | undefined>): boolean | undefined {
  let result: boolean | undefined = true;
  for (const condition of conditions) {
    const holds = condition();
    if (holds === false) return false;
    if (holds === undefined) result = undefined;
  }
  return result;
}

const negated = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);
const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
