import { AwsError } from '../kernel';

/** What CloudFormation says to a `GetAtt` of an attribute that the type does not have. */
export function unknownAttribute(type: string, name: string): AwsError {
  return new AwsError('ValidationError', `Requested attribute ${name} does not exist in schema for ${type}`);
}
