import type { AppImage } from './images';
import { AssemblyError } from '../../assembly/assembly-error';
import { hint } from '../../commands/nearest';

/** The image that is meant by its name, or by `namespace/name` where several stacks have it. */
export function choose(images: readonly AppImage[], wanted: string): AppImage {
  const found = images.filter(({ name, namespace, qualifiedName }) => [name, qualifiedName, `${namespace}/${name}`].includes(wanted));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) throw new AssemblyError(`${wanted} is in several stacks: say ${found.map(({ namespace, name }) => `${namespace}/${name}`).join(' or ')}`);
  if (images.length === 0) throw new AssemblyError(`the app has no image '${wanted}': it has no images that are built here`);
  throw new AssemblyError(`the app has no image '${wanted}'${hint(wanted, images.map(({ name }) => name))}`);
}
