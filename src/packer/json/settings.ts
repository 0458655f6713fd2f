import { offsetInString, type JsonNode, type JsonObject } from './parse';
import { interpolate, type Engine, type EngineFunction } from '../template/interpolation/interpolate';
import { ActionError } from '../template/interpolation/pipeline';
import { Late, textSetting, type Text } from '../template/late';
import { Budget } from '../template/limits';
import type { Setting } from '../template/model';
import type { Notices } from '../template/notices';
import type { SourceFile } from '../template/source-file';

/** Functions whose argument is a name: those whose quotes people forget. */
const NAMES_ONLY = new Set(['user', 'env', 'build']);

/** Evaluates the values of a JSON template. */
export class JsonSettings {
  private readonly budget = new Budget();

  public constructor(
    private readonly file: SourceFile,
    private readonly notices: Notices,
    private readonly functions: ReadonlyMap<string, EngineFunction>,
  ) {}

  public setting(node: JsonNode): Setting {
    const at = this.file.position(node.offset);
    if (node.kind === 'list') return { at, kind: 'list', value: node.items.map((item) => this.setting(item)) };
    if (node.kind === 'object') return { at, kind: 'map', value: this.map(node) };
    return typeof node.value === 'string' ? textSetting(at, this.text(node.value, node.offset)) : { at, kind: 'scalar', value: node.value };
  }

  /** The members of an object without some of them. */
  public map(node: JsonObject, without: ReadonlySet<string> = new Set()): Map<string, Setting> {
    return new Map(node.members.filter((member) => !without.has(member.name)).map((member) => [member.name, this.setting(member.value)]));
  }

  public text(text: string, offset: number): Text {
    const place = (index: number) => offsetInString(this.file, offset, index);
    const engine: Engine = {
      functions: this.functions,
      namesOnly: NAMES_ONLY,
      repaired: (index, written, repaired) => this.notices.warn(
        this.file.position(place(index)), `read ${written} as ${repaired}: Packer refuses names without backquotes`),
    };
    try {
      const result = interpolate(text, engine);
      if (!this.budget.step(characters(result))) this.file.fail(offset, 'the texts of the template are too long', 'keep long texts in files');
      return result;
    } catch (error) {
      if (error instanceof ActionError) this.file.fail(place(error.offset), error.what, error.fix);
      throw error;
    }
  }
}

function characters(text: Text): number {
  return text instanceof Late ? text.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0) : text.length;
}
