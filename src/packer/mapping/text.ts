import type { Part } from './part';
import type { Setting } from '../template/model';

/** A text that is known now; refused where it is not. */
export function textOf(setting: Setting, name: string, part: Part): string | undefined {
  switch (setting.kind) {
    case 'scalar': return String(setting.value ?? '');
    case 'runtime': return part.refuse(setting.at, `"${name}" holds a value that only the build knows, so that every synthesis would change the image`,
      'such values are valid in names and tags only: write a fixed value');
    case 'secret': return part.refuse(setting.at, `"${name}" holds the sensitive variable "${setting.value.variable}", which would stand in a document`,
      'hand it to a script as a whole, by "environment_vars" or "env"');
    case 'unread': return part.refuse(setting.value.at, setting.value.what, setting.value.fix);
    case 'data': return part.refuse(setting.at, `"${name}" is read from data.${setting.value.block.type}, which is not known here`, 'write the value');
    default: return part.refuse(setting.at, `"${name}" is no text`, 'write one text');
  }
}
