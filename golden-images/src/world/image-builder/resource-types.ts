import { AwsError, type Properties, type ResourceType } from '../kernel';
import type { ImageBuilderService } from './image-builder';

type Kind = 'update' | 'replace';

/** Keys of a template are capitalised, those of the API are not; keys of tag maps are the user's. */
export function decapitalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decapitalise);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => {
    const lower = key.charAt(0).toLowerCase() + key.slice(1);
    return [lower === 'launchPermissionConfiguration' ? 'launchPermission' : lower, /tags$/i.test(key) ? inner : decapitalise(inner)];
  }));
}

interface Store {
  create(input: never): { arn: string };
  update(arn: string, input: never): void;
  find(arn: string): { arn: string; name: string; version?: string };
  remove(arn: string): void;
}

function resourceType(type: string, properties: Record<string, Kind>, store: () => Store, rename: Record<string, string> = {}): ResourceType {
  const input = (from: Properties): never => {
    const lower = decapitalise(from) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(lower).map(([key, value]) => [rename[key] ?? key, coerce(value)])) as never;
  };
  return {
    properties,
    create: (_context, given) => store().create(input(given)).arn,
    update: (_context, arn, given) => store().update(arn, input(given)),
    delete: (_context, arn) => store().remove(arn),
    attribute: (arn, name) => {
      const found = store().find(arn);
      if (name === 'Arn') return found.arn;
      if (name === 'Name') return found.name;
      if (name === 'Version' && found.version) return found.version;
      if (name === 'LatestVersion.Arn') return found.arn;
      throw new AwsError('ValidationError', `${type} has no attribute ${name}`);
    },
  };
}

/** Templates may write booleans and numbers as strings. */
function coerce(value: unknown): unknown {
  if (value === 'true') return true;
  if (value === 'false') return false;
  if (Array.isArray(value)) return value.map(coerce);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, /tags$/i.test(key) ? inner : coerce(inner)]));
}

const all = (names: string, kind: Kind): Record<string, Kind> => Object.fromEntries(names.split(' ').map((name) => [name, kind]));

/**
 * Which properties replace: CloudFormation template reference of each type. Tags of all of them change in place since August 2025
 * (aws-cloudformation/cloudformation-coverage-roadmap#1182).
 */
export function resourceTypes(service: ImageBuilderService): Record<string, ResourceType> {
  return {
    'AWS::ImageBuilder::Component': resourceType('AWS::ImageBuilder::Component',
      { ...all('ChangeDescription Data Description KmsKeyId Name Platform SupportedOsVersions Uri Version', 'replace'), Tags: 'update' },
      () => service.components, { version: 'semanticVersion' }),
    'AWS::ImageBuilder::ImageRecipe': resourceType('AWS::ImageBuilder::ImageRecipe',
      { ...all('BlockDeviceMappings Components Description Name ParentImage Version WorkingDirectory', 'replace'), ...all('AdditionalInstanceConfiguration AmiTags Tags', 'update') },
      () => service.recipes, { version: 'semanticVersion' }),
    'AWS::ImageBuilder::InfrastructureConfiguration': resourceType('AWS::ImageBuilder::InfrastructureConfiguration',
      { Name: 'replace', ...all('Description InstanceMetadataOptions InstanceProfileName InstanceTypes KeyPair Logging ResourceTags SecurityGroupIds SnsTopicArn SubnetId Tags TerminateInstanceOnFailure', 'update') },
      () => service.infrastructures),
    'AWS::ImageBuilder::DistributionConfiguration': resourceType('AWS::ImageBuilder::DistributionConfiguration',
      { Name: 'replace', ...all('Description Distributions Tags', 'update') }, () => service.distributions),
    'AWS::ImageBuilder::Workflow': resourceType('AWS::ImageBuilder::Workflow',
      { ...all('ChangeDescription Data Description KmsKeyId Name Type Uri Version', 'replace'), Tags: 'update' }, () => service.workflows, { version: 'semanticVersion' }),
    'AWS::ImageBuilder::ImagePipeline': resourceType('AWS::ImageBuilder::ImagePipeline',
      { Name: 'replace', ...all('Description DistributionConfigurationArn EnhancedImageMetadataEnabled ImageRecipeArn ImageTestsConfiguration InfrastructureConfigurationArn LoggingConfiguration Schedule Status Tags ImageTags Workflows ExecutionRole', 'update') },
      () => service.pipelines),
  };
}
