import { createHash } from 'crypto';

/** Hash of launch template data without its AMI: equal for two versions that differ in nothing else, whatever the order of their members. */
export function configurationHash(data: object): string {
  const { ImageId: _, ...configuration } = data as Record<string, unknown>;
  return contentHash(configuration).slice(0, 16);
}

/** SHA-256 of launch template data, its AMI included: what a version must have to be what was recorded. */
export const contentHash = (data: object): string => createHash('sha256').update(JSON.stringify(sorted(data))).digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => !isEmpty(member)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}

/** The EC2 query protocol cannot tell an empty list from none. */
const isEmpty = (value: unknown): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0);
