import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../../private/errors';

/** A rule for texts; what is known only while deploying cannot be checked. */
const rule = (pattern: RegExp, expected: string, fix: string) => (scope: IConstruct, text: string, meaning: string): string => {
  if (!Token.isUnresolved(text) && !pattern.test(text)) {
    throw new InvalidInputError(scope, { what: `${meaning} '${text}' is not valid`, expected, fix });
  }
  return text;
};

export const checkPath = rule(/^\/[^\n]*[^\n/]$/, 'an absolute path without a slash at its end', 'correct the path');
export const checkMode = rule(/^[0-7]{3,4}$/, "three or four octal digits, such as '0644'", 'correct the mode');
// useradd(8); packages make names that it would refuse, such as Debian-exim.
export const checkName = rule(/^[a-z_][a-z0-9_-]{0,31}$/, 'a name of lower-case letters, digits, dashes and underscores', 'choose such a name');
export const checkOwner = rule(/^[A-Za-z0-9_][\w.-]*$/, 'the name or number of a user or group', 'correct it');
export const checkFileName = rule(/^[A-Za-z0-9][A-Za-z0-9_.@-]*$/, 'a file name of letters, digits, dots, dashes and underscores', 'choose such a name');
export const checkLine = rule(/^[^\n\r]*$/, 'one line', 'remove the line ends');
export const checkWord = rule(/^[^\s-]\S*$/, 'a text without spaces that does not start with a dash', 'correct it');
export const checkHost = rule(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'letters, digits, dots, underscores and hyphens', 'correct the name of the host');
// Some versions of systemd take it for a specifier here, others for itself.
export const checkWithoutPercent = rule(/^[^%]*$/, 'a text without percent signs', 'give it to the units that need it, by their environment');
export const checkVariable = rule(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and underscores', 'correct the name of the variable');

const UNIT_TYPES = 'service|socket|timer|mount|automount|target|path|slice|swap|device|scope';
export const checkUnitName = rule(new RegExp(`^[A-Za-z0-9:_.@\\\\-]+\\.(?:${UNIT_TYPES})$`), "a name with its type, such as 'app.service'", 'add the type');

/** A list, or map, that is there for something. */
export function checkNotEmpty(scope: IConstruct, entries: readonly unknown[], meaning: string): void {
  if (entries.length === 0) {
    throw new InvalidInputError(scope, { what: `${meaning} is empty`, expected: 'at least one entry', fix: 'give it one, or remove the step' });
  }
}

/** A number of a port, a user, a group. */
export function checkNumber(scope: IConstruct, value: number, meaning: string, most: number): number {
  if (!Token.isUnresolved(value) && !(Number.isInteger(value) && value >= 0 && value <= most)) {
    throw new InvalidInputError(scope, { what: `${meaning} ${value} is not valid`, expected: `a whole number from 0 to ${most}`, fix: 'correct it' });
  }
  return value;
}
