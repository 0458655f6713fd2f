import { unknownAttribute } from '../ec2/unknown-attribute';
import { AwsError, Properties, ResourceContext, ResourceType } from '../kernel';
import type { AutoScalingService } from './auto-scaling';
import { GROUP_SETTINGS } from './group-settings';

const SECOND = 1000;
/** assumption: group-stabilisation: how long CloudFormation waits for the instances of a group. */
const STABLE_WITHIN = 15 * 60 * SECOND;

/** Properties that the API spells differently, or that other operations set. */
const SEPARATE = ['AutoScalingGroupName', 'Cooldown', 'VPCZoneIdentifier', 'Tags', 'TargetGroupARNs', 'LifecycleHookSpecificationList', 'MetricsCollection'];
const SIZES = ['MinSize', 'MaxSize', 'DesiredCapacity'];
const NUMBERS = [...SIZES, 'HealthCheckGracePeriod', 'DefaultInstanceWarmup'];
const BOOLEANS = ['NewInstancesProtectedFromScaleIn', 'CapacityRebalance'];

/** A group as CloudFormation makes it: creation waits until the instances are in service, deletion until they are gone. */
export function groupType(service: AutoScalingService): ResourceType {
  const modelled = [...GROUP_SETTINGS, ...SEPARATE].filter((name) => name !== 'DefaultCooldown');
  return {
    properties: { ...Object.fromEntries(modelled.map((name) => [name, 'update' as const])), AutoScalingGroupName: 'replace' },
    create: async (context, properties) => {
      const name = properties.AutoScalingGroupName ?? context.generateName(255);
      service.operations.CreateAutoScalingGroup!({
        ...settings(properties),
        AutoScalingGroupName: name,
        TargetGroupARNs: properties.TargetGroupARNs,
        LifecycleHookSpecificationList: properties.LifecycleHookSpecificationList,
        Tags: tags(context, properties),
      });
      collectMetrics(service, name, properties);
      await stabilise(service, name);
      return name;
    },
    update: async (context, name, properties, previous) => {
      // Unchanged properties are sent again too (aws/aws-cdk#5215), except sizes, as IgnoreUnmodifiedGroupSizeProperties says
      // (assumption: update-policy-sizes: also where the template does not set it).
      const unchanged = SIZES.filter((size) => String(properties[size]) === String(previous[size]));
      const input = settings(properties);
      unchanged.forEach((size) => delete input[size]);
      service.operations.UpdateAutoScalingGroup!({ ...input, AutoScalingGroupName: name });
      updateTargetGroups(service, name, properties, previous);
      service.operations.CreateOrUpdateTags!({ Tags: tags(context, properties).map((tag) => ({ ...tag, ResourceId: name })) });
      const gone = (previous.Tags ?? []).filter((old: Properties) => !(properties.Tags ?? []).some((tag: Properties) => tag.Key === old.Key));
      service.operations.DeleteTags!({ Tags: gone.map((tag: Properties) => ({ ...tag, ResourceId: name })) });
      collectMetrics(service, name, properties);
      if (unchanged.length < SIZES.length) await stabilise(service, name);
    },
    delete: async (_context, name) => {
      if (!service.find(name)) return;
      service.operations.DeleteAutoScalingGroup!({ AutoScalingGroupName: name, ForceDelete: true });
      while (service.find(name)) await service.upkeep.sleep(5 * SECOND);
    },
    attribute: (name, attribute) => {
      if (attribute === 'AutoScalingGroupARN') return service.require(name).arn;
      throw unknownAttribute('AWS::AutoScaling::AutoScalingGroup', attribute);
    },
  };
}

/** Properties of a template as the API takes them: numbers may be strings there, subnets are a list. */
function settings(properties: Properties): Properties {
  const plain = Object.entries(properties).filter(([name]) => !SEPARATE.includes(name)).map(([name, value]) => [name, typed(name, value)]);
  return {
    ...Object.fromEntries(plain),
    ...(properties.VPCZoneIdentifier ? { VPCZoneIdentifier: [properties.VPCZoneIdentifier].flat().join(',') } : {}),
    ...(properties.Cooldown === undefined ? {} : { DefaultCooldown: Number(properties.Cooldown) }),
  };
}

function typed(name: string, value: unknown): unknown {
  if (NUMBERS.includes(name)) return Number(value);
  return BOOLEANS.includes(name) ? value === true || value === 'true' : value;
}

function tags(context: ResourceContext, properties: Properties): Properties[] {
  const own = (properties.Tags ?? []) as Properties[];
  const inherited = context.tags.filter((tag) => !own.some((other) => other.Key === tag.Key)).map((tag) => ({ ...tag, PropagateAtLaunch: true }));
  return [...inherited, ...own];
}

function updateTargetGroups(service: AutoScalingService, name: string, properties: Properties, previous: Properties): void {
  const [before, after] = [previous.TargetGroupARNs ?? [], properties.TargetGroupARNs ?? []] as [string[], string[]];
  const removed = before.filter((arn) => !after.includes(arn));
  const added = after.filter((arn) => !before.includes(arn));
  if (removed.length > 0) service.operations.DetachLoadBalancerTargetGroups!({ AutoScalingGroupName: name, TargetGroupARNs: removed });
  if (added.length > 0) service.operations.AttachLoadBalancerTargetGroups!({ AutoScalingGroupName: name, TargetGroupARNs: added });
}

function collectMetrics(service: AutoScalingService, name: string, properties: Properties): void {
  for (const each of properties.MetricsCollection ?? []) {
    service.operations.EnableMetricsCollection!({ AutoScalingGroupName: name, Metrics: each.Metrics, Granularity: each.Granularity });
  }
}

/** CloudFormation's own words when a group cannot launch what it should: "Group did not stabilize". */
async function stabilise(service: AutoScalingService, name: string): Promise<void> {
  for (let waited = 0; waited <= STABLE_WITHIN; waited += 5 * SECOND) {
    const group = service.find(name);
    const inService = group?.live.filter((member) => member.lifecycle === 'InService').length ?? 0;
    if (!group || inService >= group.settings.desired || !group.runs('Launch')) return;
    await service.upkeep.sleep(5 * SECOND);
  }
  const { settings: { desired, min }, live, activities } = service.require(name);
  const inService = live.filter((member) => member.lifecycle === 'InService').length;
  const failure = activities.find((activity) => activity.StatusCode === 'Failed')?.StatusMessage ?? '';
  throw new AwsError('NotStabilized', `Group did not stabilize. {current/minSize/desired instances: ${inService}/${min}/${desired}}: ${failure}`);
}
