import type { Values } from './language';
import type { Mapping } from '../../../../src/component/document';

const ORDERS: Readonly<Record<string, string>> = { Equals: 'eq', LessThan: 'lt', LessThanEquals: 'le', GreaterThan: 'gt', GreaterThanEquals: 'ge' };

/** A comparison as an expression. */
export function powershellCondition(comparison: Mapping, values: Values): string {
  const operator = Object.keys(comparison).find((key) => key !== 'value' && key !== 'path')!;
  const operand = comparison[operator];
  const { word } = values;
  const nested = (each: unknown): string => `(${powershellCondition(each as Mapping, values)})`;
  switch (operator) {
    case 'and': return (operand as unknown[]).map(nested).join(' -and ');
    case 'or': return (operand as unknown[]).map(nested).join(' -or ');
    case 'not': return `-not ${nested(Array.isArray(operand) ? operand[0] : operand)}`;
    case 'fileExists': return `Test-Path -LiteralPath ${word(operand)} -PathType Leaf`;
    case 'folderExists': return `Test-Path -LiteralPath ${word(operand)} -PathType Container`;
    case 'binaryExists': return `$null -ne (Get-Command ${word(operand)} -CommandType Application -ErrorAction SilentlyContinue)`;
    case 'stringIsEmpty': return `${word(operand)} -eq ''`;
    case 'stringIsWhitespace': return `${word(operand)} -match '^\\s+\\z'`;
    case 'patternMatches': return `${word(comparison.value)} -cmatch ${word(operand)}`;
    default: return compare(operator, word(operand), comparison, values);
  }
}

function compare(operator: string, operand: string, { value, path }: Mapping, { word }: Values): string {
  const [, algorithm] = /^file(.*)Equals$/.exec(operator) ?? [];
  if (algorithm !== undefined) {
    return `(Test-Path -LiteralPath ${word(path)} -PathType Leaf) -and (Get-FileHash -LiteralPath ${word(path)} -Algorithm ${algorithm}).Hash -eq ${operand}`;
  }
  const [, kind, order] = /^(string|number)(.*)$/.exec(operator)!;
  // Texts are compared without case, by the codes of their letters; what is no number compares as false.
  return kind === 'string'
    ? `[string]::CompareOrdinal(${word(value)}.ToLowerInvariant(), ${operand}.ToLowerInvariant()) -${ORDERS[order!]} 0`
    : `($null -ne (${word(value)} -as [double])) -and ($null -ne (${operand} -as [double])) -and ([double]${word(value)} -${ORDERS[order!]} [double]${operand})`;
}
