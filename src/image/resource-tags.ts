import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';
import { MAX_RESOURCE_TAGS } from '../private/limits';

/** Tags of instances and volumes of builds, if the service takes them. */
export function checkResourceTags(scope: IConstruct, tags: { [key: string]: string }): { [key: string]: string } {
  const count = Object.keys(tags).length;
  if (count > MAX_RESOURCE_TAGS) {
    throw new InvalidInputError(scope, {
      what: `instances of builds get ${count} tags`,
      expected: `at most ${MAX_RESOURCE_TAGS}, those of the stack and resourceTags together`,
      fix: `remove ${count - MAX_RESOURCE_TAGS} of them, or keep some tags of the stack from this construct with Tags.of(…).remove(…)`,
    });
  }
  const reserved = Object.keys(tags).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw new InvalidInputError(scope, { what: `the tag '${reserved}' is reserved`, expected: 'a key that does not begin with aws:', fix: 'remove it from resourceTags' });
  }
  return tags;
}
