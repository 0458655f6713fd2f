import { toComponents, type DefinitionComponents } from './components';
import { toParent, type GivenParents } from './parents';
import type { Secrets } from './steps';
import type { ParentImage } from '../../image/parent-image';
import type { ImagePlan, OtherPlan, TemplatePlan } from '../plan';

/** What a plan leaves to the app. */
export interface ConstructInput {
  readonly secrets: Secrets;
  readonly parents: GivenParents;
  /** Beginning of the names of components. */
  readonly prefix: string;
}

export interface ImageConstructs extends DefinitionComponents {
  readonly plan: ImagePlan;
  readonly parent: ParentImage;
}

export interface OtherConstructs {
  readonly plan: OtherPlan;
  /** None where its provisioners are not taken over. */
  readonly components?: DefinitionComponents;
}

export interface TemplateConstructs {
  readonly images: ImageConstructs[];
  readonly others: OtherConstructs[];
}

/** A plan as values for constructs. A step that the library refuses when it is bound names its place in the template. */
export function toConstructs(plan: TemplatePlan, { secrets, parents, prefix }: ConstructInput): TemplateConstructs {
  const components = toComponents(plan, prefix, secrets);
  const images = plan.images.map((image) => ({ plan: image, parent: toParent(image.parent, parents), ...components.get(image.definition)! }));
  return { images, others: plan.others.map((other) => ({ plan: other, components: components.get(other.definition ?? '') })) };
}
