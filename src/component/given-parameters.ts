import { Lazy, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ComponentConfig } from './component';
import { readDocument, type Variable } from './document';
import { InvalidInputError } from '../private/errors';
import { contentHash } from '../private/hash';

/** Values of a document's parameters, by name. */
export type GivenParameters = Readonly<Record<string, string>>;

/** A component with values of its parameters: the same resource, and another content of the image. */
export function withParameters(image: Construct, config: ComponentConfig, given: GivenParameters | undefined): ComponentConfig {
  if (given === undefined || Object.keys(given).length === 0) { return config; }
  checkValues(image, config.componentName, given);
  return {
    ...config,
    parameters: { ...config.parameters, ...given },
    content: Lazy.uncachedString({ produce: () => contentHash(image, [config.content, given]) }),
  };
}

/** Holds what is given to what the document declares. */
export function checkParameters(image: Construct, componentName: string, text: string, given: GivenParameters = {}): void {
  // Reading takes milliseconds, and most documents have no parameters.
  const parameters = /\bparameters\b/.test(text) ? readDocument(text).parameters : [];
  const unknown = Object.keys(given).find((name) => !parameters.some((declared) => declared.name === name));
  if (unknown !== undefined) {
    throw new InvalidInputError(image, {
      what: `component '${componentName}': the document declares no parameter '${unknown}'`,
      expected: parameters.length === 0 ? 'no parameters' : `one of ${namesOf(parameters)}`,
      fix: 'correct the name, or declare it in the parameters of the document',
    });
  }
  const missing = parameters.filter(({ name, value }) => value === undefined && given[name] === undefined);
  if (missing.length > 0) {
    throw new InvalidInputError(image, {
      what: `component '${componentName}': no value is given for ${namesOf(missing)}`,
      expected: 'a value for each parameter without a default',
      fix: `give the component parameters: { ${missing[0]!.name}: '…' }, or the document a default`,
    });
  }
}

const namesOf = (parameters: readonly Variable[]): string => parameters.map(({ name }) => name).join(', ');

/** The only type of parameters is string, and a recipe takes no empty ones (API reference of Image Builder, ComponentParameter). */
function checkValues(image: Construct, componentName: string, given: GivenParameters): void {
  Object.entries(given).forEach(([name, value]) => {
    if (typeof value === 'string' && value !== '' || Token.isUnresolved(value)) { return; }
    throw new InvalidInputError(image, {
      what: `component '${componentName}': the parameter '${name}' is ${JSON.stringify(value)}`,
      expected: 'a text that is not empty',
      fix: value === '' ? 'leave the parameter out, or give it a value' : `give it as '${String(value)}'`,
    });
  });
}
