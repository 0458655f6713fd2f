import { TemplateError } from './error';
import type { Block, Build, Position } from './model';
import { suggestion } from './nearest';

/** The builders that patterns choose; each pattern has to choose one. */
export function keepOnly(build: Build, patterns: ReadonlyArray<string> | undefined, at: Position): Build {
  return keepOnlyOf([build], patterns, at)[0]!;
}

/** The same for several builds: a name of a builder may follow the name of its build and a dot. Builds without builders are left out. */
export function keepOnlyOf(builds: ReadonlyArray<Build>, patterns: ReadonlyArray<string> | undefined, at: Position): Build[] {
  if (!patterns || patterns.length === 0) return [...builds];
  const names = (build: Build, builder: Block): string[] => {
    const name = builder.name ?? builder.type;
    return build.name === undefined ? [name] : [`${build.name}.${name}`, name];
  };
  const all = builds.flatMap((build) => build.builders.map((builder) => names(build, builder)));
  for (const pattern of patterns) {
    if (!all.some((some) => some.some((name) => matches(name, pattern)))) {
      throw new TemplateError(at, `no builder is called "${pattern}"`, suggestion(pattern, all.map(([name]) => name!)));
    }
  }
  const chosen = (build: Build, builder: Block) => patterns.some((pattern) => names(build, builder).some((name) => matches(name, pattern)));
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
