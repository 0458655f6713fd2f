import { AMAZON_EBS_OPTIONS } from './builders/amazon-ebs-options';
import { OTHER_BUILDERS } from './builders/others';
import { COMMON_OPTIONS } from './common-options';
import { MANIFEST_OPTIONS, POST_PROCESSORS } from './post-processors';
import { PROVISIONERS, REFUSED_PROVISIONERS } from './provisioners';
import type { OptionTable, Treatment } from './treatment';

/** The mapping as tables of Markdown: the code's own, for the documentation and for those who ask what becomes of a template. */
export function mappingTables(): string {
  const provisioners = PROVISIONERS.map(({ type, becomes }) => [code(type), becomes]);
  const refused = REFUSED_PROVISIONERS.map(({ type, why, fix }) => [code(type), `refused: ${why}; ${fix}`]);
  const options = PROVISIONERS.flatMap((each) => grouped(each.options).map((row) => [code(each.type), ...row]));
  return [
    '### Provisioners', table(['provisioner', 'becomes'], [...provisioners, ...refused]),
    '### Options of every provisioner', table(['option', 'becomes'], grouped(COMMON_OPTIONS)),
    '### Options of single provisioners', table(['provisioner', 'options', 'becomes'], options),
    '### Builder amazon-ebs', table(['options', 'becomes'], grouped(AMAZON_EBS_OPTIONS)),
    '### Other builders', table(['builder', 'why not', 'what to do'], Object.entries(OTHER_BUILDERS).map(([type, { why, instead }]) => [code(type), why, instead])),
    '### Post-processors', table(['post-processor', 'becomes'], grouped(POST_PROCESSORS)),
    `Options of \`manifest\`: ${Object.keys(MANIFEST_OPTIONS).map(code).join(', ')}.`,
  ].join('\n\n');
}

const code = (text: string): string => `\`${text}\``;

/** Options that are treated alike in one row; those of their blocks after them. */
function grouped(options: OptionTable): string[][] {
  const rows = new Map<string, string[]>();
  for (const [name, treatment] of flat(options, '')) rows.set(said(treatment), [...rows.get(said(treatment)) ?? [], code(name)]);
  return [...rows].map(([text, names]) => [names.join(', '), text]);
}

const flat = (options: OptionTable, above: string): [string, Treatment][] => Object.entries(options).flatMap(([name, treatment]) => [
  [`${above}${name}`, treatment], ...treatment.kind === 'mapped' && treatment.options ? flat(treatment.options, `${above}${name}.`) : [],
]);

function said(treatment: Treatment): string {
  switch (treatment.kind) {
    case 'mapped': return treatment.becomes;
    case 'dropped': return `dropped: ${treatment.why}`;
    case 'warned': return `not taken over, with a warning: ${treatment.why}`;
    case 'refused': return `refused: ${treatment.why}; ${treatment.fix}`;
  }
}

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
