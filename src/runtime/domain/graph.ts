import type { ImageIntent } from '../../contract';

/** Whether an image stands on itself through others. Refused at synth; a build loop must be impossible here too. */
export function isCyclic(image: ImageIntent, images: readonly ImageIntent[]): boolean {
  const seen = new Set<string>();
  for (let each: ImageIntent | undefined = image; each; each = parentOf(each, images)) {
    if (seen.has(each.name)) return true;
    seen.add(each.name);
  }
  return false;
}

function parentOf({ parent }: ImageIntent, images: readonly ImageIntent[]): ImageIntent | undefined {
  return parent.type === 'image' ? images.find(({ name }) => name === parent.image) : undefined;
}
