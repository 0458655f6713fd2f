import { AwsError, NotModelled } from '../kernel';

/** Patterns of the service model (Image Builder API reference: CreateComponent, CreateImageRecipe, …). */
const patterns = {
  name: /^[-_A-Za-z0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z0-9]$/,
  componentVersion: /^[0-9]+\.[0-9]+\.[0-9]+$/,
  recipeVersion: /^[0-9]+\.([0-9]+|x)\.([0-9]+|x)$/,
  clientToken: /^.{1,36}$/,
};

export function requirePattern(member: string, value: string, kind: keyof typeof patterns): void {
  if (patterns[kind].test(value)) return;
  throw new AwsError('InvalidParameterValueException', `The value supplied for parameter '${member}' is not valid. ${member} must match pattern ${patterns[kind].source}`);
}

/** Refuses members that the model does not know. */
export function requireKnown(operation: string, input: object, known: readonly string[]): void {
  const unknown = Object.entries(input).find(([key, value]) => value !== undefined && !known.includes(key));
  if (unknown) throw new NotModelled(`imagebuilder:${operation} ${unknown[0]}`);
}

/** Matches the versions that one with `x` stands for. */
export const versionPattern = (version: string): RegExp => new RegExp(`^${version.replace(/\./g, '\\.').replace(/x/g, '[0-9]+')}$`);

export const alreadyExists = (type: string, arn: string): AwsError =>
  new AwsError('ResourceAlreadyExistsException', `The following resource '${type}' already exists: '${arn}'.`);

export const notFound = (arn: string): AwsError =>
  new AwsError('ResourceNotFoundException', `The requested resource '${arn}' was not found.`, 404);

export const inUse = (arn: string, by: string): AwsError =>
  new AwsError('ResourceDependencyException', `Resource dependency error: The resource '${arn}' is in use by '${by}'.`);

/** Names in ARNs are lower-case, with spaces as hyphens. Source: Image Builder user guide, "Resource ARNs". */
export const arnName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9-_]/g, '-');
