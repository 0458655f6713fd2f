import { TimeZone } from 'aws-cdk-lib';
import type { Problem } from '../errors';
import { nearest } from '../nearest';

/** What is looked at beyond the kind of a value. */
export const CONTENTS: Record<string, (value: unknown, path: string) => Problem | undefined> = {
  TimeZone: (value, path) => timeZoneProblem((value as TimeZone).timezoneName, path),
};

/** `TimeZone.of` takes every text. */
function timeZoneProblem(name: string, path: string): Problem | undefined {
  if (isTimeZone(name)) { return undefined; }
  const near = nearest(name, zones());
  return {
    what: `${path} is the time zone '${name}', which does not exist`,
    expected: "a name of the IANA time zone database, such as 'Europe/Berlin'",
    fix: near === undefined ? 'correct the name' : `did you mean TimeZone.of('${near}')?`,
  };
}

const zones = (): string[] => [
  ...Object.values(TimeZone).map((zone) => (zone as TimeZone).timezoneName), ...Intl.supportedValuesOf('timeZone'),
];

/** Names are written as the database writes them: Node also knows offsets, and takes names in any case. */
function isTimeZone(name: string): boolean {
  const known = zones();
  return known.includes(name) || (/^[A-Z]/.test(name) && !known.some((each) => each.toLowerCase() === name.toLowerCase()) && nodeKnows(name));
}

function nodeKnows(timeZone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}
