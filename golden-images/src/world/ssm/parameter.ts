export interface ParameterVersion {
  readonly value: string;
  readonly version: number;
  readonly modified: number;
  /** ARN of the principal that put it, of a role the ARN of its session (AWS SDK code library, "Use DescribeParameters with a CLI"). */
  readonly modifiedBy: string;
  readonly tier: StoredParameter['tier'];
  readonly description?: string;
  readonly allowedPattern?: string;
  labels: string[];
}

/** A parameter with its history; the newest version is the last. */
export interface StoredParameter {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly dataType: 'text' | 'aws:ec2:image';
  tier: 'Standard' | 'Advanced';
  description?: string;
  allowedPattern?: string;
  tags: Map<string, string>;
  versions: ParameterVersion[];
}

/** Systems Manager keeps the last 100 versions. Source: Systems Manager user guide, "Working with parameter versions". */
export const MAXIMUM_VERSIONS = 100;

/** Finds `name`, `name:3` or `name:label`. */
export function splitSelector(reference: string): { name: string; selector?: string } {
  const index = reference.lastIndexOf(':');
  if (index < 0 || reference.startsWith('arn:') && index < reference.indexOf('parameter')) return { name: reference };
  return { name: reference.slice(0, index), selector: reference.slice(index + 1) };
}

/**
 * Whether a label may be put on a version. Source: LabelParameterVersion API reference: letters, digits, periods, hyphens and
 * underscores, at most 100; not beginning with a digit, `aws` or `ssm`.
 */
export const isLabel = (label: string): boolean => /^(?!\d|aws|ssm)[\w.-]{1,100}$/i.test(label);

export function selectVersion(parameter: StoredParameter, selector: string | undefined): ParameterVersion | undefined {
  if (selector === undefined) return parameter.versions.at(-1);
  return parameter.versions.find((version) => String(version.version) === selector || version.labels.includes(selector));
}
