import { fixed } from '../number/number-text';
import { isList, isMap, isNumber, type Value } from '../value';

/** What stands escaped in quotes. */
const SPECIAL = String.raw`\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u{10000}-\u{10ffff}`;
const ESCAPED = new RegExp(`["\\\\\\n${SPECIAL}]`, 'gu');
/** A text that is written as a block: of several lines, of which none ends with a blank, and without what would be escaped. */
const BLOCK = new RegExp(`^(?:(?:[^\\n${SPECIAL}]*[^\\n ${SPECIAL}])?\\n)+(?:[^\\n${SPECIAL}]*[^\\n ${SPECIAL}])?$`, 'u');
const NAMED: Record<string, string> = {
  '\0': '0', '\x07': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r', '\x1b': 'e', '"': '"', '\\': '\\', '\x85': 'N', '\xa0': '_', '\u2028': 'L', '\u2029': 'P',
};
const LONGEST_NAME = 128;
const WIDEST = 80;

/** YAML as Packer writes it: texts in double quotes, or in blocks where they have several lines; undefined where a name would stand on lines of its own. */
export function yamlText(value: Value): string | undefined {
  if (!namesFit(value)) return undefined;
  if (isFilled(value)) return lines(value, 0).map((line) => `${line}\n`).join('');
  const text = scalar(value, 0, 0);
  return typeof value === 'string' || isList(value) || isMap(value) ? `${text}\n` : `${text}\n...\n`;
}

function namesFit(value: Value): boolean {
  if (isMap(value)) return [...value].every(([name, item]) => !name.includes('\n') && Buffer.byteLength(name) <= LONGEST_NAME && namesFit(item));
  return !isList(value) || value.every(namesFit);
}

function isFilled(value: Value): boolean {
  return isList(value) ? value.length > 0 : isMap(value) && value.size > 0;
}

/** Of a list or a map: the items of a list stand as far left as the name that it belongs to. */
function lines(value: Value, indent: number): string[] {
  const margin = ' '.repeat(indent);
  if (isList(value)) return value.flatMap((item) => below(`${margin}- `, item, indent + 2));
  if (!isMap(value)) return [];
  return [...value.keys()].sort().flatMap((name) => {
    const item = value.get(name)!;
    return isFilled(item) ? [`${margin}${quoted(name)}:`, ...lines(item, isList(item) ? indent : indent + 2)] : below(`${margin}${quoted(name)}: `, item, indent + 2);
  });
}

/** An item on the line that it begins on. */
function below(start: string, item: Value, indent: number): string[] {
  if (!isFilled(item)) return `${start}${scalar(item, indent - 2, start.length)}`.split('\n');
  const [first, ...others] = lines(item, indent);
  return [start + first!.slice(indent), ...others];
}

/** `column` is where it begins. */
function scalar(value: Value, indent: number, column: number): string {
  if (isNumber(value)) return fixed(value);
  if (typeof value === 'string') return BLOCK.test(value) ? block(value, ' '.repeat(indent + 2)) : folded(value, ' '.repeat(indent + 2), column);
  return isList(value) ? '[]' : isMap(value) ? '{}' : String(value);
}

/** With a hint where its first line is no hint of its indentation, and one for how it ends. */
function block(text: string, margin: string): string {
  const end = !text.endsWith('\n') ? '-' : /(?:^|\n)\n$/.test(text) ? '+' : '';
  return `|${/^[ \n]/.test(text) ? '2' : ''}${end}\n${text.replace(/^(?=[^\n])/gm, margin).replace(/\n$/, '')}`;
}

/** A text behind a mark of the order of bytes is escaped as a whole. */
function escaped(text: string): string {
  return text.replace(text.startsWith('\ufeff') ? /./gsu : ESCAPED, (sign) => `\\${NAMED[sign] ?? numbered(sign.codePointAt(0)!)}`);
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** Behind the widest column, a blank ends the line: not at the ends of the text, nor behind another one. */
function folded(text: string, margin: string, column: number): string {
  if (text.startsWith('\ufeff')) return quoted(text);
  let [written, width] = ['"', column + 1];
  [...text].forEach((letter, index, letters) => {
    const folds = width > WIDEST && letter === ' ' && letters[index - 1] !== ' ' && index > 0 && index < letters.length - 1;
    const piece = folds ? `\n${margin}${letters[index + 1] === ' ' ? '\\' : ''}` : escaped(letter);
    written += piece;
    width = folds ? piece.length - 1 : width + piece.length;
  });
  return `${written}"`;
}

function numbered(code: number): string {
  const [letter, width] = code <= 0xff ? ['x', 2] as const : code <= 0xffff ? ['u', 4] as const : ['U', 8] as const;
  return letter + code.toString(16).toUpperCase().padStart(width, '0');
}
