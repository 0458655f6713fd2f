import { BUILD_BLOCKS, TEMPLATE_BLOCKS } from '../../../src/packer/hcl/blocks';
import { hclFunctions } from '../../../src/packer/hcl/functions';
import { REFUSED_FUNCTIONS } from '../../../src/packer/hcl/functions/refused';
import { engineFunctions, REFUSED_ACTIONS } from '../../../src/packer/template/interpolation/functions';

const code = (text: string): string => `\`${text}\``;
const table = (head: string[], rows: string[][]): string => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const read = (names: Iterable<string>, refused: object): string => [...new Set(names)].filter((name) => !Object.hasOwn(refused, name)).sort().map(code).join(', ');
const refusals = (refused: Readonly<Record<string, { readonly why: string; readonly fix: string }>>): string[][] =>
  Object.entries(refused).map(([name, { why, fix }]) => [code(name), `refused: ${why}; ${fix}`]);

/** What the reader reads, as tables of Markdown. */
export function readerTables(): string {
  const blocks = [...Object.entries(TEMPLATE_BLOCKS), ...Object.entries(BUILD_BLOCKS).map(([name, what]) => [`build.${name}`, what] as const)];
  return [
    '### Blocks of HCL2', table(['block', 'what of it is read'], [
      ...blocks.map(([name, what]) => [code(name), what]), [code('dynamic'), 'the blocks that it makes, in builds and in settings'],
    ]),
    '### Functions of HCL2',
    `Read, as Packer evaluates them: ${read([...hclFunctions.names, 'can', 'convert', 'try'], REFUSED_FUNCTIONS)}.`,
    table(['function', 'what happens'], refusals(REFUSED_FUNCTIONS)),
    '### Actions of templates in `{{ }}`',
    `Read: ${read([...engineFunctions('t.json').keys(), 'user', 'env'], REFUSED_ACTIONS)}. What begins with a dot stays for the provisioner.`,
    table(['action', 'what happens'], refusals(REFUSED_ACTIONS)),
  ].join('\n\n');
}
