import { eventBusOperations } from './events/bus-operations';
import { deliverOrDeadLetter } from './events/delivery';
import { eventsResourceTypes } from './events/resource-types';
import type { Rule } from './events/rule';
import { ruleOperations } from './events/rule-operations';
import { targetInput, type Envelope } from './events/target-input';
import { AwsError, Service, type Operation, type ResourceType, type World } from './kernel';

/** From an event to its target. assumption: event-delivery-one-second */
const DELIVERY = 1000;

/**
 * Amazon EventBridge: buses, rules with patterns or schedules, targets. Deliveries may be lost, doubled or late by
 * `world.faults.events`. Recorded, not enforced: permissions of rules to reach their targets, retry policies, bus policies.
 */
export class EventsService extends Service {
  public override readonly signingName = 'events';
  public override readonly operations: Readonly<Record<string, Operation>>;
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;
  /** Buses by name; their rules by name. */
  public readonly buses = new Map<string, Map<string, Rule>>([['default', new Map()]]);

  public constructor(world: World) {
    super(world);
    this.operations = { ...ruleOperations(world, this), ...eventBusOperations(world, this) };
    this.resourceTypes = eventsResourceTypes(this);
    world.onEvent((event) => this.publish('default', this.envelope(event.source, event.detailType, event.detail, event.resources)));
  }

  public bus(nameOrArn = 'default'): Map<string, Rule> {
    const name = nameOrArn.split('event-bus/').pop()!;
    const bus = this.buses.get(name);
    if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    return bus;
  }

  public rule(bus: string | undefined, name: string): Rule {
    const rule = this.bus(bus).get(name);
    if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus ?? 'default'}.`);
    return rule;
  }

  public envelope(source: string, detailType: string, detail: unknown, resources: string[] = [], time = this.world.now): Envelope & { id: string } {
    return {
      'version': '0',
      'id': this.world.random.uuid(),
      'detail-type': detailType,
      source,
      'account': this.world.account,
      'time': new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
      'region': this.world.region,
      resources,
      detail,
    };
  }

  /** Hands an event to the rules of a bus that match it. A fault is used up by an event that some rule matches. */
  public publish(bus: string, event: Envelope): void {
    const rules = [...this.bus(bus).values()].filter((rule) => rule.enabled && rule.matches?.(event));
    if (rules.length === 0) return;
    const fault = this.world.faults.events.shift();
    if (fault === 'lose') return this.world.log('events', `lost: ${String(event['detail-type'])}`);
    const delay = DELIVERY + (typeof fault === 'object' ? fault.delaySeconds * 1000 : 0);
    for (const rule of rules) this.deliver(rule, event, delay);
    if (fault === 'double') for (const rule of rules) this.deliver(rule, event, delay);
  }

  /** A rule on a schedule fires. */
  public fire(rule: Rule): void {
    if (rule.enabled) this.deliver(rule, this.envelope('aws.events', 'Scheduled Event', {}, [rule.arn]), 0);
  }

  private deliver(rule: Rule, event: Envelope, delay: number): void {
    this.world.timeline.schedule(delay, `rule ${rule.name}`, () => {
      for (const target of rule.targets.values()) {
        if (target.Arn.includes(':event-bus/')) this.publish(target.Arn, event);
        else deliverOrDeadLetter(this.world, `rule ${rule.name}`, target, targetInput(rule, target, event));
      }
    });
  }
}
