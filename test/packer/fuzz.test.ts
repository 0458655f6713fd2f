import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixture, HCL_FIXTURES, JSON_FIXTURES } from './helpers/fixtures';
import { mutate, randomFrom } from './helpers/mutate';
import { TemplateError } from '../../src/packer/template/error';
import { readTemplate } from '../../src/packer/template/read';

/** With SOAK, 100,000 mutants of a seed of the day; otherwise some thousands that are always the same. */
const MUTANTS = process.env.SOAK ? 100_000 : 4_000;
const SEED = process.env.SOAK ? Date.now() : 42;
/** Far above what a read takes, and far below what people call hanging; for a machine that does other things, too. */
const LONGEST_MILLISECONDS = 4_000;

describe('mutated templates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packer-fuzz-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([['json', JSON_FIXTURES], ['pkr.hcl', HCL_FIXTURES]])('%s: read, or refused by TemplateError, in time', (ending, names) => {
    const originals = names.map((name) => readFileSync(fixture(name)));
    const random = randomFrom(SEED);
    const pick = () => originals[Math.floor(random() * originals.length)]!;
    const path = join(folder, `template.${ending}`);
    let read = 0;
    for (let count = 0; count < MUTANTS / 2; count++) {
      writeFileSync(path, mutate(pick(), pick(), random));
      const start = performance.now();
      const accepted = reads(path);
      const took = performance.now() - start;
      if (took > LONGEST_MILLISECONDS) throw new Error(`seed ${SEED}, mutant ${count} took ${took} ms:\n${readFileSync(path, 'utf8')}`);
      if (accepted) read += 1;
    }
    // Neither all nor none: otherwise the mutants are of no use.
    expect(read).toBeGreaterThan(MUTANTS / 200);
    expect(read).toBeLessThan(MUTANTS * 0.45);
  }, 1_800_000);
});

/** Whether a template is accepted; anything but a located TemplateError is thrown, with the template. */
function reads(path: string): boolean {
  try {
    const options = { environment: {} };
    const template = readTemplate(path, options);
    if (template.builds.length === 0) throw new Error('a template without builds was read');
    return true;
  } catch (error) {
    if (error instanceof TemplateError && error.at.line > 0 && error.at.column > 0 && error.what !== '' && error.fix !== '') return false;
    throw new Error(`seed ${SEED}: ${(error as Error).stack}\n--- template\n${readFileSync(path, 'utf8')}`);
  }
}
