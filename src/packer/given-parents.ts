import { RootConstruct } from 'constructs';
import type { ParentImage } from '../image/parent-image';
import type { KnownParent } from './mapping/builders/known-parents';
import { present } from './mapping/present';

/** What the mapping has to know of parents that are given, by the name of their builder. */
export const givenParents = (parents: Readonly<Record<string, ParentImage>>): Record<string, KnownParent> =>
  Object.fromEntries(Object.entries(parents).map(([builder, parent]) => [builder, { parent: { kind: 'given', builder }, system: systemOf(parent) }]));

function systemOf(parent: ParentImage): KnownParent['system'] {
  const { platform, architecture, osVersion, rootDeviceName } = parent.bind(new RootConstruct('Template'));
  return present({
    platform, architecture: `${architecture}`, rootDeviceName, osVersion: osVersion && { family: osVersion.family, version: osVersion.version },
  } as const);
}
