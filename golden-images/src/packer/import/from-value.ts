import { Duration } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { call, list, member, plain, text, type Code } from './code';
import type { Places } from './places';
import { StagedFolder } from '../../../../src/packer/mapping/scripts/staged-folder';
import { writtenAs, type Written } from '../../../../src/packer/mapping/written';
import { OperatingSystemFamily, OperatingSystemVersion, Platform } from '../../../../src/platform';

/** Writes values of the mapping as the code that makes them. */
export class ValueWriter {
  /** Constants that were used. */
  public readonly used = new Set<unknown>();

  public constructor(private readonly places: Places, private readonly constants: ReadonlyMap<unknown, Code>) {}

  public write(value: unknown): Code {
    const constant = this.constants.get(value);
    if (constant) this.used.add(value);
    if (constant) return constant;
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return plain(value);
    if (Array.isArray(value)) return list(...value.map((item) => this.write(item)));
    if (value instanceof Duration) return call('Duration', 'seconds', [plain(value.toSeconds())], 'aws-cdk-lib');
    if (value instanceof OperatingSystemVersion) return systemOf(value);
    if (value instanceof StagedFolder) return call('Source', 'asset', [this.places.staged(value)]);
    const made = writtenAs(value as object);
    return made ? this.call(made) : { kind: 'map', entries: Object.entries(value as object).map(([name, item]) => [name, this.write(item)]) };
  }

  private call({ on, method, args }: Written): Code {
    if (on === 'Source' && method === 'asset') return call('Source', 'asset', [this.places.file(args[0] as string)]);
    const known = args.map((arg, index) => this.argument(arg, index === args.length - 1, on));
    // The lines of a script are read one below the other.
    const written = on === 'PackerScript' ? known.map((code) => (code.kind === 'list' && code.items.length > 1 ? { ...code, tall: true } : code)) : known;
    return typeof on === 'string' ? call(on, method, written) : { kind: 'call', on: this.write(on), method, args: written };
  }

  private argument(value: unknown, last: boolean, on: unknown): Code {
    if (on === 'ParentImage' && typeof value === 'string') return architecture(value) ?? text(value);
    return last && isPlain(value) ? this.options(value) : this.write(value);
  }

  private options(value: object): Code {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return { kind: 'options', entries: entries.map(([name, each]) => [name, this.option(name, each)] as const) };
  }

  private option(name: string, value: unknown): Code {
    if (name === 'platform') return member('Platform', value === Platform.WINDOWS ? 'WINDOWS' : 'LINUX');
    return name === 'architecture' ? architecture(String(value)) ?? this.write(value) : this.write(value);
  }
}

/** By its constant, where there is one. */
function systemOf(value: OperatingSystemVersion): Code {
  const [constant] = Object.entries(OperatingSystemVersion).find(([, each]) => `${each}` === `${value}`) ?? [];
  const [family] = Object.entries(OperatingSystemFamily).find(([, each]) => each === value.family)!;
  return constant ? member('OperatingSystemVersion', constant) : call('OperatingSystemVersion', 'of', [member('OperatingSystemFamily', family), text(value.version)]);
}

function architecture(value: string): Code | undefined {
  const name = Object.entries(InstanceArchitecture).find(([, each]) => each === value)?.[0];
  return name === undefined ? undefined : member('InstanceArchitecture', name, 'aws-cdk-lib/aws-ec2');
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && writtenAs(value) === undefined;
