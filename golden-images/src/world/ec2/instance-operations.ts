import { AwsError, page, Properties, refuseUnknown, World } from '../kernel';
import { Filter, passes } from './filters';
import { Idempotency } from './idempotency';
import type { Instance, Instances, InstanceState } from './instances';
import { requireUserData } from './launch-template-data';
import { specifiedTags, type Tag, type Tags } from './tags';

const CODES: Record<InstanceState, number> = { 'pending': 0, 'running': 16, 'shutting-down': 32, 'terminated': 48 };

/** RunInstances, TerminateInstances and what describes instances. */
export class InstanceOperations {
  public readonly operations = {
    RunInstances: (input: Properties) => this.run(input),
    TerminateInstances: (input: Properties) => this.terminate(input),
    DescribeInstances: (input: Properties) => this.describe(input),
    DescribeInstanceStatus: (input: Properties) => this.describeStatus(input),
    DescribeInstanceImageMetadata: (input: Properties) => this.describeImages(input),
  };
  private readonly idempotency = new Idempotency();

  public constructor(
    private readonly world: World,
    private readonly instances: Instances,
    private readonly tags: Tags,
    private readonly resolveTemplate: (reference: Properties) => { data: Properties; tags: Tag[] },
    private readonly resolveAlias: (imageId: string) => string,
  ) {}

  private run(input: Properties): Properties {
    refuseUnknown('ec2:RunInstances', input, ['ImageId', 'InstanceType', 'MinCount', 'MaxCount', 'LaunchTemplate', 'SubnetId', 'SecurityGroupIds',
      'UserData', 'TagSpecifications', 'IamInstanceProfile', 'MetadataOptions', 'BlockDeviceMappings', 'KeyName', 'ClientToken', 'EbsOptimized',
      'InstanceInitiatedShutdownBehavior', 'Monitoring']);
    requireUserData(input.UserData);
    return this.idempotency.once('RunInstances', input, () => {
      const template = input.LaunchTemplate ? this.resolveTemplate(input.LaunchTemplate) : undefined;
      const data = { ...template?.data, ...input };
      if (input.MaxCount < input.MinCount) {
        throw new AwsError('InvalidParameterValue', `Value (${input.MaxCount}) for parameter maxCount is invalid: it must not be less than minCount.`);
      }
      if (!data.ImageId) throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId');
      const props = {
        imageId: this.resolveAlias(data.ImageId),
        instanceType: data.InstanceType ?? 'm1.small',
        subnetId: data.SubnetId,
        securityGroupIds: data.SecurityGroupIds,
        userData: data.UserData,
        keyName: data.KeyName,
        instanceProfile: data.IamInstanceProfile,
        metadataOptions: data.MetadataOptions,
        tags: [...specifiedTags(data.TagSpecifications, 'instance'), ...(template?.tags ?? [])],
      };
      const launched = Array.from({ length: input.MaxCount }, () => this.instances.launch(props));
      return { ReservationId: `r-${this.world.random.hex(17)}`, OwnerId: this.world.account, Instances: launched.map((each) => this.render(each)) };
    });
  }

  private terminate(input: Properties): Properties {
    refuseUnknown('ec2:TerminateInstances', input, ['InstanceIds', 'Force', 'SkipOsShutdown']);
    const instances = (input.InstanceIds as string[]).map((id) => this.instances.require(id));
    return {
      TerminatingInstances: instances.map((instance) => {
        const previous = instance.state;
        this.instances.terminate(instance.id);
        return { InstanceId: instance.id, PreviousState: stateOf(previous), CurrentState: stateOf(instance.state) };
      }),
    };
  }

  private describe(input: Properties): Properties {
    refuseUnknown('ec2:DescribeInstances', input, ['InstanceIds', 'Filters', 'MaxResults', 'NextToken']);
    const { items, NextToken } = this.selected(input);
    return {
      Reservations: items.map((instance) => ({
        ReservationId: `r-${instance.id.slice(2)}`,
        OwnerId: this.world.account,
        Instances: [this.render(instance)],
      })),
      NextToken,
    };
  }

  /** Only running instances unless all are asked for (API reference, DescribeInstanceStatus). */
  private describeStatus(input: Properties): Properties {
    refuseUnknown('ec2:DescribeInstanceStatus', input, ['InstanceIds', 'Filters', 'IncludeAllInstances', 'MaxResults', 'NextToken']);
    const { items, NextToken } = this.selected(input, (instance) => input.IncludeAllInstances || instance.state === 'running');
    const status = (instance: Instance): string => (this.world.now >= instance.answersAt ? 'ok' : 'initializing');
    return {
      InstanceStatuses: items.map((instance) => ({
        InstanceId: instance.id,
        AvailabilityZone: instance.availabilityZone,
        InstanceState: stateOf(instance.state),
        InstanceStatus: { Status: instance.state === 'running' ? status(instance) : 'not-applicable' },
        SystemStatus: { Status: instance.state === 'running' ? status(instance) : 'not-applicable' },
      })),
      NextToken,
    };
  }

