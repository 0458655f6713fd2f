import { AwsError } from '../kernel';

export type TargetState = 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';

export interface Target {
  readonly id: string;
  readonly port: number;
  readonly registeredAt: number;
  state: TargetState;
  reason?: string;
  /** Since when checks have had the same result, and which: from it follows when the state changes next. */
  streak: { readonly passing: boolean; readonly since: number };
  nextChange?: { cancel(): void };
}

export interface HealthCheck {
  readonly protocol: string;
  readonly port: string;
  readonly path?: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly matcher?: Record<string, string>;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: string;
  readonly protocolVersion?: string;
  readonly port: number;
  readonly vpcId: string;
  readonly targetType: string;
  healthCheck: HealthCheck;
  readonly attributes: Map<string, string>;
  readonly targets: Map<string, Target>;
  tags: Array<{ Key: string; Value: string }>;
}

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: string;
  readonly scheme: string;
  readonly vpcId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  readonly createdAt: number;
  readonly attributes: Map<string, string>;
  tags: Array<{ Key: string; Value: string }>;
}

/** A listener, or a rule of one: actions name the target groups in use. */
export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  port?: number;
  protocol?: string;
  actions: Array<Record<string, unknown>>;
  settings: Record<string, unknown>;
  /** Set for a rule. */
  readonly listenerArn?: string;
  priority?: string;
  conditions?: unknown[];
}

/** Source: CreateLoadBalancer and CreateTargetGroup API reference, Name: at most 32 letters, digits and hyphens, none of them at an end. */
export function requireName(kind: 'loadBalancer' | 'targetGroup', name: string): void {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(name)) return;
  throw new AwsError('ValidationError', `The ${kind} name '${name}' must have at most 32 letters, digits and hyphens, and must not begin or end with a hyphen.`);
}
