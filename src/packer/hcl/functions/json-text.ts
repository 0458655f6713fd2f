import { parseJson, type JsonNode } from '../../json/parse';
import { SourceFile } from '../../template/source-file';
import { HclNumber } from '../number/hcl-number';
import { fixed } from '../number/number-text';
import { isList, isMap, isNumber, type Value } from '../value';

/** JSON as Go writes it, and HCL with it: names in alphabetical order, numbers with all their digits. */
export function jsonText(value: Value): string {
  if (isList(value)) return `[${value.map(jsonText).join()}]`;
  if (isMap(value)) return `{${[...value.keys()].sort().map((key) => `${jsonText(key)}:${jsonText(value.get(key)!)}`).join()}}`;
  return isNumber(value) ? fixed(value) : escapeHtml(JSON.stringify(value));
}

function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Throws TemplateError where the text is no JSON, or nests too deep. */
export function valueOfJson(text: string): Value {
  const file = new SourceFile('JSON', text);
  return valueOfNode(file, parseJson(file, 'last'));
}

/** A value of a JSON file, with all digits of its numbers. */
function valueOfNode(file: SourceFile, node: JsonNode): Value {
  if (node.kind === 'list') return node.items.map((item) => valueOfNode(file, item));
  if (node.kind === 'object') return new Map(node.members.map(({ name, value }) => [name, valueOfNode(file, value)]));
  return typeof node.value === 'number' ? numberAt(file, node.offset) : node.value;
}

/** A number of a JSON file, as it is written. */
export function numberAt(file: SourceFile, offset: number): HclNumber {
  const [written = ''] = /^[-+.0-9eE]+/.exec(file.text.slice(offset, offset + 1000)) ?? [];
  return HclNumber.parse(written) ?? file.fail(offset, 'the number is too long', 'use fewer digits');
}
