import type { IConstruct } from 'constructs';
import type { SeedSource } from '../contract';
import type { AmiLocation } from '../image/ami-location';
import { InvalidInputError } from '../private/errors';

/** Where a parameter gets its first value from. */
export function sourceOf(scope: IConstruct, location: AmiLocation): SeedSource {
  if (location.amiParameterName !== undefined) { return { type: 'parameter', name: location.amiParameterName }; }
  if (location.amiId !== undefined) { return { type: 'ami', imageId: location.amiId }; }
  if (location.imageBuilderArn !== undefined) { return { type: 'imagebuilder', arn: location.imageBuilderArn }; }
  throw new InvalidInputError(scope, {
    what: 'the AMI of initialAmi cannot be read while deploying',
    expected: 'a parameter, an AMI id or an Image Builder image',
    fix: 'use ParentImage.fromAmiId, fromSsmParameter or fromImageBuilderImage',
  });
}
