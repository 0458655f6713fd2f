import { CfnResource, Lazy, Reference, Token, Tokenization, type IResolveContext } from 'aws-cdk-lib';
import { CfnInfrastructureConfiguration, type CfnImagePipeline, type CfnImageRecipe } from 'aws-cdk-lib/aws-imagebuilder';
import { buildInputs, type BuildInputs, type InfrastructureIntent } from '../contract';
import { rootStack } from '../private/stacks';

/** Members that are lists: one that is known only while deploying, as a whole, cannot be written as JSON without a function for it. */
const LISTS = new Set(['blockDeviceMappings', 'components', 'workflows', 'securityGroupIds', 'instanceTypes']);

/** What builds of a pipeline are made of, as the template shows it: with overrides and what aspects did. A token. */
export const declaredInputs = (recipe: CfnImageRecipe, pipeline: CfnImagePipeline): BuildInputs =>
  fromTemplate((context) => buildInputs(propertiesOf(recipe, context), propertiesOf(pipeline, context)));

/** The infrastructure configuration of a pipeline, where the same stack declares it. */
export function infrastructureOf(pipeline: CfnImagePipeline): CfnResource | undefined {
  const token = Tokenization.reverseString(pipeline.infrastructureConfigurationArn).firstToken;
  const target = token && Reference.isReference(token) ? token.target : undefined;
  const found = target && CfnResource.isCfnResource(target) && target.cfnResourceType === CfnInfrastructureConfiguration.CFN_RESOURCE_TYPE_NAME;
  return found && rootStack(target) === rootStack(pipeline) ? target : undefined;
}

export const declaredInfrastructure = (resource: CfnResource): InfrastructureIntent => ({
  arn: resource.getAtt('Arn').toString(),
  content: fromTemplate((context) => buildInputs({}, {}, propertiesOf(resource, context)).infrastructure!),
});

const fromTemplate = <T>(produce: (context: IResolveContext) => T): T => Lazy.uncachedAny({ produce }) as unknown as T;

/** Resolved where they are written, so that what another nested stack knows gets there. */
function propertiesOf(resource: CfnResource, context: IResolveContext): Record<string, unknown> {
  const fragment = context.resolve((resource as unknown as { _toCloudFormation(): object })._toCloudFormation());
  const [rendered] = Object.values(fragment.Resources) as Array<{ readonly Properties?: object }>;
  return asInApi(rendered?.Properties ?? {}) as Record<string, unknown>;
}

/** Templates write members with a capital, the API does not. */
function asInApi(value: unknown, member = ''): unknown {
  if (Array.isArray(value)) { return value.map((each) => asInApi(each)); }
  if (value === null || typeof value !== 'object') { return value; }
  if (isIntrinsic(value)) { return LISTS.has(member) ? '*' : Token.asAny(value); }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => {
    const name = key.charAt(0).toLowerCase() + key.slice(1);
    return [name, asInApi(each, name)];
  }));
}

const isIntrinsic = (value: object): boolean => Object.keys(value).length === 1 && /^(?:Ref|Fn::\w+)$/.test(Object.keys(value)[0]!);
