import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AmiLocation } from './ami-location';
import { AMI_ID, type Publisher, type SeedSource } from '../contract';
import { InvalidInputError } from '../private/errors';

/** What the channels of an image hold until its first version is released. `publisher`: of the stack whose channel it begins with. */
export function initialSource(scope: IConstruct, initialAmi: string | undefined, parent: AmiLocation, publisher?: Publisher): SeedSource {
  const imageId = initialAmi ?? parent.amiId;
  if (imageId !== undefined) {
    if (!Token.isUnresolved(imageId) && !AMI_ID.test(imageId)) {
      throw new InvalidInputError(scope, {
        what: `the initialAmi '${imageId}' is not valid`, expected: 'ami- and 8 or 17 hexadecimal digits', fix: 'correct initialAmi',
      });
    }
    return { type: 'ami', imageId };
  }
  if (parent.amiParameterName !== undefined) {
    return { type: 'parameter', name: parent.amiParameterName, ...(publisher ? { publisher } : {}) };
  }
  if (parent.imageBuilderArn !== undefined) {
    return { type: 'imagebuilder', arn: parent.imageBuilderArn };
  }
  throw new InvalidInputError(scope, {
    what: 'initialAmi is missing',
    expected: 'an AMI id, because the AMI of this parent cannot be read while deploying',
    fix: 'give the image an initialAmi, such as the AMI of the product in this region',
  });
}
