import type { Setting } from '../../template/model';
import type { MappingContext } from '../context';
import { textOf } from '../text';
import type { Values } from '../values';

/** Environment variables of a script, by name: texts, and the sensitive variables of the template whose value is fetched when it runs. */
export interface ScriptEnvironment {
  readonly texts: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
}

type Assignment = readonly [name: string, value: Setting];

/** `environment_vars` is a list of `NAME=value`, `env` a map; the second wins, as in Packer. */
export function environmentOf(values: Values, context: MappingContext): ScriptEnvironment {
  const given = [...pairs(values).map((item) => assignment(item, context)), ...values.map('env')];
  const all = new Map(given.filter((each): each is Assignment => each !== undefined && isName(...each, context)));
  const texts = [...all].filter(([, { kind }]) => kind !== 'secret').map(([name, setting]) => [name, textOf(setting, name, context.part) ?? ''] as const);
  const secrets = [...all].flatMap(([name, setting]) => (setting.kind === 'secret' ? [[name, secretOf(setting, context)] as const] : []));
  return { texts: new Map(texts), secrets: new Map(secrets) };
}

/** A value may have commas: nothing is split here. */
function pairs(values: Values): Setting[] {
  const setting = values.setting('environment_vars');
  if (setting === undefined) return [];
  return setting.kind === 'list' ? [...setting.value] : [setting];
}

function isName(name: string, { at }: Setting, { part }: MappingContext): boolean {
  const valid = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  if (!valid) part.refuse(at, `"${name}" is no name of an environment variable`, 'write letters, digits and underscores');
  return valid;
}

function assignment(setting: Setting, context: MappingContext): Assignment | undefined {
  if (setting.kind === 'secret') return secretAssignment(setting, context);
  const text = textOf(setting, 'environment_vars', context.part);
  if (text === undefined) return undefined;
  const [, name, value] = /^([^=]+)=([^]*)$/.exec(text) ?? [];
  if (name === undefined) return context.part.refuse(setting.at, 'an item of "environment_vars" is no NAME=value', 'write NAME=value');
  return [name, { at: setting.at, kind: 'scalar', value: value! }];
}

/** `NAME={{user `secret`}}`, and nothing else in it. */
function secretAssignment({ at, value }: Extract<Setting, { kind: 'secret' }>, { part }: MappingContext): Assignment | undefined {
  const [name, secret] = value.parts ?? [];
  if (value.parts?.length === 2 && typeof name === 'string' && name.endsWith('=') && typeof secret === 'object' && 'variable' in secret) {
    return [name.slice(0, -1), { at, kind: 'secret', value: secret }];
  }
  return part.refuse(at, `an item of "environment_vars" mixes the sensitive variable "${value.variable}" with other text`,
    'give the script the whole value: NAME={{user `variable`}}');
}

/** The name of the variable, which has to be bound to a secret. */
export function secretOf({ at, value }: Extract<Setting, { kind: 'secret' }>, { part, secrets }: MappingContext): string {
  const { variable } = value;
  if (value.derived || value.parts) {
    part.refuse(at, `a value is computed from the sensitive variable "${variable}"`, 'give the script the variable as it is, and compute there');
  } else if (!secrets.includes(variable)) {
    part.refuse(at, `the variable "${variable}" is sensitive and bound to no secret`,
      `bind it: PackerTemplate.fromFile(…, { secrets: { ${variable}: RuntimeSecret.secretsManager(secret) } })`);
  }
  return variable;
}

/** What Packer sets in every script; only for those that ask, so that other builders may share what does not. The template's own wins. */
export function withPackerVariables({ texts, secrets }: ScriptEnvironment, text: string, { builder }: MappingContext): ScriptEnvironment {
  const all = [['PACKER_BUILD_NAME', (builder.name ?? builder.type).split('.').pop()!], ['PACKER_BUILDER_TYPE', builder.type]] as const;
  return { texts: new Map([...all.filter(([name]) => text.includes(name)), ...texts]), secrets };
}
