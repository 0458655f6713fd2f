import { movePointer } from './pointer';
import { describeLookup, type ImageIntent, type RegistryDocument } from '../../contract';
import { newestAmi } from '../domain/lookup';
import type { ImagePorts } from '../ports';

/**
 * Has the parameter of a parent that is looked up hold the newest AMI. It starts no build: the next one reads it, as it does a parameter that a
 * vendor publishes. Where nothing is found any more, what was found before stays.
 */
export async function followLookup(
  { name: image, parent }: ImageIntent, { lookups = [] }: RegistryDocument, holdsLease: () => Promise<void>, ports: ImagePorts,
): Promise<void> {
  const intent = lookups.find(({ parameterName }) => parent.type === 'external' && parent.reference === `ssm:${parameterName}`);
  if (!intent) return;
  const { parameterName, lookup } = intent;
  const ami = newestAmi(await ports.candidates.matching(lookup), lookup, ports.clock.now());
  if (ami === undefined) return ports.log.warn('parent-not-found', { image, parameter: parameterName, wanted: describeLookup(lookup) });
  if ((await ports.parameters.get(parameterName))?.value === ami) return;
  await holdsLease();
  ports.log.info('parent-found', { image, parameter: parameterName, ami });
  await movePointer(parameterName, ami, ports);
}
