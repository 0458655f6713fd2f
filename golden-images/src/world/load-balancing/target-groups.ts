import { Ec2Service } from '../ec2';
import { AwsError, NotModelled, page, Properties, refuseUnknown, World } from '../kernel';
import { requireName, type HealthCheck, type Target, type TargetGroup } from './model';
import { TargetHealth } from './target-health';

const HEALTH_CHECK = ['HealthCheckEnabled', 'HealthCheckProtocol', 'HealthCheckPort', 'HealthCheckPath', 'HealthCheckIntervalSeconds',
  'HealthCheckTimeoutSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount', 'Matcher'];

/** Defaults of the API reference, TargetGroupAttribute. */
const ATTRIBUTES: Record<string, string> = {
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.enabled': 'false',
  'stickiness.type': 'lb_cookie',
  'slow_start.duration_seconds': '0',
  'load_balancing.algorithm.type': 'round_robin',
};

/** Target groups and the targets in them. */
export class TargetGroups {
  public readonly operations = {
    CreateTargetGroup: (input: Properties) => ({ TargetGroups: [this.render(this.create(input))] }),
    ModifyTargetGroup: (input: Properties) => ({ TargetGroups: [this.render(this.modify(input))] }),
    DeleteTargetGroup: (input: Properties) => this.delete(input.TargetGroupArn),
    DescribeTargetGroups: (input: Properties) => this.describe(input),
    DescribeTargetGroupAttributes: (input: Properties) => ({ Attributes: attributeList(this.require(input.TargetGroupArn)) }),
    ModifyTargetGroupAttributes: (input: Properties) => this.modifyAttributes(input.TargetGroupArn, input.Attributes),
    RegisterTargets: (input: Properties) => this.register(input.TargetGroupArn, input.Targets),
    DeregisterTargets: (input: Properties) => this.deregister(input.TargetGroupArn, input.Targets),
    DescribeTargetHealth: (input: Properties) => this.describeHealth(input),
  };
  private readonly groups = new Map<string, TargetGroup>();

  public constructor(
    private readonly world: World,
    private readonly health: TargetHealth,
    private readonly loadBalancersOf: (targetGroupArn: string) => string[],
  ) {}

  public find(arn: string): TargetGroup | undefined {
    return this.groups.get(arn);
  }

  public require(arn: string): TargetGroup {
    const found = this.groups.get(arn);
    if (!found) throw new AwsError('TargetGroupNotFound', `Target groups '${arn}' not found`);
    return found;
  }

  public create(input: Properties): TargetGroup {
    refuseUnknown('elasticloadbalancing:CreateTargetGroup', input,
      ['Name', 'Protocol', 'ProtocolVersion', 'Port', 'VpcId', 'TargetType', 'IpAddressType', 'Tags', ...HEALTH_CHECK]);
    if ((input.TargetType ?? 'instance') !== 'instance') refuseUnknown('target groups of type', { [input.TargetType]: true }, []);
    if ([...this.groups.values()].some((group) => group.name === input.Name)) {
      throw new AwsError('DuplicateTargetGroupName', `A target group with the same name '${input.Name}' exists, but with different settings`);
    }
    requireName('targetGroup', input.Name);
    if (this.world.get(Ec2Service).network.find(input.VpcId)?.kind !== 'vpc') throw new AwsError('ValidationError', `The VPC ID '${input.VpcId}' is not found`);
    const group: TargetGroup = {
      arn: this.world.arn('elasticloadbalancing', `targetgroup/${input.Name}/${this.world.random.hex(16)}`),
      name: input.Name,
      protocol: input.Protocol,
      protocolVersion: input.ProtocolVersion,
      port: Number(input.Port),
      vpcId: input.VpcId,
      targetType: 'instance',
      healthCheck: healthCheck(input, input.Protocol),
      attributes: new Map(Object.entries(ATTRIBUTES)),
      targets: new Map(),
      tags: input.Tags ?? [],
    };
    this.groups.set(group.arn, group);
    return group;
  }

  public modify(input: Properties): TargetGroup {
    refuseUnknown('elasticloadbalancing:ModifyTargetGroup', input, ['TargetGroupArn', ...HEALTH_CHECK]);
    const group = this.require(input.TargetGroupArn);
    group.healthCheck = healthCheck(input, group.protocol, group.healthCheck);
    this.assess(group);
    return group;
  }

  public modifyAttributes(arn: string, attributes: Array<{ Key: string; Value: string }>): Properties {
    const group = this.require(arn);
    attributes.forEach(checkAttribute);
    attributes.forEach(({ Key, Value }) => group.attributes.set(Key, String(Value)));
    return { Attributes: attributeList(group) };
  }

  public delete(arn: string): void {
    if (this.loadBalancersOf(arn).length > 0) {
      throw new AwsError('ResourceInUse', `Target group '${arn}' is currently in use by a listener or a rule`);
    }
    const group = this.groups.get(arn);
    group?.targets.forEach((target) => target.nextChange?.cancel());
    this.groups.delete(arn);
  }

  public register(arn: string, targets: Array<{ Id: string; Port?: number }>): void {
    const group = this.require(arn);
    for (const { Id, Port } of targets) {
      const instance = this.world.get(Ec2Service).instance(Id);
      if (instance?.state !== 'running') throw new AwsError('InvalidTarget', `The following targets are not in a running state and cannot be registered: '${Id}'`);
      const present = group.targets.get(Id);
      if (present && present.state !== 'draining') continue;
      present?.nextChange?.cancel();
      const { now } = this.world;
      const target: Target = { id: Id, port: Port ?? group.port, registeredAt: now, state: 'unused', streak: { passing: false, since: now } };
      group.targets.set(Id, target);
      this.health.assess(group, target);
    }
  }

