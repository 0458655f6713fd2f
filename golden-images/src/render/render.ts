import { choose } from './assembly/choose';
import { imagesOf, lineageOf } from './assembly/images';
import { azureFiles, azureNotices } from './azure/template';
import type { Files } from './files';
import type { SourceType } from './packer/sources';
import { packerFiles } from './packer/template';
import { planOf } from './plan/plan';
import { readStacks } from '../assembly/stacks';

/** The tools that an image can be rendered for. */
export const TARGETS = ['packer', 'azure-image-builder'] as const;
export type Target = typeof TARGETS[number];

export interface RenderProps {
  /** Folder of the cloud assembly. */
  readonly assembly: string;
  /** The image by its name, or by `namespace/name`. */
  readonly image: string;
  readonly target: Target;
  /** Where Packer builds. */
  readonly source: SourceType;
}

export interface Rendering {
  readonly files: Files;
  /** What whoever builds must know. */
  readonly notices: readonly string[];
}

/** An image of an app as a template for another tool. Throws `AssemblyError` and `NotRendered`. */
export function render({ assembly, image, target, source }: RenderProps): Rendering {
  const images = imagesOf(readStacks(assembly));
  const plan = planOf(lineageOf(choose(images, image), images));
  const files = target === 'packer' ? packerFiles(plan, source) : azureFiles(plan);
  return { files, notices: [...plan.notices, ...target === 'packer' ? [] : azureNotices(plan, files)] };
}
