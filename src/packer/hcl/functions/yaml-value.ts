import { isAlias, isMap as isYamlMap, isScalar, isSeq, parseAllDocuments, Scalar, type Document, type Node } from 'yaml';
import { formatLayout, RFC_3339 } from '../../template/time-layout';
import { HclNumber } from '../number/hcl-number';
import { isList, isMap, toText, type Value } from '../value';

/** Throws where the text is not what Packer reads: one document, whose names are texts. */
export function valueOfYaml(text: string): Value {
  const documents = parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false });
  const [document, ...others] = 'empty' in documents ? [] : documents;
  if (document === undefined || others.length > 0 || document.errors.length > 0 || document.contents === null) throw new SyntaxError('not one document');
  return new YamlReader(document).value(document.contents);
}

const MOST_NODES = 20_000;

class YamlReader {
  private nodes = 0;

  public constructor(private readonly document: Document) {}

  public value(item: unknown): Value {
    this.nodes += 1;
    if (this.nodes > MOST_NODES) throw new RangeError('too many nodes');
    if (isAlias(item)) return this.value(item.resolve(this.document));
    if (isSeq(item)) return item.items.map((each) => this.value(each));
    if (isYamlMap(item)) return new Map(item.items.flatMap(({ key, value }) => this.entry(key as Node, value)));
    return isScalar(item) ? plain(item) : null;
  }

  private entry(key: Node, value: unknown): Array<[string, Value]> {
    const name = isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<' ? '<<' : undefined;
    const read = this.value(value);
    if (name === '<<') return (isList(read) ? [...read].reverse() : [read]).flatMap((each) => (isMap(each) ? [...each] : []));
    const written = isScalar(key) ? toText(plain(key)) : undefined;
    if (typeof written !== 'string') throw new SyntaxError('a name is no text');
    return [[written, read]];
  }
}

const KNOWN_TAGS = /^tag:yaml\.org,2002:(?:str|binary|bool|int|float|null|timestamp)$/;

const WORDS = new Map<string, boolean | null>([
  ...['y', 'yes', 'true', 'on'].flatMap((word): Array<[string, boolean]> => cases(word).map((each) => [each, true])),
  ...['n', 'no', 'false', 'off'].flatMap((word): Array<[string, boolean]> => cases(word).map((each) => [each, false])),
  ...['', '~', ...cases('null')].map((word): [string, null] => [word, null]),
]);

function cases(word: string): string[] {
  return [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()];
}

/** What a text without quotes stands for, by the rules of YAML 1.1 that Packer has. */
function plain({ type, source, value, tag }: Scalar): Value {
  if (tag !== undefined && !KNOWN_TAGS.test(tag)) throw new SyntaxError('the tag is not known');
  if (type !== Scalar.PLAIN || /:(?:str|binary)$/.test(tag ?? '')) return String(source ?? value ?? '');
  const text = source ?? '';
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?\.(?:inf|nan)$/i.test(text)) throw new SyntaxError('no number');
  const date = /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ](\d\d?):(\d\d?):(\d\d?)(?:\.\d+)?(Z)?)?$/.exec(text);
  if (date) {
    const [, year, month, day, hour = 0, minute = 0, second = 0] = date.map(Number);
    return formatLayout(RFC_3339, new Date(Date.UTC(year!, month! - 1, day, hour || 0, minute || 0, second || 0)));
  }
  return (/^[-+.0-9]/.test(text) ? HclNumber.parse(text.replaceAll('_', '')) : undefined) ?? text;
}
