import type { Block, Build } from '../../template/model';
import { matches } from '../../template/only';

/** What a builder is called: `web`, `amazon-ebs.web`, `build.amazon-ebs.web`. */
export function builderNames({ name, type }: Block, build: Build): string[] {
  const whole = name ?? type;
  const short = whole.startsWith(`${type}.`) ? whole.slice(type.length + 1) : whole;
  return [...new Set([whole, short, ...build.name === undefined ? [] : [`${build.name}.${whole}`]])];
}

/** Whether a block is for a builder, by its `only` and `except`. */
export function isFor({ only, except }: Block, builder: Block, build: Build): boolean {
  const names = builderNames(builder, build);
  const chosen = (patterns: ReadonlyArray<string>): boolean => patterns.some((pattern) => names.some((name) => matches(name, pattern)));
  return (only === undefined || chosen(only)) && !(except !== undefined && chosen(except));
}
