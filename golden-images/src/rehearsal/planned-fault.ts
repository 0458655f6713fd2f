import type { RegistryDocument } from '../../../src/contract';
import { naming, type Named } from '../report/names';
import type { World } from '../world';
import { ImageBuilderService } from '../world/image-builder/image-builder';

/** A build that is made to go wrong: `sick` passes its tests and makes instances that never become healthy; `fail` fails. */
export interface PlannedFault {
  readonly kind: 'sick' | 'fail';
  /** Its name: that of each namespace which has it, or of one as `namespace/name`. */
  readonly image: string;
  /** Day of the rehearsal; day 1 begins when the deploy has ended. */
  readonly day: number;
}

/** A fault was planned for an image that the app does not have. */
export class UnknownImage extends Error {}

/** Throws `UnknownImage` for a fault that cannot happen. */
export function requireImages(faults: readonly PlannedFault[], registries: readonly RegistryDocument[]): void {
  const images = allImages(registries);
  const known = images.map(naming(images));
  for (const { kind, image, day } of faults) {
    if (!images.some((each) => isMeant(each, image))) throw new UnknownImage(`--${kind} ${image}@${day}: the app has no image '${image}'; it has ${known.join(', ') || 'none'}`);
  }
}

/** Plants the fault and starts a build of the image, as an operator would. */
export function plant({ kind, image }: PlannedFault, world: World, registries: readonly RegistryDocument[]): void {
  const service = world.get(ImageBuilderService);
  for (const each of allImages(registries)) {
    const { recipeArn, pipelineArn } = each;
    if (!isMeant(each, image)) continue;
    const builds = kind === 'sick' ? world.faults.sickBuilds : world.faults.failedBuilds;
    const recipe = service.recipes.find(recipeArn).name.toLowerCase();
    builds.set(recipe, (builds.get(recipe) ?? 0) + 1);
    service.pipelines.execute(pipelineArn, world.random.uuid());
  }
}

function allImages(registries: readonly RegistryDocument[]): Array<RegistryDocument['images'][number] & Named> {
  return registries.flatMap(({ namespace, images }) => images.map((image) => ({ ...image, namespace })));
}

const isMeant = ({ namespace, name }: Named, image: string): boolean => image === name || image === `${namespace}/${name}`;
