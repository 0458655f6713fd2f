import { AwsError } from '../../kernel';

/** How CloudFormation refuses a request. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, 400);
}

/** How CloudFormation refuses a template that is well-formed and wrong. */
export function templateError(message: string): AwsError {
  return validationError(`Template error: ${message}`);
}

/** How CloudFormation refuses a template that is not well-formed. */
export function formatError(message: string): AwsError {
  return validationError(`Template format error: ${message}`);
}
