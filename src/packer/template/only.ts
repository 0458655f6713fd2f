import { TemplateError } from './error';
import type { Block, Build, Position } from './model';
import { suggestion } from './nearest';

/** The builders that patterns choose; each pattern has to choose one. */
export function keepOnly(build: Build, patterns: ReadonlyArray<string> | undefined, at: Position): Build {
  return keepOnlyOf([build], patterns, at)[0]!;
}

/** The same for several builds: behind the name of its build and a dot, where it has one, as Packer compares it. Builds without builders are left out. */
export function keepOnlyOf(builds: ReadonlyArray<Build>, patterns: ReadonlyArray<string> | undefined, at: Position): Build[] {
  if (!patterns || patterns.length === 0) return [...builds];
  const nameOf = (build: Build, builder: Block): string => [...build.name === undefined ? [] : [build.name], builder.name ?? builder.type].join('.');
  const all = builds.flatMap((build) => build.builders.map((builder) => nameOf(build, builder)));
  for (const pattern of patterns) {
    if (!all.some((name) => matches(name, pattern))) throw new TemplateError(at, `no builder is called "${pattern}"`, suggestion(pattern, all));
  }
  const chosen = (build: Build, builder: Block) => patterns.some((pattern) => matches(nameOf(build, builder), pattern));
  const kept = builds.map((build) => ({ ...build, builders: build.builders.filter((builder) => chosen(build, builder)) }));
  return kept.filter(({ builders }) => builders.length > 0);
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
