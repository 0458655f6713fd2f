import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { IImage } from './image';
import { environmentOf } from '../private/environments';
import { InvalidInputError } from '../private/errors';

const apps = new WeakMap<IConstruct, Lineage>();

/** Which image stands on which, in each account and region of an app: by the parameters of the channels, so that imported images count too. */
export class Lineage {
  public static of(scope: IConstruct): Lineage {
    const root = scope.node.root;
    const lineage = apps.get(root) ?? new Lineage();
    apps.set(root, lineage);
    return lineage;
  }

  private readonly images = new Map<string, { readonly image: IImage; readonly parent?: string }>();

  private constructor() {}

  /** Refuses a second image of the name, and an image that stands on itself. */
  public add(image: IImage, parameterName: string, parentParameterName?: string): void {
    const key = keyOf(image, parameterName);
    const parent = parentParameterName && keyOf(image, parentParameterName);
    const other = this.images.get(key);
    if (other !== undefined) {
      throw new InvalidInputError(image, {
        what: `the image name '${image.imageName}' is taken by ${other.image.node.path}`,
        expected: 'one image of a name',
        fix: 'give one of them another imageName',
      });
    }
    this.images.set(key, { image, parent });
    this.refuseCycle(image, key);
  }

  private refuseCycle(image: IImage, key: string): void {
    const path = [image.imageName];
    for (let next = this.images.get(key)?.parent; next !== undefined; next = this.images.get(next)?.parent) {
      path.push(this.images.get(next)?.image.imageName ?? next);
      if (next === key) {
        throw new InvalidInputError(image, {
          what: `the image '${image.imageName}' stands on itself: ${path.join(' → ')}`,
          expected: 'a parent that does not stand on it',
          fix: 'change the parent of one of them',
        });
      }
    }
  }
}

/** The parameters of an image's channels differ in their last part only. */
const keyOf = (image: IImage, channelParameterName: string): string =>
  `${environmentOf(Stack.of(image))} ${channelParameterName.slice(0, channelParameterName.lastIndexOf('/'))}`;
