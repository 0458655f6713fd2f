import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from './errors';
import { nameLimits, type NameLimit } from './limits';
import { qualifiedName } from '../contract';

// Recipes, pipelines and components take 3 to 128 characters, and ARNs of Image Builder are lower-case; the namespace and two hyphens come before.
const VALID = /^(?=.{1,50}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A name that goes into names and ARNs of AWS resources. Gives it back if it is valid. */
export function validName(scope: IConstruct, what: string, name: string, property: string): string {
  if (Token.isUnresolved(name)) {
    throw new InvalidInputError(scope, {
      what: `the ${what} is a token`,
      expected: 'a literal, because ARNs and parameters are named after it',
      fix: `give a literal ${property}`,
    });
  }
  if (!VALID.test(name)) {
    throw new InvalidInputError(scope, {
      what: `the ${what} '${name}' is not valid`,
      expected: '1 to 50 lower-case letters, digits and single hyphens, with no hyphen at either end',
      fix: `change ${property}`,
    });
  }
  return name;
}

/**
 * A name that is made of parts, each of which is valid. Gives it back if AWS takes it for its length.
 *
 * @param parts what the user may shorten, by the property that says it
 */
export function composedName(scope: IConstruct, { of, maximum, source }: NameLimit, name: string, parts: Record<string, string>): string {
  if (name.length <= maximum) { return name; }
  const given = Object.entries(parts).sort(([, a], [, b]) => b.length - a.length).map(([part, value]) => `${part} '${value}' (${value.length})`);
  throw new InvalidInputError(scope, {
    what: `the name of the ${of} '${name}' has ${name.length} characters`,
    expected: `at most ${maximum} (${source})`,
    fix: `shorten ${given.join(' or ')} by ${name.length - maximum}`,
  });
}

/** Name of a recipe, pipeline, component, configuration or workflow. `parts` is what comes after the namespace. */
export function imageBuilderName(scope: IConstruct, namespace: string, parts: Record<string, string>): string {
  return composedName(scope, nameLimits.imageBuilder, qualifiedName(namespace, Object.values(parts).join('-')), { namespace, ...parts });
}
