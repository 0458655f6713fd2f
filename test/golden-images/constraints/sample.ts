import type { Constraint, ServiceConstraints } from '../../../golden-images/src/world/kernel/constraints';
import { expression } from '../../../golden-images/src/world/kernel/constraints/sentences';

/** A value that breaks one constraint, with what stands around it. */
export interface Broken {
  /** Members from the input down; items of lists and maps are not counted. */
  readonly path: readonly string[];
  readonly constraint: string;
  readonly value: unknown;
  readonly input: unknown;
}

/** Longer values are not made. */
const LARGEST = 2000;
const NUMBERS = ['integer', 'long', 'float', 'double'];
const TEXTS = ['!', '?*', '\u0001', ' ', '%%%', 'é', '\\', '<>', '{}', ':', '/'];

/** One wrong value for each constraint below a structure; each structure is entered once. `names` says how a member is called. */
export function broken(
  model: ServiceConstraints, structure: string, names: (member: string, depth: number) => string = (member) => member,
): Broken[] {
  return new Sampler(model, names).structure(structure, [], (value) => value);
}

type Wrap = (value: unknown) => unknown;

class Sampler {
  private readonly entered = new Set<string>();

  public constructor(private readonly model: ServiceConstraints, private readonly names: (member: string, depth: number) => string) {}

  public structure(name: string, path: readonly string[], wrap: Wrap): Broken[] {
    if (this.entered.has(name)) return [];
    this.entered.add(name);
    return Object.entries(this.model.structures[name] ?? {}).flatMap(([member, shape]) => {
      const key = this.names(member, path.length);
      return this.value(shape, [...path, key], (value) => wrap({ [key]: value }));
    });
  }

  private value(shape: string | undefined, path: readonly string[], wrap: Wrap): Broken[] {
    const constraint = shape === undefined ? undefined : this.model.shapes[shape];
    if (!constraint) return shape === undefined ? [] : this.structure(shape, path, wrap);
    return [
      ...this.wrong(constraint).map(([kind, value]) => ({ path, constraint: kind, value, input: wrap(value) })),
      ...this.value(constraint.item, path, (value) => wrap([value])),
      ...this.value(constraint.value, path, (value) => wrap({ Key: value })),
    ];
  }

  private wrong(constraint: Constraint): Array<[kind: string, value: unknown]> {
    const { min, max, pattern, enum: values } = constraint;
    const text = pattern && TEXTS.find((each) => !expression(pattern).test(each));
    const found: Array<[string, unknown]> = [['enum', values && 'no-such-value'], ['pattern', text]];
    if (min) found.push(['min', this.sized(constraint, min - 1)]);
    if (max !== undefined && max < LARGEST) found.push(['max', this.sized(constraint, max + 1)]);
    return found.filter(([, value]) => value !== undefined);
  }

  /** Lists of structures only where they are empty: the table does not say what else is in those. */
  private sized({ type, item }: Constraint, size: number): unknown {
    if (NUMBERS.includes(type)) return size;
    if (type === 'string') return 'a'.repeat(size);
    const texts = item !== undefined && this.model.shapes[item]?.type === 'string';
    return type === 'list' && (size === 0 || texts) ? Array.from({ length: size }, () => 'a') : undefined;
  }
}

/** At most `count` of them, from all over the list. */
export function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, all.length / count);
  return Array.from({ length: Math.min(count, all.length) }, (_, index) => all[Math.floor(index * step)]!);
}
