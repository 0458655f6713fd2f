import { IamService } from '../iam';
import { AwsError, NotModelled, type World } from '../kernel';
import type { Configuration } from './model';
import { alreadyExists, arnName, inUse, notFound, requireKnown, requirePattern } from './validation';

/** Infrastructure and distribution configurations: named, updated in place. */
export class Configurations {
  private readonly byArn = new Map<string, Configuration>();

  public constructor(
    private readonly world: World,
    private readonly kind: 'infrastructure-configuration' | 'distribution-configuration',
    private readonly members: readonly string[],
    private readonly validate: (input: Record<string, unknown>) => void,
    private readonly usedBy: (arn: string) => string | undefined,
  ) {}

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public create(input: any): Configuration {
    requirePattern('name', input.name, 'name');
    this.check(input);
    const arn = this.world.arn('imagebuilder', `${this.kind}/${arnName(input.name)}`);
    if (this.byArn.has(arn)) throw alreadyExists(this.kind, arn);
    const configuration: Configuration = { arn, name: input.name, input, dateCreated: this.world.now };
    this.byArn.set(arn, configuration);
    return configuration;
  }

  public update(arn: string, input: Record<string, unknown>): void {
    const configuration = this.find(arn);
    this.check(input);
    configuration.input = { ...input, name: configuration.name };
    configuration.dateUpdated = this.world.now;
  }

  public find(arn: string): Configuration {
    const configuration = this.byArn.get(arn);
    if (!configuration) throw notFound(arn);
    return configuration;
  }

  /** As it is now, whatever becomes of it. */
  public copy(arn: string): Configuration {
    return { ...this.find(arn) };
  }

  public remove(arn: string): void {
    this.find(arn);
    const user = this.usedBy(arn);
    if (user) throw inUse(arn, user);
    this.byArn.delete(arn);
  }

  public all(): Configuration[] {
    return [...this.byArn.values()];
  }

  private check(input: Record<string, unknown>): void {
    requireKnown(this.kind, input, [...this.members, 'clientToken', `${this.kind === 'infrastructure-configuration' ? 'infrastructure' : 'distribution'}ConfigurationArn`]);
    this.validate(input);
  }
}

export const infrastructureMembers = [
  'name', 'description', 'instanceTypes', 'instanceProfileName', 'securityGroupIds', 'subnetId', 'logging', 'keyPair',
  'terminateInstanceOnFailure', 'snsTopicArn', 'resourceTags', 'instanceMetadataOptions', 'tags',
];

export function validateInfrastructure(world: World): (input: Record<string, unknown>) => void {
  return (input) => {
    const profile = String(input.instanceProfileName);
    if (!world.get(IamService).instanceProfiles.find(profile)) {
      throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'instanceProfileName' is not valid. The provided instance profile does not exist: ${profile}`);
    }
    if (Boolean(input.subnetId) !== Boolean((input.securityGroupIds as unknown[] | undefined)?.length)) {
      throw new AwsError('InvalidParameterCombinationException', 'A subnet needs security groups, and security groups a subnet');
    }
  };
}

export const distributionMembers = ['name', 'description', 'distributions', 'tags'];

/** One region, AMIs only. The AMI's name must be unique for each build. Source: AmiDistributionConfiguration API reference, name. */
export function validateDistribution(world: World): (input: Record<string, unknown>) => void {
  return (input) => {
    for (const distribution of input.distributions as Array<Record<string, unknown>>) {
      requireKnown('Distribution', distribution, ['region', 'amiDistributionConfiguration', 's3ExportConfiguration']);
      if (distribution.region !== world.region) throw new NotModelled(`imagebuilder: distribution to ${String(distribution.region)} (the model has one region, ${world.region})`);
      requireKnown('S3ExportConfiguration', distribution.s3ExportConfiguration ?? {}, ['roleName', 'diskImageFormat', 's3Bucket', 's3Prefix']);
      const ami = (distribution.amiDistributionConfiguration ?? {}) as Record<string, unknown>;
      requireKnown('AmiDistributionConfiguration', ami, ['name', 'description', 'amiTags', 'kmsKeyId', 'launchPermission']);
      if (typeof ami.name === 'string' && !/\{\{\s*imagebuilder:build(Date|Version)\s*\}\}/.test(ami.name)) {
        throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'name' is not valid: ${ami.name} must contain {{ imagebuilder:buildDate }} or {{ imagebuilder:buildVersion }}`);
      }
    }
  };
}
