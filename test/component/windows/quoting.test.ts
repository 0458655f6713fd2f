import * as fc from 'fast-check';
import { powershellQuoted } from '../../../src/component/step/quoting';
import { windowsArgument } from '../../../src/component/windows/command-line';

const parameters = process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 300 };
const text = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '`', '‘', '’', '‚', '‛', '“', 'ü', '𝒳', '\n', '{', ';') });

test('a text becomes pure ASCII: that its value stays is shown by PowerShell itself, in test/powershell', () => {
  fc.assert(fc.property(text, (each) => {
    const expression = powershellQuoted(each);
    expect(expression).toMatch(/^(?:'(?:[^'\u0080-\uffff]|'')*'|\('(?:[^']|'')*'(?: \+ (?:'(?:[^']|'')*'|\[char\]0x[0-9A-F]{4}))+\))$/);
  }), parameters);
});

test.each([
  ['plain', "'plain'"], ["it's", "'it''s'"], ['$x `n', "'$x `n'"], ['', "''"], ['’', "('' + [char]0x2019)"], ['aéb', "('a' + [char]0x00E9 + 'b')"],
])('%s', (each, expected) => {
  expect(powershellQuoted(each)).toBe(expected);
});

test.each([['a', 'a'], ['', '""'], ['a b', '"a b"'], ['a b\\', '"a b\\\\"'], ['say "a"', '"say \\"a\\""'], ['C:\\a\\', 'C:\\a\\']])('%s as an argument', (each, expected) => {
  expect(windowsArgument(each)).toBe(expected);
});
