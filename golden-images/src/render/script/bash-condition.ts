import type { Values } from './language';
import type { Mapping } from '../../../../src/component/document';

const ORDERS: Readonly<Record<string, string>> = { Equals: '==', LessThan: '<', LessThanEquals: '<=', GreaterThan: '>', GreaterThanEquals: '>=' };
const DIGESTS: Readonly<Record<string, string>> = { fileMD5Equals: 'md5sum', fileSHA1Equals: 'sha1sum', fileSHA256Equals: 'sha256sum', fileSHA512Equals: 'sha512sum' };

/** A comparison as a command, which succeeds where it holds. */
export function bashCondition(comparison: Mapping, values: Values): string {
  const operator = Object.keys(comparison).find((key) => key !== 'value' && key !== 'path')!;
  const operand = comparison[operator];
  const { word } = values;
  const nested = (each: unknown): string => bashCondition(each as Mapping, values);
  switch (operator) {
    case 'and': return `{ ${(operand as unknown[]).map(nested).join(' && ')}; }`;
    case 'or': return `{ ${(operand as unknown[]).map(nested).join(' || ')}; }`;
    case 'not': return `{ ! ${nested(Array.isArray(operand) ? operand[0] : operand)}; }`;
    case 'fileExists': return `[ -f ${word(operand)} ]`;
    case 'folderExists': return `[ -d ${word(operand)} ]`;
    case 'binaryExists': return `command -v ${word(operand)} >/dev/null`;
    case 'stringIsEmpty': return `[ -z ${word(operand)} ]`;
    case 'stringIsWhitespace': return `[[ ${word(operand)} =~ ^[[:space:]]+$ ]]`;
    case 'patternMatches': return `printf %s ${word(comparison.value)} | grep -Pqz -- ${word(operand)}`;
    default: return compare(operator, word(operand), comparison, values);
  }
}

function compare(operator: string, operand: string, { value, path }: Mapping, { word }: Values): string {
  const digest = DIGESTS[operator];
  if (digest !== undefined) return `[ "$(${digest} ${word(path)} 2>/dev/null | cut -d ' ' -f 1)" = "$(printf %s ${operand} | tr A-F a-f)" ]`;
  const [, kind, order] = /^(string|number)(.*)$/.exec(operator)!;
  // Texts are compared without case; what is no number compares as false.
  const sides = kind === 'string'
    ? `tolower(ARGV[1]) "" ${ORDERS[order!]} tolower(ARGV[2]) ""`
    : `ARGV[1] ~ n && ARGV[2] ~ n && ARGV[1] + 0 ${ORDERS[order!]} ARGV[2] + 0`;
  const number = kind === 'string' ? '' : 'n = "^[ ]*[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?[ ]*$"; ';
  return `LC_ALL=C awk 'BEGIN { ${number}exit !(${sides}) }' ${word(value)} ${operand}`;
}
