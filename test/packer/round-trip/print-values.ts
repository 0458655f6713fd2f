import { engineCall, engineText } from './engine-text';
import { attributes, Expression, hcl, quoted, type HclLine, type HclValue } from '../../../golden-images/src/render/packer/hcl';
import type { Part } from '../../../src/packer/template/late';
import type { RuntimeValue, Secret, Setting } from '../../../src/packer/template/model';

const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
export const member = (owner: string, name: string): string => (NAME.test(name) ? `${owner}.${name}` : `${owner}[${quoted(name)}]`);

/** A setting as a value of HCL. */
export function valueOf(setting: Setting): HclValue {
  switch (setting.kind) {
    case 'scalar': return setting.value === null ? new Expression('null') : typeof setting.value === 'string' ? engineText(setting.value) : setting.value;
    case 'list': return setting.value.map(valueOf);
    case 'map': return objectOf([...setting.value].map(([key, value]) => [key, valueOf(value)]));
    case 'data': return new Expression(member(member(member('data', setting.value.block.type), setting.value.block.name!), setting.value.attribute));
    case 'runtime': return textOf(setting.value.parts);
    case 'secret': return textOf(setting.value.parts ?? [setting.value]);
    case 'unread': throw new Error(`what cannot be read cannot be printed: ${setting.value.what}`);
  }
}

/** The value of a variable: the template engine does not look at it where it is declared. */
export function variableValue(setting: Setting): HclValue {
  switch (setting.kind) {
    case 'scalar': return setting.value === null ? new Expression('null') : setting.value;
    case 'list': return setting.value.map(variableValue);
    case 'map': return objectOf([...setting.value].map(([key, value]) => [key, variableValue(value)]));
    case 'runtime': return runtimeText(setting.value.parts);
    default: return '';
  }
}

export const runtimeText = (parts: ReadonlyArray<string | RuntimeValue>): string =>
  parts.map((part) => (typeof part === 'string' ? engineText(part) : engineCall(part))).join('');

function objectOf(entries: ReadonlyArray<readonly [string, HclValue]>): Expression {
  return new Expression(`{\n${hcl(entries.flatMap(([key, value]) => attributes({ [quoted(key)]: value })))}}`);
}

/** A text with `${…}` in it. */
function textOf(parts: ReadonlyArray<Part>): Expression {
  return new Expression(`"${parts.map((part) => (typeof part === 'string' ? literal(part) : inserted(part))).join('')}"`);
}

/** Dollar and percent signs at the end would double that of the `${` that follows. */
const literal = (part: string): string =>
  quoted(engineText(part)).slice(1, -1).replace(/[$%]+$/, (signs) => `\${"${signs}"}`);

function inserted(part: RuntimeValue | Secret): string {
  if ('variable' in part) return `\${${part.derived ? `upper(${secretName(part)})` : secretName(part)}}`;
  if (part.call === 'isotime') return part.argument === undefined ? '${timestamp()}' : `\${legacy_isotime(${quoted(part.argument)})}`;
  return part.call === 'uuid' ? '${uuidv4()}' : quoted(engineCall(part)).slice(1, -1);
}

const secretName = ({ variable }: Secret): string => (variable.startsWith('local.') ? member('local', variable.slice(6)) : member('var', variable));

/** Settings as the lines of a body; several maps under one name are blocks, and nothing is said of what is null. */
export function bodyOf(settings: ReadonlyMap<string, Setting>): HclLine[] {
  return [...settings].flatMap(([name, setting]): HclLine[] => {
    if (setting.kind === 'scalar' && setting.value === null) return [];
    if (!areBlocks(setting)) return attributes({ [name]: valueOf(setting) });
    return setting.value.map((each): HclLine => ({ kind: 'block', header: name, body: bodyOf(each.value) }));
  });
}

type MapSetting = Extract<Setting, { kind: 'map' }>;
const isPlain = (setting: Setting): setting is MapSetting =>
  setting.kind === 'map' && [...setting.value].every(([key, value]) => NAME.test(key) && !(value.kind === 'scalar' && value.value === null));
const areBlocks = (setting: Setting): setting is { kind: 'list'; at: Setting['at']; value: ReadonlyArray<MapSetting> } =>
  setting.kind === 'list' && setting.value.length > 1 && setting.value.every(isPlain);
