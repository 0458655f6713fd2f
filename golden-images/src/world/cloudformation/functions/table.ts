import { cidrBlocks } from './cidr';
import type { Evaluator } from './evaluate';
import type { Scope } from './scope';
import { substitute } from './sub';
import { templateError } from '../template/errors';
import { LANGUAGE_EXTENSIONS, transforms } from '../template/template';
import { isObject } from '../template/values';

type Lazy = (evaluator: Evaluator, argument: unknown) => unknown;
type Eager = (value: unknown, scope: Scope) => unknown;

/** Functions that decide themselves which of their arguments are evaluated. */
export const lazyFunctions: Readonly<Record<string, Lazy>> = {
  'Fn::If': (evaluator, argument) => {
    const [name, yes, no] = list(argument, 3, 'Fn::If object requires a list argument with three parameters');
    return evaluator.evaluate(evaluator.condition(name) ? yes : no);
  },
  'Fn::GetAtt': (evaluator, argument) => {
    const [resource, ...rest] = Array.isArray(argument) ? argument : String(argument).split('.');
    return evaluator.scope.attribute(String(resource), String(evaluator.evaluate(rest.length === 1 ? rest[0] : rest.join('.'))));
  },
  'Fn::Sub': substitute,
};

/** Functions of values: they are called once all of their arguments are known. */
export const eagerFunctions: Readonly<Record<string, Eager>> = {
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': (value) => {
    const [separator, text] = list(value, 2, 'Fn::Split requires a list of a delimiter and a string');
    return scalar(text, 'Fn::Split').split(scalar(separator, 'Fn::Split'));
  },
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (value, scope) => scope.importValue(scalar(value, 'Fn::ImportValue')),
  'Fn::GetAZs': (value, scope) => {
    const region = scalar(value, 'Fn::GetAZs') || scope.region;
    return ['a', 'b', 'c'].map((zone) => `${region}${zone}`);
  },
  'Fn::Base64': (value) => Buffer.from(scalar(value, 'Fn::Base64'), 'utf8').toString('base64'),
  'Fn::Cidr': (value) => {
    const [block, count, bits] = value as unknown[];
    return cidrBlocks(scalar(block, 'Fn::Cidr'), Number(count), bits === undefined ? undefined : Number(bits));
  },
  'Fn::Length': (value, scope) => {
    extension('Fn::Length', scope);
    if (!Array.isArray(value)) throw templateError('Fn::Length requires a list');
    return value.length;
  },
  'Fn::ToJsonString': (value, scope) => {
    extension('Fn::ToJsonString', scope);
    return JSON.stringify(value);
  },
};

function join(value: unknown): string {
  const [delimiter, parts] = list(value, 2, 'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings');
  if (!Array.isArray(parts)) throw templateError('every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings');
  return parts.map((part) => scalar(part, 'Fn::Join')).join(scalar(delimiter, 'Fn::Join'));
}

function select(value: unknown): unknown {
  const [index, from] = list(value, 2, 'every Fn::Select object requires two parameters, the index and the list');
  const options = Array.isArray(from) ? from : scalar(from, 'Fn::Select').split(',');
  const chosen = options[Number(index)];
  if (chosen === undefined) throw templateError(`Fn::Select cannot select nonexistent value at index ${String(index)}`);
  return chosen;
}

function findInMap(value: unknown, scope: Scope): unknown {
  const [map, top, second, options] = value as unknown[];
  const found = scope.template.Mappings?.[String(map)]?.[String(top)]?.[String(second)];
  if (found !== undefined) return found;
  if (isObject(options) && 'DefaultValue' in options) {
    extension('the DefaultValue of Fn::FindInMap', scope);
    return options.DefaultValue;
  }
  throw templateError(`Unable to get mapping for ${String(map)}::${String(top)}::${String(second)}`);
}

function list(value: unknown, length: number, message: string): unknown[] {
  if (!Array.isArray(value) || value.length !== length) throw templateError(message);
  return value;
}

function scalar(value: unknown, name: string): string {
  if (value === null || value === undefined || typeof value === 'object') throw templateError(`${name} requires a string where a list or an object stands`);
  return String(value);
}

/** Fn::Length and Fn::ToJsonString exist only where the language extensions are declared (user guide, AWS::LanguageExtensions). */
function extension(what: string, scope: Scope): void {
  if (!transforms(scope.template).includes(LANGUAGE_EXTENSIONS)) throw templateError(`${what} requires the transform ${LANGUAGE_EXTENSIONS}`);
}
