import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from './errors';

// Recipes, pipelines and components take 3 to 128 characters, and ARNs of Image Builder are lower-case; the namespace and two hyphens come before.
const LEGAL = /^(?=.{1,50}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A name that goes into names and ARNs of AWS resources. Gives it back if it is legal. */
export function legalName(scope: IConstruct, what: string, name: string, property: string): string {
  if (Token.isUnresolved(name)) {
    throw new InvalidInputError(scope, {
      what: `the ${what} is a token`,
      expected: 'a literal, because ARNs and parameters are named after it',
      fix: `give a literal ${property}`,
    });
  }
  if (!LEGAL.test(name)) {
    throw new InvalidInputError(scope, {
      what: `the ${what} '${name}' is not legal`,
      expected: '1 to 50 lower-case letters, digits and single hyphens, with no hyphen at either end',
      fix: `change ${property}`,
    });
  }
  return name;
}

/** The name that a construct id stands for. */
export const nameOfId = (id: string): string => id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
