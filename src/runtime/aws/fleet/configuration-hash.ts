import { createHash } from 'crypto';
import { contentOf } from '../../domain/template';

/** Hash of launch template data without its AMI: equal for two versions that differ in nothing else, whatever the order of their members. */
export function configurationHash(data: object): string {
  const { ImageId: _, ...configuration } = data as Record<string, unknown>;
  return createHash('sha256').update(JSON.stringify(sorted(configuration))).digest('hex').slice(0, 16);
}

/** SHA-256 of launch template data as EC2 has it, its AMI included: equal for two versions that launch the same, whatever the order of anything in them. */
export const contentHash = (data: object): string => sha256(contentOf(data));

/** SHA-256 of the overrides of a mixed instances policy, in their order, which may be one of preference; undefined where there are none. */
export const overridesHash = (overrides: readonly unknown[] = []): string | undefined =>
  (overrides.length > 0 ? sha256(overrides.map((each) => contentOf(each))) : undefined);

const sha256 = (content: unknown): string => createHash('sha256').update(JSON.stringify(content ?? {})).digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => !isEmpty(member)).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}

/** The EC2 query protocol cannot tell an empty list from none. */
const isEmpty = (value: unknown): boolean => value === undefined || value === null || (Array.isArray(value) && value.length === 0);
