import fc from 'fast-check';
import { lintSources } from '../../golden-images/src/components/lint';
import { referencesIn, replaceReferences } from '../../src/component/document';
import { bash, build } from '../golden-images/components/documents';

const lint = (text: string) => lintSources({ sources: [{ file: 'component.yml', text }], passedOver: [], notices: [] });

/** As it was found before; right, but slow. */
const REFERENCE = /\{\{\s*(.*?)\s*\}\}/gs;

/** Characters of a text that were asked for on the way to its references. */
function looked(text: string): number {
  const find = String.prototype.indexOf;
  let count = 0;
  const spy = jest.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, what: string, from = 0) {
    const at = find.call(this, what, from);
    count += (at === -1 ? this.length : at + what.length) - from;
    return at;
  });
  try {
    [...referencesIn(text)].map(({ name }) => name);
  } finally {
    spy.mockRestore();
  }
  return count;
}

describe('references', () => {
  test('are those that they were', () => {
    const piece = fc.constantFrom('{{', '}}', '{', '}', ' ', '\n', 'a', 'b.c', '\u00a0');
    fc.assert(fc.property(fc.array(piece, { maxLength: 24 }).map((all) => all.join('')), (text) => {
      expect([...referencesIn(text)].map(({ name, start, end }) => [name, start, end]))
        .toEqual([...text.matchAll(REFERENCE)].map((match) => [match[1], match.index, match.index + match[0].length]));
      expect(replaceReferences(text, (name, whole) => `<${name}|${whole}>`)).toBe(text.replace(REFERENCE, (whole, name: string) => `<${name}|${whole}>`));
    }));
  });

  test.each(['{{ ', '{{', '{{ a }} ', '{{{', '}} ', '{{ a }'])('braces that are never closed are looked at once, as others are: %p', (unit) => {
    const [once, twice] = [1000, 2000].map((times) => looked(unit.repeat(times)));
    expect(once).toBeGreaterThan(0);
    expect(twice).toBeLessThanOrEqual(2 * once! + unit.length);
    expect(once).toBeLessThanOrEqual(3 * unit.length * 1000);
  });
});

test('a document that is larger than Image Builder takes is not read', () => {
  const { files } = lint(build(bash('A', '{{ '.repeat(50_000))));
  expect(files[0]!.violations).toMatchObject([{ path: 'the document', what: expect.stringMatching(/^it has 1\d{5} bytes$/), expected: expect.stringContaining('at most 65536') }]);
});

test('a script whose parts are nested too deeply for the parser is a notice', () => {
  const { notices } = lint(build(bash('A', '"$('.repeat(8_000))));
  expect(notices).toEqual(["the script of step 'A' in phase 'build' was not checked: its parts are nested too deeply"]);
});

test('a parameter whose name stands in a parameter is refused, however deeply', () => {
  const { files } = lint(build(bash('A', `{{ ${'aws:ssm:resolve('.repeat(500)}a${')'.repeat(500)} }}`)));
  expect(files[0]!.violations[0]!.expected).toBe('the name of a parameter, or of a variable that holds one');
});
