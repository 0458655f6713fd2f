import fc from 'fast-check';
import { Document, parseDocument, Scalar } from 'yaml';
import { scriptsOf } from '../../../../golden-images/src/components/scripts';

const STYLES = ['BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN'] as const;

/** A document with one step, whose commands are written in these styles. */
function written(commands: readonly (readonly [string, typeof STYLES[number]])[], lineWidth: number): string {
  const scalars = commands.map(([text, type]) => Object.assign(new Scalar(text), { type }));
  const step = { name: 'A', action: 'ExecuteBash', inputs: { commands: scalars } };
  return new Document({ phases: [{ name: 'build', steps: [{ name: 'B', action: 'Reboot' }, step] }] }).toString({ lineWidth });
}

const signs = [...'ab \n"\'\\:#-é😀\t${}[]&!|>%@`,'];
const text = fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 60 }).map((each) => each.join('')).filter((each) => each.trim() !== '');

test('every character that is written as itself is found where it is written, in all styles of YAML', () => {
  let found = 0;
  const list = fc.array(fc.tuple(text, fc.constantFrom(...STYLES)), { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(list, fc.constantFrom(20, 80), (commands, width) => {
    const source = written(commands, width);
    const lines = source.split('\n');
    const read = parseDocument(source);
    // The writer of YAML writes some plain and folded texts so that they are read as something else.
    fc.pre(read.errors.length === 0);
    const texts = read.toJS().phases[0].steps[1].inputs.commands;
    fc.pre(texts.every((each: unknown) => typeof each === 'string'));
    const [script, ...others] = scriptsOf(source);
    expect([script!.text, others]).toEqual([texts.join('\n'), []]);
    for (let offset = 0; offset < script!.text.length; offset += 1) {
      const { line, column } = script!.at(offset);
      if (/\s/.test(script!.text[offset]!)) continue;
      const there = lines[line - 1]?.[column - 1];
      // A low surrogate, and what is escaped, are no characters of the source.
      if (there !== '\\' && !/[\udc00-\udfff]/.test(script!.text[offset]!)) expect(there).toBe(script!.text[offset]);
      found += 1;
    }
  }), { numRuns: process.env.SOAK ? 20_000 : 300 });
  expect(found).toBeGreaterThan(2_000);
});

describe('the place of a fault', () => {
  const at = (source: string, what: string): string => {
    const [script] = scriptsOf(source);
    const { path, line, column } = script!.at(script!.text.indexOf(what));
    return `${path} ${line}:${column}`;
  };
  const HEAD = 'phases:\n  - name: build\n    steps:\n      - name: A\n        action: ExecuteBash\n        inputs:\n          commands:\n';

  test.each<[string, string, string]>([
    ['a literal block', '            - set -e\n            - |\n              one\n                two\n\n              HERE\n', '[1] 13:15'],
    ['a literal block with an indent of its own', '            - |2-\n                one\n              HERE\n', '[0] 10:15'],
    ['a folded block', '            - >-\n              one\n              two\n              HERE three\n', '[0] 11:15'],
    ['double quotes over lines', '            - "one \\"two\\" \\u00e9 \\\n               three\\nfour HERE"\n', '[0] 9:28'],
    ['single quotes', "            - 'it''s ''HERE'\n", '[0] 8:24'],
    ['a plain text over lines', '            - one\n              two HERE\n', '[0] 9:19'],
    ['a list in one line', '            [one, "two", HERE]\n', '[2] 8:26'],
    ['an alias, where the text is', '            - &text |\n              HERE\n', '[0] 9:15'],
  ])('in %s', (_, commands, place) => {
    expect(at(`${HEAD}${commands}`, 'HERE')).toBe(`phases[0].steps[0].inputs.commands${place}`);
  });

  test('in JSON', () => {
    const source = JSON.stringify({ phases: [{ name: 'build', steps: [{ name: 'A', action: 'ExecuteBash', inputs: { commands: ['one\n\ttwo', 'a "b" HERE'] } }] }] }, null, 2);
    const line = source.split('\n').findIndex((each) => each.includes('HERE')) + 1;
    expect(at(source, 'HERE')).toBe(`phases[0].steps[0].inputs.commands[1] ${line}:${source.split('\n')[line - 1]!.indexOf('HERE') + 1}`);
  });

  test('with line breaks of Windows', () => {
    expect(at(`${HEAD}            - |\n              one\n              HERE\n`.replace(/\n/g, '\r\n'), 'HERE')).toBe('phases[0].steps[0].inputs.commands[0] 10:15');
  });

  test('at the end of a text, after its last character', () => {
    const [script] = scriptsOf(`${HEAD}            - |\n              if a; then\n                b\n\n\n`);
    expect(script!.at(script!.text.length)).toEqual({ path: 'phases[0].steps[0].inputs.commands[0]', line: 10, column: 18 });
  });
});
