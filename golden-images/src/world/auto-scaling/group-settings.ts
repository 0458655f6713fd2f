import { Ec2Service } from '../ec2';
import { Properties, World } from '../kernel';
import { LoadBalancingService } from '../load-balancing';
import { normaliseSource, validateSource, validation } from './launch-source';
import type { GroupSettings, MaintenancePolicy } from './model';
import { validatePolicies } from './termination-policy';

/** Members of Create- and UpdateAutoScalingGroup that the model honors; purely descriptive ones (`Context`) are kept out. */
export const GROUP_SETTINGS = ['AutoScalingGroupName', 'LaunchTemplate', 'MixedInstancesPolicy', 'MinSize', 'MaxSize', 'DesiredCapacity', 'DefaultCooldown',
  'AvailabilityZones', 'HealthCheckType', 'HealthCheckGracePeriod', 'VPCZoneIdentifier', 'TerminationPolicies', 'NewInstancesProtectedFromScaleIn',
  'CapacityRebalance', 'ServiceLinkedRoleARN', 'DefaultInstanceWarmup', 'InstanceMaintenancePolicy', 'InstanceLifecyclePolicy'];

/** Settings of a new group. */
export function newSettings(world: World, input: Properties): GroupSettings {
  if (!input.LaunchTemplate && !input.MixedInstancesPolicy) {
    throw validation('Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.');
  }
  const source = normaliseSource(world, input);
  validateSource(world, source);
  return checked({
    source,
    min: Number(input.MinSize),
    max: Number(input.MaxSize),
    desired: Number(input.DesiredCapacity ?? input.MinSize),
    subnetIds: subnets(world, input),
    targetGroupArns: targetGroups(world, input.TargetGroupARNs ?? []),
    healthCheckTypes: healthCheckTypes(input.HealthCheckType ?? 'EC2'),
    gracePeriodSeconds: Number(input.HealthCheckGracePeriod ?? 0),
    defaultCooldown: Number(input.DefaultCooldown ?? 300),
    defaultInstanceWarmup: input.DefaultInstanceWarmup === undefined ? undefined : Number(input.DefaultInstanceWarmup),
    terminationPolicies: policies(input.TerminationPolicies),
    newInstancesProtected: input.NewInstancesProtectedFromScaleIn ?? false,
    capacityRebalance: input.CapacityRebalance ?? false,
    maintenancePolicy: maintenancePolicy(input.InstanceMaintenancePolicy),
    retainsAbandoned: retainsAbandoned(input.InstanceLifecyclePolicy),
  });
}

/** The settings after an update: what the request does not name stays; the desired capacity is moved between the new limits. */
export function updatedSettings(world: World, before: GroupSettings, input: Properties): GroupSettings {
  const changed = input.LaunchTemplate || input.MixedInstancesPolicy ? { source: normaliseSource(world, input) } : {};
  if (changed.source) validateSource(world, changed.source);
  const min = Number(input.MinSize ?? before.min);
  const max = Number(input.MaxSize ?? before.max);
  const desired = input.DesiredCapacity === undefined ? Math.min(Math.max(before.desired, min), max) : Number(input.DesiredCapacity);
  const numeric = (value: unknown, otherwise: number): number => (value === undefined ? otherwise : Number(value));
  const warmup = numeric(input.DefaultInstanceWarmup, before.defaultInstanceWarmup ?? -1);
  return checked({
    ...before,
    ...changed,
    min,
    max,
    desired,
    subnetIds: input.VPCZoneIdentifier === undefined ? before.subnetIds : subnets(world, input),
    healthCheckTypes: input.HealthCheckType === undefined ? before.healthCheckTypes : healthCheckTypes(input.HealthCheckType),
    gracePeriodSeconds: numeric(input.HealthCheckGracePeriod, before.gracePeriodSeconds),
    defaultCooldown: numeric(input.DefaultCooldown, before.defaultCooldown),
    defaultInstanceWarmup: warmup === -1 ? undefined : warmup,
    terminationPolicies: input.TerminationPolicies === undefined ? before.terminationPolicies : policies(input.TerminationPolicies),
    newInstancesProtected: input.NewInstancesProtectedFromScaleIn ?? before.newInstancesProtected,
    capacityRebalance: input.CapacityRebalance ?? before.capacityRebalance,
    maintenancePolicy: input.InstanceMaintenancePolicy === undefined ? before.maintenancePolicy : maintenancePolicy(input.InstanceMaintenancePolicy),
    retainsAbandoned: input.InstanceLifecyclePolicy === undefined ? before.retainsAbandoned : retainsAbandoned(input.InstanceLifecyclePolicy),
  });
}

