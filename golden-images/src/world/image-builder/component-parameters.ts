import { parse } from 'yaml';
import { AwsError } from '../kernel';
import type { Component } from './model';

interface Given {
  readonly name: string;
  readonly value: string[];
}

type Declared = Record<string, { default?: unknown }>;

/**
 * A recipe gives a value to each parameter that has no default, and to none that is not declared. Source: Image Builder user guide,
 * "Use variables in your custom component document". Parameters of Amazon's components are not known here and taken as they are.
 */
export function checkParameters(component: Component, given: Given[] = []): void {
  if (component.data === '') return;
  const declared: Declared = Object.assign({}, ...parse(component.data).parameters ?? []);
  const unknown = given.find(({ name }) => !Object.hasOwn(declared, name));
  if (unknown) throw refused(component, `the parameter ${unknown.name} is not declared`);
  const missing = Object.keys(declared).find((name) => declared[name]!.default === undefined && !given.some((each) => each.name === name));
  if (missing) throw refused(component, `the parameter ${missing} has no value`);
  const several = given.find(({ value }) => value.length !== 1);
  if (several) throw refused(component, `the parameter ${several.name} has ${several.value.length} values`);
}

const refused = (component: Component, why: string): AwsError =>
  new AwsError('InvalidParameterValueException', `The parameters of component ${component.arn} are not valid: ${why}`);
