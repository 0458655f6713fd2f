import { Lazy, Stack } from 'aws-cdk-lib';
import { InstanceArchitecture, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { InstanceProfile, type CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BuildInfrastructureProps } from './build-infrastructure';
import { buildPermissions } from './build-permissions';
import { BuildRole } from './build-role';
import { resourceTagProblems } from './resource-tags';
import { InvalidInputError } from '../private/errors';
import { explainActions, explainWildcards } from '../private/findings';
import { nameLimits } from '../private/limits';
import { idFollowsName } from '../private/logical-ids';
import { composedName } from '../private/names';

export interface BuildInstancesProps {
  /** Name without the namespace. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** Under this prefix instances write logs. */
  readonly logPrefix: string;
  readonly settings: BuildInfrastructureProps;
  readonly securityGroup?: ISecurityGroup;
  /** Role of the infrastructure, where these instances have one of their own. */
  readonly leader?: BuildRole;
}

const defaultTypes: Record<string, string[]> = {
  [InstanceArchitecture.X86_64]: ['m6i.large', 'm5.large'],
  [InstanceArchitecture.ARM_64]: ['m7g.large', 'm6g.large'],
};

/** Build and test instances of one role, with a configuration for each architecture. */
export class BuildInstances {
  public readonly role: BuildRole;
  private readonly profile: InstanceProfile;

  public constructor(private readonly scope: Construct, private readonly props: BuildInstancesProps) {
    const { namespace, settings: { logBucket } } = props;
    const role = this.role = new BuildRole(scope, 'Role', buildPermissions(scope, namespace));
    if (logBucket) { this.allowLogs(logBucket); }
    this.profile = new InstanceProfile(scope, 'InstanceProfile', { role });
  }

  public configurationArn(architecture: InstanceArchitecture): string {
    const id = `Configuration-${architecture}`;
    const existing = this.scope.node.tryFindChild(id) as CfnInfrastructureConfiguration | undefined;
    return (existing ?? this.configuration(id, architecture)).attrArn;
  }

  private configuration(id: string, architecture: InstanceArchitecture): CfnInfrastructureConfiguration {
    const { name, logPrefix, settings: { vpc, subnets, logBucket }, securityGroup } = this.props;
    const configuration: CfnInfrastructureConfiguration = new CfnInfrastructureConfiguration(this.scope, id, {
      name: composedName(this.scope, nameLimits.imageBuilder, `${name}-${architecture.replace('_', '-')}`, { 'namespace and id': name }),
      instanceProfileName: this.profile.instanceProfileName,
      instanceTypes: this.instanceTypes(architecture),
      instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      subnetId: vpc?.selectSubnets(subnets).subnetIds[0],
      securityGroupIds: securityGroup && [securityGroup.securityGroupId],
      logging: logBucket && { s3Logs: { s3BucketName: logBucket.bucketName, s3KeyPrefix: logPrefix } },
      terminateInstanceOnFailure: true,
      resourceTags: Lazy.uncachedAny({ produce: () => this.resourceTags(configuration) }),
    });
    configuration.node.addValidation({ validate: () => resourceTagProblems(this.scope, this.resourceTags(configuration) ?? {}) });
    idFollowsName(configuration, 'Infrastructure', `${this.props.id}-${architecture}`);
    return configuration;
  }

  /** Called at synthesis, when all tags are known. */
  private resourceTags(configuration: CfnInfrastructureConfiguration): { [key: string]: string } | undefined {
    const { leader, settings } = this.props;
    const led = (leader?.node.defaultChild as CfnRole | undefined)?.tags.tagValues();
    const tags = { ...Stack.of(this.scope).tags.tagValues(), ...led, ...configuration.tags.tagValues(), ...settings.resourceTags };
    return Object.keys(tags).length === 0 ? undefined : tags;
  }

  private instanceTypes(architecture: InstanceArchitecture): string[] {
    const given = this.props.settings.instanceTypes;
    if (given === undefined) {
      return defaultTypes[architecture]!;
    }
    const suitable = given.filter((type) => type.architecture === architecture).map((type) => type.toString());
    if (suitable.length === 0) {
      throw new InvalidInputError(this.scope, {
        what: `none of the instance types '${given.join(', ')}' is of architecture ${architecture}`,
        expected: `an instance type of architecture ${architecture}, because an image of it is built here`,
        fix: 'add one to instanceTypes',
      });
    }
    return suitable;
  }

  /** What the role of the infrastructure was given, this one has or gets; the reasons stand at each role. */
  private allowLogs(bucket: IBucket): void {
    const { role, props: { leader, logPrefix } } = this;
    if (leader === undefined) { bucket.grantPut(role, `${logPrefix}/*`); }
    explainWildcards(role, [bucket.arnForObjects(`${logPrefix}/*`)], 'Image Builder names logs after builds; limited to the prefix of this infrastructure');
    explainActions(role, ['s3:Abort*'], 'Uploads in parts that failed; limited to the prefix of this infrastructure');
  }
}
