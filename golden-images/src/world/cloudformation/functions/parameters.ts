import { validationError } from '../template/errors';
import type { ParameterDefinition, Template } from '../template/template';

/** A parameter of a stack: what was given, and what it stands for. */
export interface ParameterValue {
  readonly name: string;
  /** The text given (for SSM parameter types: the name of the parameter). */
  readonly given: string;
  /** For SSM parameter types: the value that was read. */
  readonly resolved?: string;
  /** What `Ref` gives: a list for list types. */
  readonly value: unknown;
  readonly noEcho: boolean;
}

export interface GivenParameter {
  readonly ParameterKey?: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: boolean;
}

/** The values of a template's parameters, from what a request gives, what the stack had and the defaults. */
export function parameterValues(
  template: Template,
  given: readonly GivenParameter[],
  previous: readonly ParameterValue[],
  parameterStore: (name: string) => string | undefined,
): ParameterValue[] {
  const definitions = Object.entries(template.Parameters ?? {});
  const unknown = given.map((each) => each.ParameterKey ?? '').filter((key) => !definitions.some(([name]) => name === key));
  if (unknown.length > 0) throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const texts = definitions.map(([name, definition]) => ({ name, definition, text: textOf(name, definition, given, previous) }));
  const missing = texts.filter(({ text }) => text === undefined).map(({ name }) => name);
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  return texts.map(({ name, definition, text }) => toValue(name, definition, text!, parameterStore));
}

function textOf(
  name: string, definition: ParameterDefinition, given: readonly GivenParameter[], previous: readonly ParameterValue[],
): string | undefined {
  const request = given.find((each) => each.ParameterKey === name);
  if (request?.UsePreviousValue) {
    const before = previous.find((each) => each.name === name);
    if (!before) throw validationError(`Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`);
    return before.given;
  }
  if (request?.ParameterValue !== undefined) return request.ParameterValue;
  return definition.Default === undefined ? undefined : String(definition.Default);
}

function toValue(name: string, definition: ParameterDefinition, given: string, parameterStore: (name: string) => string | undefined): ParameterValue {
  const noEcho = String(definition.NoEcho ?? false) === 'true';
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(definition.Type);
  if (!stored) {
    checkConstraints(name, definition, given);
    return { name, given, noEcho, value: typed(definition.Type, given) };
  }
  const resolved = parameterStore(given);
  if (resolved === undefined) throw validationError(`Unable to fetch parameters [${given}] from parameter store for this account.`);
  return { name, given, noEcho, resolved, value: typed(stored[1]!, resolved) };
}

const isList = (type: string): boolean => type === 'CommaDelimitedList' || type.startsWith('List<');

function typed(type: string, text: string): unknown {
  if (isList(type)) return text === '' ? [] : text.split(',').map((each) => each.trim());
  return text;
}

function checkConstraints(name: string, definition: ParameterDefinition, text: string): void {
  const refuse = (constraint: string): never => {
    throw validationError(`Parameter ${name} failed to satisfy constraint: ${definition.ConstraintDescription ?? constraint}`);
  };
  const allowed = definition.AllowedValues?.map(String);
  for (const each of isList(definition.Type) ? (typed(definition.Type, text) as string[]) : [text]) {
    if (allowed && !allowed.includes(each)) refuse(`Parameter '${name}' must be one of AllowedValues`);
    if (definition.AllowedPattern && !new RegExp(`^(?:${definition.AllowedPattern})$`).test(each)) refuse(`must match pattern ${definition.AllowedPattern}`);
    if (each.length < Number(definition.MinLength ?? 0)) refuse(`must have a length of at least ${definition.MinLength}`);
    if (each.length > Number(definition.MaxLength ?? Infinity)) refuse(`must have a length of at most ${definition.MaxLength}`);
    if (/Number/.test(definition.Type)) checkNumber(definition, each, refuse);
  }
}

function checkNumber(definition: ParameterDefinition, text: string, refuse: (constraint: string) => never): void {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) refuse('must be a number');
  if (number < Number(definition.MinValue ?? -Infinity)) refuse(`must be at least ${definition.MinValue}`);
  if (number > Number(definition.MaxValue ?? Infinity)) refuse(`must be at most ${definition.MaxValue}`);
}
