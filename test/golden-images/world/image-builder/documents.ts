import { documentRefusals } from '../../../../golden-images/src/components/lint';
import { ImageBuilderService } from '../../../../golden-images/src/world/image-builder/image-builder';
import type { World } from '../../../../golden-images/src/world/kernel';

/** The service, with the check of component documents that the local AWS gives it. */
export function checkedImageBuilder(world: World): ImageBuilderService {
  const service = world.get(ImageBuilderService);
  service.components.checkWith(documentRefusals);
  return service;
}
