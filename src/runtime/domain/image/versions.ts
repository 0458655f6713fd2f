import type { SeenBuild } from './observation';
import type { BuildCause, ImageRecord, VersionRecord } from './record';

interface Dated {
  readonly version: string;
  readonly builtAt: string;
}

/** The order in which a channel moves: build date, then version (invariant 6). */
export function compareVersions(a: Dated, b: Dated): number {
  return Date.parse(a.builtAt) - Date.parse(b.builtAt) || compareNumbers(a.version, b.version);
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split(/[./]/).map(Number));
  const length = Math.max(left!.length, right!.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (left![index] ?? 0) - (right![index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const versionOf = (record: ImageRecord, version: string): VersionRecord | undefined =>
  record.versions.find((each) => each.version === version);

/** Newest first. */
export const newestFirst = <T extends Dated>(versions: readonly T[]): T[] => [...versions].sort((a, b) => compareVersions(b, a));

/** What the last build that ended came to. */
export const newestEnded = (builds: readonly SeenBuild[]): SeenBuild | undefined =>
  builds.filter(({ status }) => status !== 'in-flight').sort((a, b) => b.createdAt - a.createdAt)[0];

/** What may be released as far as its own history goes; gates are another matter. */
export const isGood = (version: VersionRecord): boolean => version.withdrawal === undefined;

export const sameCause = (a: BuildCause, b: BuildCause): boolean =>
  a.contentHash === b.contentHash && a.parentVersion === b.parentVersion;

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
