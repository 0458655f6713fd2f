import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';
import { MAX_RESOURCE_TAGS } from '../private/limits';

/** Checks the tags that are given for instances and volumes of builds. How many they are with those of the stack is known at synthesis. */
export function checkResourceTags(scope: IConstruct, given: { [key: string]: string } = {}): void {
  const reserved = Object.keys(given).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw new InvalidInputError(scope, { what: `the tag '${reserved}' is reserved`, expected: 'a key that does not begin with aws:', fix: 'remove it from resourceTags' });
  }
}

/** What the service refuses of all tags together. For validations: an error in a lazy value would be printed without its fix. */
export function resourceTagProblems(scope: IConstruct, tags: { [key: string]: string }): string[] {
  const count = Object.keys(tags).length;
  return count <= MAX_RESOURCE_TAGS ? [] : [
    `${scope.node.path}: instances of builds get ${count} tags; expected at most ${MAX_RESOURCE_TAGS}, those of the stack and resourceTags together; `
    + `remove ${count - MAX_RESOURCE_TAGS} of them, or keep some tags of the stack from this construct with Tags.of(…).remove(…)`,
  ];
}
