import { documentRefusals } from '../../../../golden-images/src/components/lint';
import type { World } from '../../../../golden-images/src/world/kernel';
import { ImageBuilderService } from '../../../../golden-images/src/world/image-builder/image-builder';

/** The service, with the check of component documents that the local AWS gives it. */
export function checkedImageBuilder(world: World): ImageBuilderService {
  const service = world.get(ImageBuilderService);
  service.components.checkWith(documentRefusals);
  return service;
}