  public deregister(arn: string, targets: Array<{ Id: string }>): void {
    const group = this.require(arn);
    for (const { Id } of targets) {
      const target = group.targets.get(Id);
      if (target) this.health.drain(group, target);
    }
  }

  /** A terminated instance leaves its target groups by itself. */
  public instanceChanged(instanceId: string, terminated: boolean): void {
    for (const group of this.groups.values()) {
      const target = group.targets.get(instanceId);
      if (target && terminated) this.health.remove(group, target);
      else if (target) this.health.assess(group, target);
    }
  }

  /** After listeners changed: a group that no listener uses is not checked. */
  public assessAll(): void {
    this.groups.forEach((group) => this.assess(group));
  }

  public render(group: TargetGroup): Properties {
    const check = group.healthCheck;
    return {
      TargetGroupArn: group.arn,
      TargetGroupName: group.name,
      Protocol: group.protocol,
      ProtocolVersion: group.protocolVersion ?? 'HTTP1',
      Port: group.port,
      VpcId: group.vpcId,
      TargetType: group.targetType,
      IpAddressType: 'ipv4',
      LoadBalancerArns: this.loadBalancersOf(group.arn),
      HealthCheckEnabled: true,
      HealthCheckProtocol: check.protocol,
      HealthCheckPort: check.port,
      HealthCheckPath: check.path,
      HealthCheckIntervalSeconds: check.intervalSeconds,
      HealthCheckTimeoutSeconds: check.timeoutSeconds,
      HealthyThresholdCount: check.healthyThreshold,
      UnhealthyThresholdCount: check.unhealthyThreshold,
      Matcher: check.matcher,
    };
  }

  private assess(group: TargetGroup): void {
    group.targets.forEach((target) => this.health.assess(group, target));
  }

  private describe(input: Properties): Properties {
    refuseUnknown('elasticloadbalancing:DescribeTargetGroups', input, ['TargetGroupArns', 'Names', 'LoadBalancerArn', 'PageSize', 'Marker']);
    const named = (input.TargetGroupArns as string[] | undefined)?.map((arn) => this.require(arn));
    const found = (named ?? [...this.groups.values()]).filter((group) => (input.Names?.includes(group.name) ?? true)
      && (!input.LoadBalancerArn || this.loadBalancersOf(group.arn).includes(input.LoadBalancerArn)));
    if (input.Names && found.length < input.Names.length) throw new AwsError('TargetGroupNotFound', 'One or more target groups not found');
    const { items, NextToken } = page(found, input.PageSize, input.Marker);
    return { TargetGroups: items.map((group) => this.render(group)), NextMarker: NextToken };
  }

  private describeHealth(input: Properties): Properties {
    refuseUnknown('elasticloadbalancing:DescribeTargetHealth', input, ['TargetGroupArn', 'Targets']);
    const group = this.require(input.TargetGroupArn);
    const wanted = (input.Targets as Array<{ Id: string }> | undefined)?.map((target) => target.Id) ?? [...group.targets.keys()];
    return { TargetHealthDescriptions: wanted.map((id) => renderHealth(group, id)) };
  }
}

function renderHealth(group: TargetGroup, id: string): Properties {
  const target = group.targets.get(id);
  const port = target?.port ?? group.port;
  return {
    Target: { Id: id, Port: port },
    HealthCheckPort: group.healthCheck.port === 'traffic-port' ? String(port) : group.healthCheck.port,
    TargetHealth: target ? { State: target.state, Reason: target.reason } : { State: 'unused', Reason: 'Target.NotRegistered' },
  };
}

/** Defaults for HTTP: every 30 seconds, 5 passed or 2 failed in a row (API reference, CreateTargetGroup). */
function healthCheck(input: Properties, protocol: string, previous?: HealthCheck): HealthCheck {
  const number = (value: unknown, otherwise: number): number => (value === undefined ? otherwise : Number(value));
  const http = ['HTTP', 'HTTPS'].includes(protocol);
  return {
    protocol: input.HealthCheckProtocol ?? previous?.protocol ?? (http ? 'HTTP' : 'TCP'),
    port: String(input.HealthCheckPort ?? previous?.port ?? 'traffic-port'),
    path: input.HealthCheckPath ?? previous?.path ?? (http ? '/' : undefined),
    intervalSeconds: number(input.HealthCheckIntervalSeconds, previous?.intervalSeconds ?? 30),
    timeoutSeconds: number(input.HealthCheckTimeoutSeconds, previous?.timeoutSeconds ?? (http ? 5 : 10)),
    healthyThreshold: number(input.HealthyThresholdCount, previous?.healthyThreshold ?? 5),
    unhealthyThreshold: number(input.UnhealthyThresholdCount, previous?.unhealthyThreshold ?? 2),
    matcher: input.Matcher ?? previous?.matcher ?? (http ? { HttpCode: '200' } : undefined),
  };
}

function attributeList(group: TargetGroup): Array<{ Key: string; Value: string }> {
  return [...group.attributes].map(([Key, Value]) => ({ Key, Value }));
}

/** Source: API reference, TargetGroupAttribute: the draining of instances takes at most an hour. */
function checkAttribute({ Key, Value }: { Key: string; Value: string }): void {
  if (!(Key in ATTRIBUTES)) throw new NotModelled(`the target group attribute ${Key}`);
  if (Key !== 'deregistration_delay.timeout_seconds' || (/^\d+$/.test(String(Value)) && Number(Value) <= 3600)) return;
  throw new AwsError('InvalidConfigurationRequest', `The value of '${Key}' must be between '0-3600' inclusive, and is '${Value}'`);
}
