import type { RuntimeSecret } from '../../../component/secret';
import { TemplateError } from '../../template/error';
import type { Setting } from '../../template/model';
import { boundSecret, type MappingContext } from '../context';
import { textOf, type Values } from '../values';

/** Environment variables of a script: texts, and secrets that are fetched when it runs. */
export interface ScriptEnvironment {
  readonly texts: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, RuntimeSecret>>;
}

/** `environment_vars` is a list of `NAME=value`, `env` a map; the second wins, as in Packer. */
export function environmentOf(values: Values, context: MappingContext): ScriptEnvironment {
  const texts: Record<string, string> = {};
  const secrets: Record<string, RuntimeSecret> = {};
  const put = (name: string, setting: Setting): void => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new TemplateError(setting.at, `"${name}" is no name of an environment variable`, 'write letters, digits and underscores');
    }
    delete texts[name];
    delete secrets[name];
    if (setting.kind === 'secret') secrets[name] = secretOf(setting, context);
    else texts[name] = textOf(setting, name);
  };
  for (const item of pairs(values)) put(...assignment(item));
  for (const [name, setting] of values.map('env')) put(name, setting);
  return { texts, secrets };
}

/** A value may have commas: nothing is split here. */
function pairs(values: Values): Setting[] {
  const setting = values.setting('environment_vars');
  if (setting === undefined) return [];
  return setting.kind === 'list' ? [...setting.value] : [setting];
}

function assignment(setting: Setting): [string, Setting] {
  if (setting.kind === 'secret') return secretAssignment(setting);
  const [, name, value] = /^([^=]+)=([^]*)$/.exec(textOf(setting, 'environment_vars')) ?? [];
  if (name === undefined) throw new TemplateError(setting.at, 'an item of "environment_vars" is no NAME=value', 'write NAME=value');
  return [name, { at: setting.at, kind: 'scalar', value: value! }];
}

/** `NAME={{user `secret`}}`, and nothing else in it. */
function secretAssignment(setting: Extract<Setting, { kind: 'secret' }>): [string, Setting] {
  const { parts } = setting.value;
  const [name, secret] = parts ?? [];
  if (parts?.length === 2 && typeof name === 'string' && name.endsWith('=') && typeof secret === 'object' && 'variable' in secret) {
    return [name.slice(0, -1), { at: setting.at, kind: 'secret', value: secret }];
  }
  throw new TemplateError(setting.at, `an item of "environment_vars" mixes the sensitive variable "${setting.value.variable}" with other text`,
    'give the script the whole value: NAME={{user `variable`}}');
}

function secretOf({ at, value }: Extract<Setting, { kind: 'secret' }>, context: MappingContext): RuntimeSecret {
  if (value.derived || value.parts) {
    throw new TemplateError(at, `a value is computed from the sensitive variable "${value.variable}"`, 'give the script the variable as it is, and compute there');
  }
  return boundSecret(context, value.variable, at);
}

/** What Packer sets in every script. Only for those that ask: the definition of two builders is else the same. */
export function packerVariables(text: string, { builder, dependsOnBuilder }: MappingContext): Record<string, string> {
  const all: Record<string, string> = { PACKER_BUILD_NAME: (builder.name ?? builder.type).split('.').pop()!, PACKER_BUILDER_TYPE: builder.type };
  const used = Object.entries(all).filter(([name]) => text.includes(name));
  if (used.length > 0) dependsOnBuilder();
  return Object.fromEntries(used);
}
