import type { IConstruct } from 'constructs';
import type { ParentImageConfig } from './config';
import { AmiOrder } from './options';
import { ControlPlane } from '../../control-plane/control-plane';

/** A parent with a filter, by the parameter that holds what was found. */
export function lookedUp(image: IConstruct, parent: ParentImageConfig): ParentImageConfig {
  const { amiFilter, architecture, rootDeviceName } = parent;
  if (amiFilter === undefined) { return parent; }
  const { owner, names, newestBy = AmiOrder.CREATION_DATE } = amiFilter;
  const parameterName = ControlPlane.of(image).lookUp(image.node.path, { owner, names, architecture, rootDeviceName, newestBy });
  return { ...parent, parentImage: `ssm:${parameterName}`, amiParameterName: parameterName };
}
