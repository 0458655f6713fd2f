import { join } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';
import { format } from './format';
import { replacePattern } from './regular-expressions';
import { mapText, ofText } from './text-mapping';
import { cleanResourceName } from '../../template/interpolation/functions';

/** No function makes a longer text in one go. */
const LONGEST = 2_000_000;

export const strings: FunctionTable = {
  upper: ofText((text) => text.toUpperCase()),
  lower: ofText((text) => text.toLowerCase()),
  title: ofText((text) => text.replace(/(^|[^\p{L}\p{N}_'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())),
  chomp: ofText(withoutLineEnds),
  trimspace: ofText((text) => text.trim()),
  strrev: ofText((text) => [...text].reverse().join('')),
  clean_resource_name: ofText(cleanResourceName),
  trim: coping(2, 2, (call) => {
    const characters = new Set([...call.text(1)]);
    return mapText(call, 0, (text) => trimmed(text, characters));
  }),
  trimprefix: coping(2, 2, (call) => mapText(call, 0, (text) => (text.startsWith(call.text(1)) ? text.slice(call.text(1).length) : text))),
  trimsuffix: coping(2, 2, (call) => mapText(call, 0, (text) => (call.text(1) !== '' && text.endsWith(call.text(1)) ? text.slice(0, -call.text(1).length) : text))),
  replace: coping(3, 3, replace),
  join: coping(2, Infinity, (call) => {
    const texts = call.args.slice(1).flatMap((_, index) => call.list(index + 1).map((item) => call.asText(item)));
    bounded(call, texts.length * call.text(0).length);
    return join(texts, call.text(0));
  }),
  split: known(2, 2, (call) => (call.text(1) === '' ? [] : call.text(1).split(call.text(0)))),
  format: coping(1, Infinity, (call) => format(call, call.text(0), call.args.slice(1))),
  formatlist: coping(1, Infinity, (call) => {
    const lists = call.args.slice(1).filter(Array.isArray);
    const length = Math.max(1, ...lists.map((list) => list.length));
    if (lists.some((list) => list.length !== length)) call.fail('the lists differ in length', 'give lists of one length');
    const row = (index: number) => call.args.slice(1).map((value) => (Array.isArray(value) ? value[index] : value));
    return Array.from({ length }, (_, index) => format(call, call.text(0), row(index)));
  }),
  indent: known(2, 2, (call) => {
    const width = call.whole(0);
    if (width < 0 || width > 1000) call.fail('nobody indents by that much', 'use up to 1000 spaces');
    return call.text(1).replaceAll('\n', `\n${' '.repeat(width)}`);
  }),
  substr: known(3, 3, (call) => substring([...call.text(0)], call.whole(1), call.whole(2))),
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

function trimmed(text: string, characters: ReadonlySet<string>): string {
  const all = [...text];
  let [start, end] = [0, all.length];
  while (start < end && characters.has(all[start]!)) start += 1;
  while (end > start && characters.has(all[end - 1]!)) end -= 1;
  return all.slice(start, end).join('');
}

/** A pattern between slashes is a regular expression. */
function replace(call: Call) {
  const [from, to] = [call.text(1), call.text(2)];
  const pattern = from.length > 1 && from.startsWith('/') && from.endsWith('/') ? from.slice(1, -1) : undefined;
  return mapText(call, 0, (text) => {
    if (pattern !== undefined) return replacePattern(call, text, pattern, to);
    const pieces = text.split(from);
    bounded(call, pieces.length * to.length);
    return pieces.join(to);
  });
}

function substring(characters: string[], offset: number, length: number): string {
  const start = offset < 0 ? Math.max(0, characters.length + offset) : offset;
  return characters.slice(start, length < 0 ? undefined : start + length).join('');
}

function bounded(call: Call, length: number): void {
  if (length > LONGEST) call.fail('the result is too long', 'move generated data into files that provisioners upload');
}
