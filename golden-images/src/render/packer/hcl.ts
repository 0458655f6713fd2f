/** A value of HCL. */
export type HclValue = string | number | boolean | Expression | readonly HclValue[];

/** What stands in HCL as it is, such as `var.region`. */
export class Expression {
  public constructor(public readonly text: string) {}
}

export const variable = (name: string): Expression => new Expression(`var.${name}`);

/** A line of a body: an attribute, a block, a comment or an empty line. */
export type HclLine =
  | { readonly kind: 'attribute'; readonly name: string; readonly value: HclValue }
  | { readonly kind: 'block'; readonly header: string; readonly body: readonly HclLine[] }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'space' };

export const attributes = (values: Readonly<Record<string, HclValue | undefined>>): HclLine[] =>
  Object.entries(values).flatMap(([name, value]): HclLine[] => (value === undefined ? [] : [{ kind: 'attribute', name, value }]));
export const block = (type: string, labels: readonly string[], body: readonly HclLine[]): HclLine => ({ kind: 'block', header: [type, ...labels.map(quoted)].join(' '), body });
export const comment = (text: string): HclLine => ({ kind: 'comment', text });
export const space: HclLine = { kind: 'space' };

/** Lines in the layout of `packer fmt`: the equals signs of neighbours stand below each other. */
export function hcl(lines: readonly HclLine[], indent = ''): string {
  return lines.map((line, index) => {
    switch (line.kind) {
      case 'space': return '\n';
      case 'comment': return line.text.split('\n').map((each) => `${indent}# ${each}`.trimEnd() + '\n').join('');
      case 'block': return line.body.length === 0 ? `${indent}${line.header} {\n${indent}}\n` : `${indent}${line.header} {\n${hcl(line.body, `${indent}  `)}${indent}}\n`;
      case 'attribute': return `${indent}${line.name.padEnd(widthAt(lines, index))} = ${written(line.value, indent)}\n`;
    }
  }).join('');
}

/** The longest name among the attributes around it; one of several lines stands alone. */
function widthAt(lines: readonly HclLine[], index: number): number {
  const short = (at: number): string | undefined => {
    const line = lines[at];
    return line?.kind === 'attribute' && !isLong(line.value) ? line.name : undefined;
  };
  if (short(index) === undefined) return 0;
  let [first, last] = [index, index];
  while (short(first - 1) !== undefined) first -= 1;
  while (short(last + 1) !== undefined) last += 1;
  return Math.max(...lines.slice(first, last + 1).map((_, at) => short(first + at)!.length));
}

/** Lists of more than one value are written one below the other. */
const isLong = (value: HclValue): boolean => Array.isArray(value) && value.length > 1;

function written(value: HclValue, indent: string): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  return isLong(value) ? `[\n${value.map((each) => `${indent}  ${written(each, `${indent}  `)},\n`).join('')}${indent}]` : `[${value.map((each) => written(each, indent)).join('')}]`;
}

/** A text of HCL; nothing in it is a template of HCL. */
export const quoted = (text: string): string =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t').replace(/\$\{/g, '$$$${').replace(/%\{/g, '%%{')}"`;
