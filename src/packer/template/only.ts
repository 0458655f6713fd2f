import { TemplateError } from './error';
import type { Build, Position } from './model';
import { suggestion } from './nearest';

/** The builders that patterns choose; each pattern has to choose one. */
export function keepOnly(build: Build, patterns: ReadonlyArray<string> | undefined, at: Position): Build {
  if (!patterns) return build;
  const names = build.builders.map((builder) => builder.name ?? builder.type);
  for (const pattern of patterns) {
    if (!names.some((name) => matches(name, pattern))) throw new TemplateError(at, `no builder is called "${pattern}"`, suggestion(pattern, names));
  }
  return { ...build, builders: build.builders.filter((_, index) => patterns.some((pattern) => matches(names[index]!, pattern))) };
}

/** `*` stands for any text. Compared piece by piece: a regular expression of many stars takes too long. */
export function matches(name: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return name === pattern;
  const [first, last] = [pieces[0]!, pieces[pieces.length - 1]!];
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, from);
    if (found < 0 || found + piece.length > name.length - last.length) return false;
    from = found + piece.length;
  }
  return true;
}
