import type { Properties } from '../../kernel';
import type { Constraint, ServiceConstraints } from '../../kernel/constraints';

type Aliases = Readonly<Record<string, string>>;

/**
 * Turns properties into members of an API: names, tags (lists here, maps there, and the other way round), documents into text, single
 * values into lists. Only what the model of the service demands something of is taken along.
 */
export class Conversion {
  public constructor(private readonly service: ServiceConstraints, private readonly aliases: Aliases) {}

  /** `shape` names a structure or a shape of the model; without one, nothing is demanded. */
  public value(shape: string | undefined, value: unknown): unknown {
    if (shape === undefined || value === undefined || value === null) return value;
    const structure = this.service.structures[shape];
    if (structure) return isRecord(value) ? this.structure(structure, value) : value;
    const constraint = this.service.shapes[shape]!;
    if (constraint.type === 'list') return this.list(constraint, value);
    if (constraint.type === 'map') return this.map(constraint, value);
    return constraint.type === 'string' ? text(value) : value;
  }

  /** The value at a path of members, with all that stands around it. */
  public at(shape: string | undefined, [member, ...rest]: readonly string[], value: unknown): unknown {
    if (member === undefined || shape === undefined) return this.value(shape, value);
    const constraint = this.service.shapes[shape];
    if (constraint?.type === 'list') return [this.at(constraint.item, [member, ...rest], value)];
    return { [member]: this.at(this.service.structures[shape]?.[member], rest, value) };
  }

  private structure(members: Readonly<Record<string, string>>, value: Properties): Properties {
    return Object.fromEntries(Object.entries(members).map(([member, shape]) => {
      const name = [this.aliases[member] ?? member, member, capitalised(member)].find((each) => Object.hasOwn(value, each));
      return [member, name === undefined ? undefined : this.value(shape, value[name])];
    }));
  }

  private list({ item }: Constraint, value: unknown): unknown {
    const items = isRecord(value) ? Object.entries(value).map(([Key, Value]) => ({ Key, Value })) : [value].flat();
    return items.map((each) => this.value(item, each));
  }

  private map({ key, value: of }: Constraint, value: unknown): unknown {
    const pair = ({ Key, Value }: Properties): [string, unknown] => [Key, Value];
    const entries = Array.isArray(value) ? value.map(pair) : Object.entries(value as object);
    return Object.fromEntries(entries.map(([name, each]) => [this.value(key, name), this.value(of, each)]));
  }
}

const capitalised = (member: string): string => member.charAt(0).toUpperCase() + member.slice(1);

function text(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
