import { Ec2Service, Instance } from '../ec2';
import type { World } from '../kernel';
import type { Target, TargetGroup, TargetState } from './model';

export type HealthListener = (change: { readonly targetGroupArn: string; readonly instanceId: string; readonly state: TargetState | 'gone' }) => void;

/**
 * Health checks without polling: from when an instance answers, and from the interval and thresholds of the group, follows
 * when a target's state changes next; only that moment is scheduled.
 *
 * A registering target is healthy after one passed check; afterwards the thresholds count (Elastic Load Balancing user guide,
 * "Health checks for Application Load Balancer target groups").
 */
export class TargetHealth {
  private readonly listeners: HealthListener[] = [];

  public constructor(private readonly world: World, private readonly inUse: (group: TargetGroup) => boolean) {}

  public onChange(listener: HealthListener): void {
    this.listeners.push(listener);
  }

  /** Looks at a target anew: after registration, after its instance changed, after a listener came or went. */
  public assess(group: TargetGroup, target: Target): void {
    if (target.state === 'draining') return;
    target.nextChange?.cancel();
    if (!this.inUse(group)) return this.become(group, target, 'unused', 'Target.NotInUse');
    if (target.state === 'unused') {
      target.streak = { passing: this.passes(target), since: this.world.now };
      this.become(group, target, 'initial', 'Elb.InitialHealthChecking');
    }
    this.follow(group, target);
  }

  /** Stops sending requests; the target goes when the deregistration delay is over. */
  public drain(group: TargetGroup, target: Target): void {
    if (target.state === 'draining') return;
    target.nextChange?.cancel();
    const delay = target.state === 'unused' ? 0 : Number(group.attributes.get('deregistration_delay.timeout_seconds'));
    this.become(group, target, 'draining', 'Target.DeregistrationInProgress');
    target.nextChange = this.world.timeline.schedule(delay * 1000, `${target.id} is deregistered`, () => this.remove(group, target));
  }

  public remove(group: TargetGroup, target: Target): void {
    target.nextChange?.cancel();
    if (group.targets.get(target.id) !== target) return;
    group.targets.delete(target.id);
    this.listeners.forEach((listener) => listener({ targetGroupArn: group.arn, instanceId: target.id, state: 'gone' }));
  }

  private follow(group: TargetGroup, target: Target): void {
    const passing = this.passes(target);
    if (passing !== target.streak.passing) target.streak = { passing, since: this.world.now };
    const due = this.due(group, target);
    const flips = this.answersAt(target);
    const next = Math.min(due ?? Infinity, flips > this.world.now ? flips : Infinity);
    if (due !== undefined && due <= this.world.now) return this.turn(group, target);
    if (next === Infinity) return;
    target.nextChange = this.world.timeline.schedule(next - this.world.now, `health of ${target.id}`, () => this.assess(group, target));
  }

  /** When enough checks have had the present result; undefined where that would change nothing. */
  private due(group: TargetGroup, target: Target): number | undefined {
    const { passing, since } = target.streak;
    if (passing === (target.state === 'healthy') && target.state !== 'initial') return undefined;
    const { intervalSeconds, healthyThreshold, unhealthyThreshold } = group.healthCheck;
    const interval = intervalSeconds * 1000;
    const threshold = passing ? (target.state === 'initial' ? 1 : healthyThreshold) : unhealthyThreshold;
    const firstCheck = target.registeredAt + (Math.floor((since - target.registeredAt) / interval) + 1) * interval;
    return firstCheck + (threshold - 1) * interval;
  }

  private turn(group: TargetGroup, target: Target): void {
    if (target.streak.passing) this.become(group, target, 'healthy', undefined);
    else this.become(group, target, 'unhealthy', 'Target.FailedHealthChecks');
    this.follow(group, target);
  }

  private become(group: TargetGroup, target: Target, state: TargetState, reason: string | undefined): void {
    const changed = target.state !== state;
    target.state = state;
    target.reason = reason;
    if (!changed) return;
    this.listeners.forEach((listener) => listener({ targetGroupArn: group.arn, instanceId: target.id, state }));
  }

  private passes(target: Target): boolean {
    const instance = this.instance(target);
    return instance !== undefined && this.world.get(Ec2Service).answers(instance);
  }

  private answersAt(target: Target): number {
    const instance = this.instance(target);
    return instance === undefined || instance.sick ? Infinity : instance.answersAt;
  }

  private instance(target: Target): Instance | undefined {
    return this.world.get(Ec2Service).instance(target.id);
  }
}
