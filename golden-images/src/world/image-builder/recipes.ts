import { AwsError, type World } from '../kernel';
import { checkParameters } from './component-parameters';
import type { Components } from './components';
import type { Recipe } from './model';
import { alreadyExists, arnName, inUse, notFound, requireKnown, requirePattern } from './validation';

const members = [
  'name', 'description', 'semanticVersion', 'components', 'parentImage', 'blockDeviceMappings', 'tags', 'workingDirectory',
  'additionalInstanceConfiguration', 'amiTags', 'clientToken',
];

/** Image recipes. A version with `x` is completed by the service: the next number that is free. */
export class Recipes {
  private readonly byArn = new Map<string, Recipe>();
  /** Numbers are never given twice, also after a deletion (assumption: imagebuilder-versions-never-reused). */
  private readonly highest = new Map<string, number>();

  public constructor(
    private readonly world: World,
    private readonly components: Components,
    private readonly usedBy: (arn: string) => string | undefined,
    private readonly parentPlatform: (parentImage: string) => string,
  ) {}

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public create(input: any): Recipe {
    requireKnown('CreateImageRecipe', input, members);
    requirePattern('name', input.name, 'name');
    requirePattern('semanticVersion', input.semanticVersion, 'recipeVersion');
    if (!input.components?.length) throw new AwsError('InvalidParameterValueException', 'The value supplied for parameter \'components\' is not valid: at least one');
    if (input.components.length > 20) throw new AwsError('ServiceQuotaExceededException', 'The recipe has more than 20 components', 402);
    const platform = this.parentPlatform(input.parentImage);
    for (const { componentArn, parameters } of input.components) {
      const component = this.components.find(componentArn);
      if (component.platform !== platform) {
        throw new AwsError('InvalidParameterCombinationException', `The component ${componentArn} is for ${component.platform}, the parent image is ${platform}`);
      }
      checkParameters(component, parameters);
    }
    const version = this.complete(input.name, input.semanticVersion);
    const arn = this.world.arn('imagebuilder', `image-recipe/${arnName(input.name)}/${version}`);
    if (this.byArn.has(arn)) throw alreadyExists('ImageRecipe', arn);
    const { name, parentImage, components } = input;
    const recipe: Recipe = { arn, name, version, parentImage, platform, components, input, dateCreated: this.world.now };
    this.byArn.set(arn, recipe);
    return recipe;
  }

  /** Tags, AMI tags and the instance configuration change in place; all else makes a new recipe. */
  public update(arn: string, input: Record<string, unknown>): void {
    const recipe = this.find(arn);
    this.byArn.set(arn, { ...recipe, input: { ...recipe.input, ...input, semanticVersion: recipe.version } });
  }

  public find(arn: string): Recipe {
    const recipe = this.byArn.get(arn);
    if (!recipe) throw notFound(arn);
    return recipe;
  }

  public remove(arn: string): void {
    this.find(arn);
    const user = this.usedBy(arn);
    if (user) throw inUse(arn, user);
    this.byArn.delete(arn);
  }

  public all(): Recipe[] {
    return [...this.byArn.values()];
  }

  /** `1.0.x` → `1.0.7`. */
  private complete(name: string, version: string): string {
    if (!version.includes('x')) return version;
    const [major, minor, patch] = version.split('.') as [string, string, string];
    if (minor === 'x' || patch !== 'x') throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'semanticVersion' is not valid: ${version}`);
    const key = `${arnName(name)}/${major}.${minor}`;
    const next = (this.highest.get(key) ?? -1) + 1;
    this.highest.set(key, next);
    return `${major}.${minor}.${next}`;
  }
}
