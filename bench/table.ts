export type Cell = string | number;

/** A Markdown table; numbers get separators and stand on the right. */
export function table(head: string[], rows: Cell[][]): string {
  const text = (cell: Cell): string => (typeof cell === 'number' ? Math.round(cell).toLocaleString('en-US') : cell);
  const lines = [head, ...rows.map((row) => row.map(text))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const line = (cells: string[]): string => `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(lines[0]!), rule, ...lines.slice(1).map(line)].join('\n');
}
