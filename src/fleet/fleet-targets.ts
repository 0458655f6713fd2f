import { Annotations, CfnElement, Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, CfnLifecycleHook, CfnWarmPool } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import type { Construct, IConstruct } from 'constructs';
import type { IFleet } from './fleet';
import type { FleetImage } from './fleet-image';
import { checkGroup, type RootVolume } from './group-checks';
import { Guard } from './guard';
import { rendered } from './rendered';
import type { RolloutTarget, RolloutTargetConfig } from './rollout-target';
import { TemplateRecord } from './template-record';
import type { RolloutIntent, TargetIntent } from '../contract';
import type { ControlPlane } from '../control-plane/control-plane';
import { InvalidInputError } from '../private/errors';

export interface FleetTargetsProps {
  readonly controlPlane: ControlPlane;
  readonly image: FleetImage;
  readonly architecture: string;
  readonly rootVolume: RootVolume;
  readonly rollout: RolloutIntent;
  /** Whether instances can start on an image that serves, before anything was built. */
  readonly hasInitialAmi: boolean;
}

/** What a fleet rolls, and everything that holds for it. */
export class FleetTargets {
  private readonly targets: RolloutTargetConfig[] = [];
  private guard?: Guard;

  public constructor(private readonly fleet: Construct & IFleet, private readonly props: FleetTargetsProps) {
    fleet.node.addValidation({ validate: () => [...this.groupProblems(), ...this.strayProblems()] });
  }

  public get isEmpty(): boolean {
    return this.targets.length === 0;
  }

  public add(target: RolloutTarget): void {
    const config = target.bind(this.fleet, this.fleet);
    const { controlPlane } = this.props;
    controlPlane.claims.claim('Auto Scaling group', this.nameOf(config), this.fleet, 'add it to one fleet only');
    const guarded = config.guarded ?? [];
    controlPlane.rollGroup({
      groupName: config.autoScalingGroupName,
      launchTemplateId: config.launchTemplateId,
      instanceRoleArns: config.instanceRoleArns ?? [],
    }, guarded);
    guarded.forEach((construct) => this.protect(construct));
    this.record(guarded);
    this.targets.push(config);
  }

  public intents(): TargetIntent[] {
    return this.targets.map(({ autoScalingGroupName, launchTemplateId, trustTemplateVersions }) => ({
      type: 'auto-scaling-group',
      groupName: autoScalingGroupName,
      launchTemplateId,
      templateVersions: trustTemplateVersions ? 'any' : 'recorded',
    }));
  }

  /** What the stack declares the launch template of a target to be; every other version of it is somebody else's. */
  private record(guarded: readonly IConstruct[]): void {
    const { template, group } = partsOfTarget(guarded);
    if (!template) { return; }
    const id = `Template${this.targets.length === 0 ? '' : this.targets.length + 1}`;
    new TemplateRecord(this.fleet, id, { controlPlane: this.props.controlPlane, fleetName: this.fleet.fleetName, template, group });
  }

  /** Logical ids tell groups of one stack apart, and nested stacks have each its own. */
  private nameOf({ autoScalingGroupName }: RolloutTargetConfig): string {
    const stack = Stack.of(this.fleet);
    const name = stack.resolve(autoScalingGroupName);
    if (!name.Ref) { return JSON.stringify(name); }
    return stack.nestedStackParent ? `${stack.node.path}/${name.Ref}` : name.Ref;
  }

  /** Parameters are there before it, and no deploy touches it while a rollout is active. */
  private protect(construct: IConstruct): void {
    const { controlPlane, hasInitialAmi } = this.props;
    if (!CfnElement.isCfnElement(construct) || Stack.of(construct) !== Stack.of(this.fleet)) {
      throw new InvalidInputError(construct, {
        what: `it is guarded by the fleet '${this.fleet.node.path}'`,
        expected: 'a CloudFormation resource of the same stack',
        fix: 'declare group, launch template and fleet in one stack',
      });
    }
    this.guard ??= new Guard(this.fleet, 'Guard', { controlPlane, fleetName: this.fleet.fleetName });
    this.guard.addGuarded(construct);
    construct.node.addDependency(controlPlane.seedDependable);
    if (construct instanceof CfnAutoScalingGroup && construct.healthCheckType?.includes('ELB') && !hasInitialAmi) { this.warnOfHealthChecks(construct); }
  }

  private warnOfHealthChecks(group: CfnAutoScalingGroup): void {
    Annotations.of(group).addWarningV2(
      'cdk-golden-images:fleet.healthChecksBeforeFirstRelease',
      'the group has load balancer health checks, and the fleet starts on a parent image that may not pass them; until the first release '
      + 'is rolled out, instances may be replaced repeatedly; give the fleet an initialAmi, or user data that serves until then',
    );
  }

  private groupProblems(): string[] {
    const imageId = Stack.of(this.fleet).resolve(this.props.image.imageId);
    const { architecture, rollout, rootVolume } = this.props;
    return this.targets.flatMap(({ guarded = [] }) => {
      const { template, group } = partsOfTarget(guarded);
      if (!template || !group) { return []; }
      const parts = { group: rendered(group), template: rendered(template), hooks: hooksOf(group), warmPools: warmPoolsOf(group) };
      return checkGroup(parts, { imageId, architecture, rollout, rootVolume })
        .map((problem) => `${group.node.path}: ${problem}`);
    });
  }

  /** Groups that launch from the fleet's image without being rolled would stay on it for ever. */
  private strayProblems(): string[] {
    const guarded = this.targets.flatMap((target) => target.guarded ?? []);
    return this.props.image.users.filter((user) => !guarded.some((each) => each === user || each.node.scopes.includes(user))).map((user) =>
      `${user.node.path}: it launches from the image of the fleet '${this.fleet.fleetName}' and is no target of it; `
      + 'expected each group that does to be one; call fleet.addTarget(RolloutTarget.autoScalingGroup(group))');
  }
}

const partsOfTarget = (guarded: readonly IConstruct[]): { template?: CfnLaunchTemplate; group?: CfnAutoScalingGroup } => ({
  template: guarded.find((each) => each instanceof CfnLaunchTemplate),
  group: guarded.find((each) => each instanceof CfnAutoScalingGroup),
});

/** Paths of the warm pools that name a group. */
const warmPoolsOf = (group: CfnAutoScalingGroup): string[] =>
  partsOf(group, (each): each is CfnWarmPool => each instanceof CfnWarmPool).map(({ node }) => node.path);

/** Lifecycle hooks that are resources of their own. */
const hooksOf = (group: CfnAutoScalingGroup): Array<Record<string, any>> =>
  partsOf(group, (each): each is CfnLifecycleHook => each instanceof CfnLifecycleHook).map((hook) => rendered(hook).Properties ?? {});

/** What names a group, in its stack. */
function partsOf<T extends CfnWarmPool | CfnLifecycleHook>(group: CfnAutoScalingGroup, isPart: (each: IConstruct) => each is T): T[] {
  const stack = Stack.of(group);
  const name = JSON.stringify(stack.resolve(group.ref));
  return stack.node.findAll().filter(isPart)
    .filter((part) => Stack.of(part) === stack && JSON.stringify(stack.resolve(part.autoScalingGroupName)) === name);
}