export function checkDesired(settings: GroupSettings, desired: number): void {
  if (desired < settings.min) throw validation(`New SetDesiredCapacity value ${desired} is below min value ${settings.min} for the AutoScalingGroup.`);
  if (desired > settings.max) throw validation(`New SetDesiredCapacity value ${desired} is above max value ${settings.max} for the AutoScalingGroup.`);
}

export function targetGroups(world: World, arns: string[]): string[] {
  const { targetGroups: known } = world.get(LoadBalancingService);
  const missing = arns.find((arn) => !known.find(arn));
  if (missing) throw validation(`Provided Target Groups may not be valid. Please ensure they exist and try again. ${missing}`);
  return [...arns];
}

function checked(settings: GroupSettings): GroupSettings {
  if (settings.min > settings.max) throw validation('Max bound must be greater than or equal to min bound');
  if (settings.desired < settings.min || settings.desired > settings.max) {
    throw validation('Desired capacity must be between the specified min size and max size');
  }
  return settings;
}

function subnets(world: World, input: Properties): string[] {
  const { network } = world.get(Ec2Service);
  const ids = String(input.VPCZoneIdentifier ?? '').split(',').map((id) => id.trim()).filter(Boolean);
  const missing = ids.find((id) => network.find(id)?.kind !== 'subnet');
  if (missing) throw validation(`The subnet ID '${missing}' does not exist`);
  if (ids.length > 0) return ids;
  const zones = input.AvailabilityZones as string[] | undefined;
  if (!zones?.length) throw validation('At least one Availability Zone or VPC Subnet is required.');
  return network.all<{ availabilityZone: string; isDefault: boolean }>('subnet')
    .filter((subnet) => subnet.data.isDefault && zones.includes(subnet.data.availabilityZone)).map((subnet) => subnet.id);
}

function healthCheckTypes(text: string): string[] {
  const types = text.split(',').map((type) => type.trim());
  const unknown = types.find((type) => !['EC2', 'ELB', 'EBS'].includes(type));
  if (unknown) throw validation(`Health check type ${unknown} is not modelled or does not exist`);
  return types;
}

function policies(given: string[] | undefined): string[] {
  const list = given?.length ? given : ['Default'];
  validatePolicies(list);
  return list;
}

/** Both percentages or none; -1 clears them. */
function maintenancePolicy(input: Properties | undefined): MaintenancePolicy | undefined {
  if (!input) return undefined;
  const { MinHealthyPercentage: minimum, MaxHealthyPercentage: maximum } = input;
  if (minimum === undefined || maximum === undefined) {
    throw validation('Both MinHealthyPercentage and MaxHealthyPercentage must be specified in the InstanceMaintenancePolicy.');
  }
  const [least, most] = [Number(minimum), Number(maximum)];
  if (least === -1 && most === -1) return undefined;
  if (least < 0 || least > 100 || most < 100 || most > 200 || most - least > 100) throw validation('The InstanceMaintenancePolicy is out of range.');
  return { MinHealthyPercentage: least, MaxHealthyPercentage: most };
}

/** User guide, "Control instance retention with instance lifecycle policies". */
const retainsAbandoned = (policy: Properties | undefined): boolean => policy?.RetentionTriggers?.TerminateHookAbandon === 'retain';
