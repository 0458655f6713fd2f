import type { Stack } from 'aws-cdk-lib';
import { InvalidInputError } from '../private/errors';

/**
 * Regions without function URLs: AWS Lambda Developer Guide, "Creating and managing Lambda function URLs", and AWS GovCloud (US) User Guide,
 * "AWS Lambda in AWS GovCloud (US)", in November 2026.
 */
const REGIONS_WITHOUT: readonly string[] = [
  'ap-east-2', 'ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2',
  'eu-south-2', 'il-central-1', 'me-central-1', 'us-gov-east-1', 'us-gov-west-1',
];

/** Whether operators' commands come in by a function URL. */
export function takesUrl(stack: Stack, given: boolean | undefined): boolean {
  const lacking = REGIONS_WITHOUT.includes(stack.region);
  if (given && lacking) {
    throw new InvalidInputError(stack, {
      what: `operatorUrl is true and the region is ${stack.region}`,
      expected: 'a region with Lambda function URLs',
      fix: 'leave operatorUrl out: golden-images register then invokes the function directly',
    });
  }
  return given ?? !lacking;
}
