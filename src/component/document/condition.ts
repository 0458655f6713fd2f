import { isMapping, type Mapping } from './shape';
import { shown, type Violation } from './violation';

// Image Builder user guide, "Comparison operators" and "Logical operators".
const ALONE = ['stringIsEmpty', 'stringIsWhitespace', 'binaryExists', 'fileExists', 'folderExists'];
const WITH_VALUE = [
  'stringEquals', 'stringLessThan', 'stringLessThanEquals', 'stringGreaterThan', 'stringGreaterThanEquals', 'patternMatches',
  'numberEquals', 'numberLessThan', 'numberLessThanEquals', 'numberGreaterThan', 'numberGreaterThanEquals',
];
const WITH_PATH = ['fileMD5Equals', 'fileSHA1Equals', 'fileSHA256Equals', 'fileSHA512Equals'];
const LOGICAL = ['and', 'or', 'not'];
const OPERATORS = [...ALONE, ...WITH_VALUE, ...WITH_PATH, ...LOGICAL];
const OUTCOMES = ['Abort', 'Execute', 'Skip'];
/** "Conditional expressions support a maximum nesting depth of 4 levels." */
const MAX_DEPTH = 4;

/** A step's `if`: a comparison with what to do. */
export function checkIf(path: string, value: unknown): Violation[] {
  if (!isMapping(value)) {
    return [{ path, what: `it is ${shown(value)}`, expected: 'a map with one comparison' }];
  }
  const { then, else: otherwise, ...condition } = value;
  const outcomes = Object.entries({ then, else: otherwise })
    .filter(([, outcome]) => outcome !== undefined && !OUTCOMES.includes(String(outcome)))
    .map(([key, outcome]) => ({ path: `${path}.${key}`, what: `it is ${shown(outcome)}`, expected: `one of ${OUTCOMES.join(', ')}` }));
  return [...outcomes, ...checkCondition(path, condition)];
}

/** A comparison, or `and`, `or`, `not` of comparisons. */
export function checkCondition(path: string, value: unknown, depth = 1): Violation[] {
  if (!isMapping(value)) {
    return [{ path, what: `it is ${shown(value)}`, expected: 'a map with one comparison' }];
  }
  const operators = Object.keys(value).filter((key) => OPERATORS.includes(key));
  const operator = operators[0];
  if (operators.length !== 1 || operator === undefined) {
    const what = operators.length > 1 ? `it has ${operators.join(' and ')}` : `it has ${Object.keys(value).map(shown).join(', ') || 'nothing'}`;
    return [{ path, what, expected: `exactly one of ${OPERATORS.join(', ')}` }];
  }
  return LOGICAL.includes(operator) ? checkLogical(path, operator, value, depth) : checkOperands(path, operator, value);
}

function checkLogical(path: string, operator: string, value: Mapping, depth: number): Violation[] {
  const operands = operator === 'not' && isMapping(value[operator]) ? [value[operator]] : value[operator];
  if (!Array.isArray(operands) || operands.length === 0) {
    return [{ path: `${path}.${operator}`, what: `it is ${shown(value[operator])}`, expected: 'a list of comparisons' }];
  }
  if (depth > MAX_DEPTH) {
    return [{ path: `${path}.${operator}`, what: `it is nested ${depth} deep`, expected: `at most ${MAX_DEPTH} levels` }];
  }
  return operands.flatMap((each, index) => checkCondition(`${path}.${operator}[${index}]`, each, depth + 1));
}

function checkOperands(path: string, operator: string, value: Mapping): Violation[] {
  const second = WITH_VALUE.includes(operator) ? 'value' : WITH_PATH.includes(operator) ? 'path' : undefined;
  const unknown = Object.keys(value).filter((key) => key !== operator && key !== second)
    .map((key) => ({ path: `${path}.${key}`, what: `'${key}' is not known here`, expected: second ? `${operator} and ${second}` : `${operator} alone` }));
  const missing = second !== undefined && value[second] === undefined
    ? [{ path: `${path}.${second}`, what: 'it is missing', expected: `what ${operator} is compared with` }]
    : [];
  return [...unknown, ...missing];
}
