import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { ParentImage } from '../image/parent-image';
import type { GivenParent } from './mapping/builders/known-parents';
import { present } from './mapping/present';
import type { SystemPlan } from './plan';
import { Platform } from '../platform';

/** What the mapping has to know of parents that are given, by the name of their builder. */
export const givenParents = (parents: Readonly<Record<string, ParentImage>>): Record<string, GivenParent> =>
  Object.fromEntries(Object.entries(parents).map(([builder, parent]) => [builder, { parent: { kind: 'given', builder }, system: systemOf(parent) }]));

/** None of a class of the user's own, which says what it is when an image stands on it. */
function systemOf({ _known: known }: ParentImage): SystemPlan | undefined {
  if (known === undefined) return undefined;
  const { platform, architecture = InstanceArchitecture.X86_64, osVersion, rootDeviceName } = known;
  return present({
    platform: platform ?? osVersion?.platform ?? Platform.LINUX,
    architecture,
    rootDeviceName,
    osVersion: osVersion && { family: osVersion.family, version: osVersion.version },
  });
}
