import { offsetInString, type JsonNode, type JsonObject } from './parse';
import { interpolate, type Engine, type EngineFunction } from '../template/interpolation/interpolate';
import { ActionError } from '../template/interpolation/pipeline';
import { Late, textSetting, type Text } from '../template/late';
import { Budget } from '../template/limits';
import type { Setting } from '../template/model';
import type { Notices } from '../template/notices';
import type { SourceFile } from '../template/source-file';
import { settingOr } from '../template/unread';

/** Functions whose argument is a name: those whose quotes people forget. */
const NAMES_ONLY = new Set(['user', 'env', 'build']);

/** Of a builder, what its blocks may ask for. */
export interface NamedBuilder {
  readonly name: string;
  readonly type: string;
}

/** Evaluates the values of a JSON template. */
export class JsonSettings {
  /** Whether the name or type of the builder was asked for since this was set to false. */
  public touched = false;

  public constructor(
    private readonly file: SourceFile,
    private readonly notices: Notices,
    private readonly functions: ReadonlyMap<string, EngineFunction>,
    private readonly budget = new Budget(),
  ) {}

  /** The same for blocks of one builder, or of any. */
  public of(builder?: NamedBuilder): JsonSettings {
    const functions = new Map(this.functions);
    const known: Array<[string, string | undefined]> = [['build_name', builder?.name], ['build_type', builder?.type]];
    for (const [name, value] of known) {
      functions.set(name, (args, fail, warn) => {
        this.touched = true;
        return value !== undefined && args.length === 0 ? value : this.functions.get(name)!(args, fail, warn);
      });
    }
    return new JsonSettings(this.file, this.notices, functions, this.budget);
  }

  /** What cannot be evaluated is so by itself. */
  public setting(node: JsonNode): Setting {
    const at = this.file.position(node.offset);
    const { kind } = node;
    if (kind === 'list') return { at, kind: 'list', value: node.items.map((item) => this.setting(item)) };
    if (kind === 'object') return { at, kind: 'map', value: this.map(node) };
    const { value, offset } = node;
    return typeof value === 'string' ? settingOr(at, () => textSetting(at, this.text(value, offset))) : { at, kind: 'scalar', value };
  }

  /** The members of an object without some of them. */
  public map(node: JsonObject, without: ReadonlySet<string> = new Set()): Map<string, Setting> {
    return new Map(node.members.filter((member) => !without.has(member.name)).map((member) => [member.name, this.setting(member.value)]));
  }

  /** A text that stands at an offset of a file. */
  public text(text: string, offset: number, file = this.file): Text {
    const place = (index: number) => offsetInString(file, offset, index);
    const warned = (index: number, message: string) => this.notices.warn(file.position(place(index)), message);
    const engine: Engine = {
      functions: this.functions,
      namesOnly: NAMES_ONLY,
      repaired: (index, written, repaired) => warned(index, `read ${written} as ${repaired}: Packer refuses names without backquotes`),
      warned,
    };
    try {
      const result = interpolate(text, engine);
      if (!this.budget.step(characters(result))) file.fail(offset, 'the texts of the template are too long', 'keep long texts in files');
      return result;
    } catch (error) {
      if (error instanceof ActionError) file.fail(place(error.offset), error.what, error.fix);
      throw error;
    }
  }
}

function characters(text: Text): number {
  return text instanceof Late ? text.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0) : text.length;
}
