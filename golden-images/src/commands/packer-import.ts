import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { command } from './command';
import * as forms from './forms';
import { single, UsageError } from './option';
import { readOptions, templateOf, templateOptions } from './packer';
import { importTemplate, TemplateError } from '../packer';

const ENDINGS = { typescript: '.ts', python: '.py' } as const;
type Language = keyof typeof ENDINGS;

/** Writes a template of Packer as a stack. */
export const packerImport = command({
  name: 'packer import',
  summary: 'generate CDK code from a Packer template',
  operands: 'TEMPLATE',
  description: [
    'A file of JSON or HCL2, or a folder of *.pkr.hcl. The stack builds what PackerTemplate.fromFile would, without the template.',
    'Each step names its place in the template; what was left out stands as a comment, with TODO where you have to act. No secret is written.',
    'Exits with status 0 when the code is written, 1 when the template is refused: packer explain says all that is.',
  ],
  options: {
    language: single('NAME', language, 'typescript or python (default: typescript)'),
    out: single('FILE', forms.text, 'the file to write (default: it is printed)'),
    ...templateOptions,
  },
  async run({ language: wanted = 'typescript', out: file, ...values }, { directory, out, err }, operands) {
    const template = templateOf('import', operands, directory);
    const path = resolve(directory, file ?? `packer-stack${ENDINGS[wanted]}`);
    if (file !== undefined && existsSync(path)) throw new UsageError(`${path} is there already: name another file with --out, or remove it`);
    try {
      const { code, places, notices } = importTemplate(template, { ...readOptions(values, directory), language: wanted, out: path });
      const there = places.wanted.find((folder) => existsSync(folder));
      if (there !== undefined && file !== undefined) throw new UsageError(`${there} is there already: name another file with --out, or remove it`);
      if (file === undefined && places.wanted.length > 0) throw new UsageError('files are written beside this stack: name it with --out FILE');
      if (file === undefined) return print(code, out);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, code);
      places.copy();
      const warnings = notices.filter(({ severity }) => severity === 'warning').length;
      out(`${path}; ${warnings} ${warnings === 1 ? 'thing is' : 'things are'} left to do: look for TODO`);
      return 0;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      err(`golden-images: ${error.message}`);
      return 1;
    }
  },
});

function print(code: string, out: (text: string) => void): number {
  out(code.trimEnd());
  return 0;
}

function language(name: string): Language {
  if (!Object.hasOwn(ENDINGS, name)) throw new UsageError('typescript or python');
  return name as Language;
}
