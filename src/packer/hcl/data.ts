import type { HclBlock } from './ast';
import { labels } from './attributes';
import type { Place } from './place';
import type { Scope } from './scope';
import type { HclSettings } from './settings';
import { DataValue, Namespace, type Value } from './value';
import type { Block } from '../template/model';
import { suggestion } from '../template/nearest';

/** What stays a reference until an image is made of it, with the attributes of a result. */
const REFERENCES = new Map(Object.entries({
  'amazon-ami': ['id', 'name', 'creation_date', 'owner', 'owner_name', 'tags'],
  'amazon-parameterstore': ['value', 'version', 'arn'],
}));

/** Other data sources, and what to do where nobody gives their values. */
const INSTEAD = new Map(Object.entries({
  'amazon-secretsmanager': 'declare a variable with sensitive = true, and bind it to a secret of Secrets Manager',
  'hcp-packer-version': 'name the parent image by its id or parameter',
  'hcp-packer-artifact': 'name the parent image by its id or parameter',
  'hcp-packer-iteration': 'name the parent image by its id or parameter',
  'hcp-packer-image': 'name the parent image by its id or parameter',
  'sshkey': 'remove it: builds need no key',
  'null': 'use a local',
}));

/** The `data` blocks: references to them stay references, since nothing is looked up while a template is read. Values may be given. */
export class HclData {
  public readonly namespace = new Namespace((type) => (
    new Namespace((name) => new Namespace((attribute, place) => this.use(type, name, attribute, place)))
  ));

  private readonly declared = new Map<string, { source: HclBlock; block?: Block; reading: boolean }>();

  /** `given` has values by TYPE.NAME.ATTRIBUTE. */
  public constructor(
    private readonly settings: HclSettings,
    private readonly scope: () => Scope,
    private readonly given: Readonly<Record<string, string>>,
  ) {}

  public declare(block: HclBlock): void {
    const [type, name] = labels(block, 2, 'data "amazon-ami" "name" { … }');
    const key = `${type}.${name}`;
    if (this.declared.has(key)) block.place.fail(`the data block "${key}" is declared twice`, 'keep one of them');
    this.declared.set(key, { source: block, reading: false });
  }

  public refuseUnknown(place: Place): void {
    const names = [...this.declared.keys()];
    const unknown = Object.keys(this.given).find((given) => !names.some((name) => given.startsWith(`${name}.`)));
    if (unknown !== undefined) place.fail(`data "${unknown}" is given, but no data block is called so`, suggestion(unknown, names.map((name) => `${name}.ATTRIBUTE`)));
  }

  public all(): Block[] {
    return [...this.declared.keys()].map((key) => this.block(key));
  }

  private use(type: string, name: string, attribute: string, place: Place): Value {
    const key = `${type}.${name}`;
    if (!this.declared.has(key)) place.fail(`the data block "${key}" is not declared`, suggestion(key, this.declared.keys()));
    const given = this.valueOf(`${key}.${attribute}`);
    if (given !== undefined) return given;
    const attributes = REFERENCES.get(type) ?? place.fail(`data "${type}" is not read`, INSTEAD.get(type) ?? `give its value: --data ${key}.${attribute}=VALUE`);
    if (!attributes.includes(attribute)) place.fail(`"${type}" has no attribute "${attribute}"`, suggestion(attribute, attributes));
    return new DataValue(this.block(key), attribute);
  }

  /** A value that was given, or a map of those below a name. */
  private valueOf(name: string): Value | undefined {
    if (Object.hasOwn(this.given, name)) return this.given[name]!;
    const below = Object.keys(this.given).filter((given) => given.startsWith(`${name}.`));
    return below.length === 0 ? undefined : new Map(below.map((given) => [given.slice(name.length + 1), this.given[given]!]));
  }

  private block(key: string): Block {
    const entry = this.declared.get(key)!;
    if (entry.block) return entry.block;
    const { source } = entry;
    if (entry.reading) source.place.fail(`the data block "${key}" depends on itself`, 'break the circle');
    entry.reading = true;
    try {
      const settings = this.settings.settings(source.body, this.scope());
      entry.block = { type: source.labels[0]!, name: source.labels[1]!, at: source.place.position, settings };
      return entry.block;
    } finally {
      entry.reading = false;
    }
  }
}
