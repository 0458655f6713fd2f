import { Duration } from 'aws-cdk-lib';
import { isEmpty } from './treatment';
import { TemplateError } from '../template/error';
import type { Block, Position, Setting } from '../template/model';

/** Reads typed values out of the settings of a block, as leniently as Packer: a number may be a text, and one text a list. */
export class Values {
  public static of(block: Block): Values {
    return new Values(block.at, block.settings);
  }

  public constructor(public readonly at: Position, private readonly settings: ReadonlyMap<string, Setting>) {}

  public setting(name: string): Setting | undefined {
    const setting = this.settings.get(name);
    if (setting?.kind === 'unread') throw new TemplateError(setting.value.at, setting.value.what, setting.value.fix);
    return isEmpty(setting) ? undefined : setting;
  }

  /** Where an option stands, or else the block. */
  public place(name: string): Position {
    return this.settings.get(name)?.at ?? this.at;
  }

  public text(name: string): string | undefined {
    const setting = this.setting(name);
    return setting && textOf(setting, name);
  }

  public required(name: string): string {
    return this.text(name) ?? this.fail(name, `"${name}" is missing`, `give "${name}"`);
  }

  public texts(name: string): string[] {
    return this.list(name).map((item) => textOf(item, name));
  }

  /** The items of a list; anything else is a list of one. Packer splits a text at its commas. */
  public list(name: string): Setting[] {
    const setting = this.setting(name);
    if (setting === undefined) return [];
    if (setting.kind === 'list') return [...setting.value];
    if (setting.kind !== 'scalar' || typeof setting.value !== 'string') return [setting];
    return setting.value.split(',').map((value) => ({ at: setting.at, kind: 'scalar', value }));
  }

  /** The entries of a map; of several nested blocks of one name, the later wins. */
  public map(name: string): Map<string, Setting> {
    const setting = this.setting(name);
    if (setting === undefined) return new Map();
    const maps = setting.kind === 'list' ? setting.value : [setting];
    return new Map(maps.flatMap((each) => (each.kind === 'map' ? [...each.value] : this.fail(name, `"${name}" is no map`, 'write names with values'))));
  }

  /** Nested blocks of one name: a list of maps, or one map. */
  public blocks(name: string): Values[] {
    const setting = this.setting(name);
    const items = setting === undefined ? [] : setting.kind === 'list' ? setting.value : [setting];
    return items.map((item) => (item.kind === 'map' ? new Values(item.at, item.value) : this.fail(name, `"${name}" is no block`, 'write { … }')));
  }

  public number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : numberOf(text, () => this.fail(name, `"${name}" is no number`, 'write a whole number'));
  }

  public numbers(name: string): number[] {
    return this.list(name).map((item) => numberOf(textOf(item, name), () => this.fail(name, `"${name}" holds what is no number`, 'write whole numbers')));
  }

  public flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (['true', '1', 't', 'yes'].includes(text)) return true;
    return ['false', '0', 'f', 'no'].includes(text) ? false : this.fail(name, `"${name}" is neither true nor false`, 'write true or false');
  }

  /** A duration as Go writes it: `1h30m`, `90s`. */
  public duration(name: string): Duration | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
    if (text !== '0' && (parts.length === 0 || parts.map(([part]) => part).join('') !== text)) this.fail(name, `"${name}" is no duration`, 'write such as 30s, 10m or 1h30m');
    const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit!] ?? 0), 0);
    return seconds <= MOST ? Duration.seconds(Math.ceil(seconds)) : this.fail(name, `"${name}" is longer than a build may take`, 'shorten it');
  }

  public fail(name: string, what: string, fix: string): never {
    throw new TemplateError(this.place(name), what, fix);
  }
}

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };
const MOST = 7 * 24 * 3600;

function numberOf(text: string, fail: () => never): number {
  return /^\s*-?\d{1,12}\s*$/.test(text) ? Number(text) : fail();
}

/** A text that is known now. */
export function textOf(setting: Setting, name: string): string {
  switch (setting.kind) {
    case 'scalar': return String(setting.value ?? '');
    case 'runtime': throw new TemplateError(setting.at, `"${name}" holds a value that only the build knows, so that every synthesis would change the image`,
      'such values are valid in names and tags only: write a fixed value');
    case 'secret': throw new TemplateError(setting.at, `"${name}" holds the sensitive variable "${setting.value.variable}", which would stand in a document`,
      'hand it to a script as a whole, by "environment_vars" or "env"');
    case 'unread': throw new TemplateError(setting.value.at, setting.value.what, setting.value.fix);
    case 'data': throw new TemplateError(setting.at, `"${name}" is read from data.${setting.value.block.type}, which is not known here`, 'write the value');
    default: throw new TemplateError(setting.at, `"${name}" is no text`, 'write one text');
  }
}
