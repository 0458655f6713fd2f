import { writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { command } from './command';
import * as forms from './forms';
import { single } from './option';
import { readOptions, templateOf, templateOptions } from './packer';
import { explain, explanation } from '../packer';

/** Says what becomes of a template of Packer. */
export const packerExplain = command({
  name: 'packer explain',
  summary: 'say what becomes of everything in a Packer template',
  operands: 'TEMPLATE',
  description: [
    'Each variable, builder, provisioner, post-processor and option by its place: mapped, dropped because something else does it, left out with a',
    'warning, or refused, with the reason and the alternative. All that is refused is found.',
    'Exits with status 0 when the template can be imported, 1 when something is refused.',
  ],
  options: { json: single('FILE', forms.text, 'write it as JSON'), ...templateOptions },
  async run({ json, ...values }, { directory, out }, operands) {
    const template = templateOf('explain', operands, directory);
    const rows = explain(template, readOptions(values, directory));
    explanation(rows, directory).forEach(out);
    const importable = !rows.some(({ verdict }) => verdict === 'refused');
    if (json !== undefined) {
      const near = rows.map(({ at, ...row }) => ({ file: relative(directory, at.file), line: at.line, column: at.column, ...row }));
      writeFileSync(resolve(directory, json), `${JSON.stringify({ importable, rows: near }, undefined, 2)}\n`);
    }
    return importable ? 0 : 1;
  },
});
