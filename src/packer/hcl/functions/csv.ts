/** A field and what ends it, as RFC 4180 has them. */
const FIELD = /(?:"((?:[^"]|"")*)"|((?:[^",\r\n]|\r(?!\n))*))(,|\r?\n|$)/y;

/** The rows of a text of CSV, without empty lines; undefined where its quotes are wrong. */
export function csvRows(text: string): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  for (let open = text !== ''; open;) {
    const match = FIELD.exec(text);
    if (!match) return undefined;
    const [whole, quoted, plain = '', end] = match;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    open = end === ',' || FIELD.lastIndex < text.length;
    if (end === ',') continue;
    if (whole !== end || row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}
