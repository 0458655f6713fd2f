import type { Expression } from './ast';
import type { Cursor } from './cursor';
import { Place } from './place';
import { buildTemplate, flush, strip } from './template-parts';
import { readTokens, type Token } from './template-tokens';

const HEADER = /<<(-?)([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;

/** A text in double quotes. */
export function parseQuoted(cursor: Cursor): Expression {
  const place = cursor.next();
  cursor.accept('"');
  const tokens = readTokens(cursor, { kind: 'quoted' });
  if (!cursor.file.text.startsWith('"', cursor.offset)) cursor.file.fail(place.offset, 'a string is not closed on its line', 'close it, or use a heredoc (<<EOT)');
  cursor.offset += 1;
  return templateExpression(place, tokens);
}

/** A text between `<<EOT` and a line with `EOT`; with `<<-EOT` without its common indentation. */
export function parseHeredoc(cursor: Cursor): Expression {
  const place = cursor.next();
  const header = cursor.take(HEADER);
  if (header === undefined) cursor.fail('a heredoc begins by << and a word that ends its line', 'write <<EOT, then the text on the next line');
  const marker = header!.replace(/^<<-?/, '').trim();
  const end = new RegExp(`^[ \\t]*${marker}[ \\t]*\\r?$`, 'gmu');
  end.lastIndex = cursor.offset;
  const found = end.exec(cursor.file.text);
  if (!found) return place.fail(`the heredoc is not closed by a line with only "${marker}"`, `write ${marker} on a line of its own`);
  const tokens = readTokens(cursor, { kind: 'region', end: found.index });
  if (cursor.offset > found.index) place.fail('a ${ … } in the heredoc is not closed', 'close it by }');
  cursor.offset = found.index + found[0].trimEnd().length;
  return templateExpression(place, tokens, header!.startsWith('<<-'));
}

/** A whole file that is a template. */
export function parseTemplateFile(cursor: Cursor): Expression {
  const place = new Place(cursor.file, 0);
  return templateExpression(place, readTokens(cursor, { kind: 'region', end: cursor.file.text.length }));
}

function templateExpression(place: Place, tokens: Token[], flushed = false): Expression {
  strip(tokens);
  if (flushed) flush(tokens);
  const parts = buildTemplate(tokens, place);
  if (parts.length === 0) return { kind: 'literal', place, value: '' };
  const first = parts[0]!;
  if (parts.length === 1 && first.kind === 'text') return { kind: 'literal', place, value: first.text.normalize('NFC') };
  // What stood beside a value makes it a text, though `~` took all of it away.
  return { kind: 'template', place, parts: tokens.length === 1 ? parts : [...parts, { kind: 'text', text: '' }] };
}
