import { functionOf, isObject } from './values';
import { subArgument, subParts } from '../functions/sub';

/** A mention of a parameter, pseudo parameter or resource in a template. */
export interface Reference {
  readonly target: string;
  /** Present for an attribute (Fn::GetAtt, `${A.B}`). */
  readonly attribute?: string;
}

type Branch = (condition: string) => boolean | undefined;

/**
 * All references within a value. `branch` tells the value of a condition: of an Fn::If only the branch taken counts; where
 * it is unknown, both do.
 */
export function references(value: unknown, branch: Branch = () => undefined): Reference[] {
  const call = functionOf(value);
  if (call) return ofFunction(call.name, call.argument, branch);
  if (Array.isArray(value)) return value.flatMap((each) => references(each, branch));
  return isObject(value) ? Object.values(value).flatMap((each) => references(each, branch)) : [];
}

function ofFunction(name: string, argument: unknown, branch: Branch): Reference[] {
  if (name === 'Ref') return [{ target: String(argument) }];
  if (name === 'Fn::GetAtt') return ofGetAtt(argument, branch);
  if (name === 'Fn::Sub') return ofSub(argument, branch);
  if (name === 'Fn::If' && Array.isArray(argument)) {
    const taken = branch(String(argument[0]));
    return references(taken === undefined ? argument.slice(1) : argument[taken ? 1 : 2], branch);
  }
  return references(argument, branch);
}

function ofGetAtt(argument: unknown, branch: Branch): Reference[] {
  const [target, ...rest] = Array.isArray(argument) ? argument : String(argument).split('.');
  const attribute = rest.every((each) => typeof each === 'string') ? rest.join('.') : '';
  return [{ target: String(target), attribute }, ...references(rest, branch)];
}

function ofSub(argument: unknown, branch: Branch): Reference[] {
  const { text, variables } = subArgument(argument);
  const names = subParts(text).flatMap((part) => ('variable' in part && !(part.variable in variables) ? [part.variable] : []));
  const own = names.map((name): Reference => {
    const dot = name.indexOf('.');
    return dot < 0 ? { target: name } : { target: name.slice(0, dot), attribute: name.slice(dot + 1) };
  });
  return [...own, ...references(variables, branch)];
}
