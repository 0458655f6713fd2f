import { checkFields, isMapping } from './shape';
import { shown, type Violation } from './violation';

const DELIMITERS = ['.', ',', ';', ':', '\n', '\t', ' ', '-', '_'];

/** A step's `loop` (Image Builder user guide, "Looping constructs"). */
export function checkLoop(path: string, value: unknown): Violation[] {
  const violations = checkFields(path, value, { name: { kind: 'string' }, for: { kind: 'mapping' }, forEach: { kind: 'any' } });
  if (!isMapping(value) || violations.length > 0) {
    return violations;
  }
  if ((value.for === undefined) === (value.forEach === undefined)) {
    return [{ path, what: `it has ${value.for === undefined ? 'neither' : 'both'}`, expected: 'for or forEach, and not both' }];
  }
  return value.for !== undefined ? checkFor(`${path}.for`, value.for) : checkForEach(`${path}.forEach`, value.forEach);
}

function checkFor(path: string, value: unknown): Violation[] {
  const whole = { kind: 'integer', required: true } as const;
  const violations = checkFields(path, value, { start: whole, end: whole, updateBy: whole });
  if (violations.length > 0 || !isMapping(value)) {
    return violations;
  }
  const [start, end, step] = [Number(value.start), Number(value.end), Number(value.updateBy)];
  return [start, end, step].some(Number.isNaN) || step === 0 || (end - start) * step < 0
    ? [{ path, what: `it goes from ${shown(value.start)} to ${shown(value.end)} by ${shown(value.updateBy)}`, expected: 'numbers that come to an end' }]
    : [];
}

function checkForEach(path: string, value: unknown): Violation[] {
  if (!isMapping(value)) {
    const valid = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each !== 'object');
    return valid ? [] : [{ path, what: `it is ${shown(value)}`, expected: 'a list of texts, or a map with list and delimiter' }];
  }
  const violations = checkFields(path, value, { list: { kind: 'string', required: true }, delimiter: { kind: 'string' } });
  return violations.length === 0 && value.delimiter !== undefined && !DELIMITERS.includes(String(value.delimiter))
    ? [{ path: `${path}.delimiter`, what: `it is ${shown(value.delimiter)}`, expected: 'one of . , ; : - _ space, tab, new line' }]
    : violations;
}
