import { isEmpty } from './empty';
import type { Part } from './part';
import { textOf } from './text';
import type { Block, Position, Setting } from '../template/model';

/**
 * Reads typed values out of the settings of a block, as leniently as Packer: a number may be a text, and one text a list. What is wrong is
 * refused, and then nothing is read.
 */
export class Values {
  public static of(block: Block, part: Part): Values {
    return new Values(block.at, block.settings, part);
  }

  public constructor(public readonly at: Position, private readonly settings: ReadonlyMap<string, Setting>, public readonly part: Part) {}

  public setting(name: string): Setting | undefined {
    const setting = this.settings.get(name);
    if (setting?.kind === 'unread') return this.part.refuse(setting.value.at, setting.value.what, setting.value.fix);
    return isEmpty(setting) ? undefined : setting;
  }

  /** Where an option stands, or else the block. */
  public place(name: string): Position {
    return this.settings.get(name)?.at ?? this.at;
  }

  public text(name: string): string | undefined {
    const setting = this.setting(name);
    return setting && textOf(setting, name, this.part);
  }

  public required(name: string): string | undefined {
    return isEmpty(this.settings.get(name)) ? this.fail(name, `"${name}" is missing`, `give "${name}"`) : this.text(name);
  }

  public texts(name: string): string[] {
    return this.list(name).map((item) => textOf(item, name, this.part)).filter((text) => text !== undefined);
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
    const entries = this.maps(name, `"${name}" is no map`, 'write names with values').flatMap(({ value }) => [...value]);
    return new Map(entries);
  }

  /** Nested blocks of one name: a list of maps, or one map. */
  public blocks(name: string): Values[] {
    return this.maps(name, `"${name}" is no block`, 'write { … }').map(({ at, value }) => new Values(at, value, this.part));
  }

  public number(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : numberOf(text) ?? this.fail(name, `"${name}" is no number`, 'write a whole number');
  }

  public numbers(name: string): number[] {
    const numbers = this.texts(name).map((text) => numberOf(text) ?? this.fail(name, `"${name}" holds what is no number`, 'write whole numbers'));
    return numbers.filter((number) => number !== undefined);
  }

  public flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (['true', '1', 't', 'yes'].includes(text)) return true;
    return ['false', '0', 'f', 'no'].includes(text) ? false : this.fail(name, `"${name}" is neither true nor false`, 'write true or false');
  }

  /** Seconds of a duration as Go writes it: `1h30m`, `90s`. */
  public seconds(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/gy)];
    const whole = parts.length > 0 && parts.map(([part]) => part).join('') === text;
    if (text !== '0' && !whole) return this.fail(name, `"${name}" is no duration`, 'write such as 30s, 10m or 1h30m');
    const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit!] ?? 0), 0);
    return seconds <= MOST ? Math.ceil(seconds) : this.fail(name, `"${name}" is longer than a build may take`, 'shorten it');
  }

  /** Refuses an option, or else the block. */
  public fail(name: string, what: string, fix: string): undefined {
    return this.part.refuse(this.place(name), what, fix);
  }

  private maps(name: string, what: string, fix: string): Extract<Setting, { kind: 'map' }>[] {
    const setting = this.setting(name);
    const items = setting === undefined ? [] : setting.kind === 'list' ? setting.value : [setting];
    return items.map((item) => (item.kind === 'map' ? item : this.fail(name, what, fix))).filter((item) => item !== undefined);
  }
}

const UNITS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };
const MOST = 7 * 24 * 3600;

const numberOf = (text: string): number | undefined => (/^\s*-?\d{1,12}\s*$/.test(text) ? Number(text) + 0 : undefined);
