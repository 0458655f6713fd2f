import fc from 'fast-check';
import { jsonTemplate } from './arbitrary';
import { comparable } from './comparable';
import { printed } from './print';
import type { Template } from '../../../src/packer/template/model';
import { readTemplate } from '../../../src/packer/template/read';
import { fixture, HCL_FIXTURES, JSON_FIXTURES } from '../helpers/fixtures';
import { readText } from '../helpers/read-text';

const runs = process.env.SOAK ? { numRuns: 20_000 } : { seed: 42, numRuns: 400 };
const again = (template: Template): Template => readText('again.pkr.hcl', printed(template));

describe('parse → render → parse is the identity', () => {
  test('whatever stands in templates of JSON, of what the table calls mapped', () => {
    fc.assert(fc.property(jsonTemplate, (template) => {
      const read = readText('template.json', JSON.stringify(template));
      expect(comparable(again(read))).toEqual(comparable(read));
    }), runs);
  }, 3_600_000);

  test('printing what was printed changes nothing', () => {
    fc.assert(fc.property(jsonTemplate, (template) => {
      const text = printed(again(readText('template.json', JSON.stringify(template))));
      expect(printed(readText('again.pkr.hcl', text))).toBe(text);
    }), { ...runs, numRuns: runs.numRuns / 4 });
  }, 3_600_000);

  test.each([...JSON_FIXTURES, ...HCL_FIXTURES, 'folder'])('fixture %s', (name) => {
    const read = readTemplate(fixture(name), { environment: { IMAGE_OWNER: 'web team' } });
    expect(comparable(again(read))).toEqual(comparable(read));
  });
});
