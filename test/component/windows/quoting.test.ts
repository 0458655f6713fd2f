import * as fc from 'fast-check';
import { powershellQuoted } from '../../../src/component/step/quoting';
import { windowsArgument } from '../../../src/component/windows/command-line';

const parameters = process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 300 };
const text = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '`', '‘', '’', '‚', '‛', '“', 'ü', '𝒳', '\n', '{', ';') });

/** What PowerShell makes of the expression: texts between single quotes, and characters by their number. */
const valueOf = (expression: string): string => [...expression.matchAll(/'((?:[^']|'')*)'|\[char\]0x([0-9A-F]{4})/g)]
  .map(([, literal, code]) => (code === undefined ? literal!.replace(/''/g, "'") : String.fromCharCode(parseInt(code, 16)))).join('');

/** What a C program gets of a command line with one argument. */
function argumentOf(line: string): string {
  const quoted = line.startsWith('"') ? line.slice(1, -1) : line;
  return quoted.replace(/(\\+)("?)$|(\\+)"/g, (_, end, quote, inner) => (inner === undefined
    ? (line.startsWith('"') ? end.slice(0, end.length / 2) : end) + quote
    : inner.slice(0, (inner.length - 1) / 2) + '"'));
}

test('a text keeps its value in PowerShell, in pure ASCII', () => {
  fc.assert(fc.property(text, (each) => {
    const expression = powershellQuoted(each);
    expect(valueOf(expression)).toBe(each);
    expect(expression).toMatch(/^(?:'(?:[^'\u0080-\uffff]|'')*'|\('(?:[^']|'')*'(?: \+ (?:'(?:[^']|'')*'|\[char\]0x[0-9A-F]{4}))+\))$/);
  }), parameters);
});

test.each([
  ['plain', "'plain'"], ["it's", "'it''s'"], ['$x `n', "'$x `n'"], ['', "''"], ['’', "('' + [char]0x2019)"], ['aéb', "('a' + [char]0x00E9 + 'b')"],
])('%s', (each, expected) => {
  expect(powershellQuoted(each)).toBe(expected);
});

test('an argument reaches a C program as it was given', () => {
  fc.assert(fc.property(text, (each) => {
    expect(argumentOf(windowsArgument(each))).toBe(each);
  }), parameters);
});

test.each([['a', 'a'], ['', '""'], ['a b', '"a b"'], ['a b\\', '"a b\\\\"'], ['say "a"', '"say \\"a\\""'], ['C:\\a\\', 'C:\\a\\']])('%s as an argument', (each, expected) => {
  expect(windowsArgument(each)).toBe(expected);
});