  /**
   * The true image of each instance, also when it was deregistered since. While a zone is disrupted, the call fails if it names no
   * instances, or one of that zone (API reference, DescribeInstanceImageMetadata; assumption: zone-outage-error).
   */
  private describeImages(input: Properties): Properties {
    refuseUnknown('ec2:DescribeInstanceImageMetadata', input, ['InstanceIds', 'Filters', 'MaxResults', 'NextToken']);
    const { zonesDown } = this.world.faults;
    const named = (input.InstanceIds as string[] | undefined)?.map((id) => this.instances.find(id)?.availabilityZone ?? '');
    if (zonesDown.size > 0 && (!named || named.some((zone) => zonesDown.has(zone)))) throw new AwsError('Unavailable', 'The service is unavailable. Please try again shortly.', 503);
    const { items, NextToken } = this.selected(input);
    return {
      InstanceImageMetadata: items.map((instance) => ({
        InstanceId: instance.id,
        InstanceType: instance.type,
        LaunchTime: new Date(instance.launchedAt),
        AvailabilityZone: instance.availabilityZone,
        State: stateOf(instance.state),
        OwnerId: this.world.account,
        Tags: this.tags.of(instance.id),
        ImageMetadata: {
          ImageId: instance.image.id,
          Name: instance.image.name,
          OwnerId: instance.image.owner,
          State: instance.image.state,
          CreationDate: new Date(instance.image.createdAt).toISOString(),
          DeprecationTime: instance.image.deprecationTime === undefined ? undefined : new Date(instance.image.deprecationTime).toISOString(),
          IsPublic: instance.image.public,
        },
      })),
      NextToken,
    };
  }

  private selected(input: Properties, also: (instance: Instance) => boolean = () => true): { items: Instance[]; NextToken?: string } {
    const named = (input.InstanceIds as string[] | undefined)?.map((id) => this.instances.find(id) ?? id);
    const unknown = (named ?? []).filter((each) => typeof each === 'string');
    if (unknown.length > 1) throw new AwsError('InvalidInstanceID.NotFound', `The instance IDs '${unknown.join(', ')}' do not exist`);
    const existing = named?.map((each) => (typeof each === 'string' ? this.instances.require(each) : each));
    const found = (existing ?? this.instances.all()).filter((instance) =>
      also(instance) && passes(input.Filters as Filter[], (name) => this.filterValues(instance, name)));
    return page(found, input.MaxResults, input.NextToken);
  }

  private filterValues(instance: Instance, name: string): string[] | undefined {
    const values: Record<string, string[]> = {
      'instance-id': [instance.id],
      'instance-state-name': [instance.state],
      'instance-state-code': [String(CODES[instance.state])],
      'image-id': [instance.image.id],
      'instance-type': [instance.type],
      'subnet-id': [instance.subnetId],
      'vpc-id': [instance.vpcId],
      'availability-zone': [instance.availabilityZone],
      'instance.group-id': instance.securityGroupIds,
    };
    return values[name] ?? this.tags.filterValues(instance.id, name);
  }

  private render(instance: Instance): Properties {
    return {
      InstanceId: instance.id,
      ImageId: instance.image.id,
      InstanceType: instance.type,
      State: stateOf(instance.state),
      StateTransitionReason: instance.stateReason ?? '',
      LaunchTime: new Date(instance.launchedAt),
      Placement: { AvailabilityZone: instance.availabilityZone, Tenancy: 'default' },
      Platform: instance.image.platform === 'windows' ? 'windows' : undefined,
      Architecture: instance.image.architecture,
      PrivateIpAddress: instance.privateIp,
      SubnetId: instance.subnetId,
      VpcId: instance.vpcId,
      KeyName: instance.details.keyName,
      IamInstanceProfile: instance.details.instanceProfile?.Arn ? { Arn: instance.details.instanceProfile.Arn } : undefined,
      SecurityGroups: instance.securityGroupIds.map((GroupId) => ({ GroupId })),
      MetadataOptions: instance.details.metadataOptions,
      Tags: this.tags.of(instance.id),
    };
  }
}

function stateOf(state: InstanceState): Properties {
  return { Code: CODES[state], Name: state };
}
