import { eachLetter, titled, trimmedSpace } from '../../template/cases';
import { isList, join, type Value, type ValueList } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';
import { characters } from './characters';
import { textList } from './collections';
import { format } from './format';
import { mapText, ofText } from './text-mapping';

export const strings: FunctionTable = {
  upper: ofText((text) => eachLetter(text, (letter) => letter.toUpperCase())),
  lower: ofText((text) => eachLetter(text, (letter) => letter.toLowerCase())),
  title: ofText(titled),
  chomp: ofText(withoutLineEnds),
  trimspace: ofText(trimmedSpace),
  strrev: ofText((text) => characters(text).reverse().join('')),
  trim: coping(2, 2, (call) => {
    const cut = new Set([...call.text(1)]);
    return mapText(call, 0, (text) => trimmed(text, cut));
  }),
  trimprefix: coping(2, 2, (call) => mapText(call, 0, (text) => (text.startsWith(call.text(1)) ? text.slice(call.text(1).length) : text))),
  trimsuffix: coping(2, 2, (call) => mapText(call, 0, (text) => (call.text(1) !== '' && text.endsWith(call.text(1)) ? text.slice(0, -call.text(1).length) : text))),
  replace: coping(3, 3, replace),
  join: coping(2, Infinity, (call) => {
    const texts = call.args.slice(1).flatMap((_, index) => call.list(index + 1).map((item) => call.asText(item)));
    call.bound(texts.length * call.text(0).length);
    return join(texts, call.text(0));
  }),
  split: known(2, 2, (call) => textList(call.text(0) === '' ? [...call.text(1)] : call.text(1).split(call.text(0)))),
  format: coping(1, Infinity, (call) => format(call, call.text(0), call.args.slice(1))),
  formatlist: coping(1, Infinity, formatList),
  indent: known(2, 2, (call) => {
    const width = call.whole(0);
    if (width < 0 || width > 1000) call.fail('nobody indents by that much', 'use up to 1000 spaces');
    return call.text(1).replaceAll('\n', `\n${' '.repeat(width)}`);
  }),
  substr: known(3, 3, (call) => substring(characters(call.text(0)), call.whole(1), call.whole(2))),
  startswith: known(2, 2, (call) => call.text(0).startsWith(call.text(1))),
  endswith: known(2, 2, (call) => call.text(0).endsWith(call.text(1))),
  strcontains: known(2, 2, (call) => call.text(0).includes(call.text(1))),
};

/** Step by step: a pattern would try again at each line break. */
function withoutLineEnds(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
  return text.slice(0, end);
}

function trimmed(text: string, cut: ReadonlySet<string>): string {
  const all = [...text];
  let [start, end] = [0, all.length];
  while (start < end && cut.has(all[start]!)) start += 1;
  while (end > start && cut.has(all[end - 1]!)) end -= 1;
  return all.slice(start, end).join('');
}

/** A text for another, as it is: a pattern between slashes is one in Terraform alone. */
function replace(call: Call): Value {
  const [from, to] = [call.text(1), call.text(2)];
  return mapText(call, 0, (text) => {
    const pieces = from === '' ? ['', ...text, ''] : text.split(from);
    call.bound(pieces.length * to.length);
    return pieces.join(to);
  });
}

/** Lists item by item, and everything else in each. */
function formatList(call: Call): Value {
  const values = call.args.slice(1);
  const lengths = values.filter(isList).map((list) => list.length);
  if (lengths.some((length) => length !== lengths[0])) call.fail('the lists differ in length', 'give lists of one length');
  const row = (index: number): ValueList => values.map((value) => (isList(value) ? value[index]! : value));
  return textList(Array.from({ length: lengths[0] ?? 1 }, (_, index) => format(call, call.text(0), row(index))));
}

function substring(all: string[], offset: number, length: number): string {
  const start = offset < 0 ? Math.max(0, all.length + offset) : offset;
  return all.slice(start, length < 0 ? undefined : start + length).join('');
}
