import { AwsError, page, Properties, refuseUnknown, World } from '../kernel';
import type { LoadBalancers } from './load-balancers';
import type { Listener } from './model';
import type { TargetGroups } from './target-groups';

const SETTINGS = ['SslPolicy', 'Certificates', 'AlpnPolicy', 'MutualAuthentication'];

/** Listeners and their rules: they decide which target groups are in use. */
export class Listeners {
  public readonly operations = {
    CreateListener: (input: Properties) => ({ Listeners: [this.renderListener(this.createListener(input))] }),
    ModifyListener: (input: Properties) => ({ Listeners: [this.renderListener(this.modifyListener(input))] }),
    DeleteListener: (input: Properties) => this.delete(this.require(input.ListenerArn).arn),
    DescribeListeners: (input: Properties) => this.describeListeners(input),
    CreateRule: (input: Properties) => ({ Rules: [renderRule(this.createRule(input))] }),
    ModifyRule: (input: Properties) => ({ Rules: [renderRule(this.modifyRule(input))] }),
    DeleteRule: (input: Properties) => this.delete(this.require(input.RuleArn).arn),
    DescribeRules: (input: Properties) => this.describeRules(input),
  };
  private readonly listeners = new Map<string, Listener>();

  public constructor(private readonly world: World, private readonly balancers: LoadBalancers, private readonly groups: TargetGroups) {
    balancers.onDelete((arn) => this.drop((listener) => listener.loadBalancerArn === arn));
  }

  public find(arn: string): Listener | undefined {
    return this.listeners.get(arn);
  }

  public targetGroupsInUse(): Set<string> {
    return new Set([...this.listeners.values()].flatMap(targetGroupsOf));
  }

  public loadBalancersOf(targetGroupArn: string): string[] {
    const users = [...this.listeners.values()].filter((listener) => targetGroupsOf(listener).includes(targetGroupArn));
    return [...new Set(users.map((listener) => listener.loadBalancerArn))];
  }

  public createListener(input: Properties): Listener {
    refuseUnknown('elasticloadbalancing:CreateListener', input, ['LoadBalancerArn', 'Port', 'Protocol', 'DefaultActions', 'Tags', ...SETTINGS]);
    const balancer = this.balancers.require(input.LoadBalancerArn);
    const port = Number(input.Port);
    if ([...this.listeners.values()].some((each) => each.loadBalancerArn === balancer.arn && each.port === port)) {
      throw new AwsError('DuplicateListener', `A listener already exists on this port for this load balancer '${balancer.arn}'`);
    }
    const arn = `${balancer.arn.replace(':loadbalancer/', ':listener/')}/${this.world.random.hex(16)}`;
    return this.put({ arn, loadBalancerArn: balancer.arn, port, protocol: input.Protocol, actions: input.DefaultActions, settings: pick(input) });
  }

  public modifyListener(input: Properties): Listener {
    refuseUnknown('elasticloadbalancing:ModifyListener', input, ['ListenerArn', 'Port', 'Protocol', 'DefaultActions', ...SETTINGS]);
    const listener = this.require(input.ListenerArn);
    if (input.Port !== undefined) listener.port = Number(input.Port);
    listener.protocol = input.Protocol ?? listener.protocol;
    listener.actions = input.DefaultActions ?? listener.actions;
    Object.assign(listener.settings, pick(input));
    return this.put(listener);
  }

  public createRule(input: Properties): Listener {
    refuseUnknown('elasticloadbalancing:CreateRule', input, ['ListenerArn', 'Priority', 'Conditions', 'Actions', 'Tags']);
    const parent = this.require(input.ListenerArn);
    const taken = this.rulesOf(parent.arn).some((rule) => rule.priority === String(input.Priority));
    if (taken) throw new AwsError('PriorityInUse', `Priority '${input.Priority}' is currently in use`);
    const arn = `${parent.arn.replace(':listener/', ':listener-rule/')}/${this.world.random.hex(16)}`;
    return this.put({
      arn,
      loadBalancerArn: parent.loadBalancerArn,
      listenerArn: parent.arn,
      priority: String(input.Priority),
      conditions: input.Conditions,
      actions: input.Actions,
      settings: {},
    });
  }

  public modifyRule(input: Properties): Listener {
    refuseUnknown('elasticloadbalancing:ModifyRule', input, ['RuleArn', 'Conditions', 'Actions']);
    const rule = this.require(input.RuleArn);
    rule.conditions = input.Conditions ?? rule.conditions;
    rule.actions = input.Actions ?? rule.actions;
    return this.put(rule);
  }

  public delete(arn: string): void {
    this.drop((listener) => listener.arn === arn || listener.listenerArn === arn);
  }

  private put(listener: Listener): Listener {
    targetGroupsOf(listener).forEach((arn) => this.groups.require(arn));
    this.listeners.set(listener.arn, listener);
    this.groups.assessAll();
    return listener;
  }

  private drop(goes: (listener: Listener) => boolean): void {
    [...this.listeners.values()].filter(goes).forEach((listener) => this.listeners.delete(listener.arn));
    this.groups.assessAll();
  }

  private require(arn: string): Listener {
    const found = this.listeners.get(arn);
    if (!found) throw new AwsError(arn.includes(':listener-rule/') ? 'RuleNotFound' : 'ListenerNotFound', `'${arn}' not found`);
    return found;
  }

  private rulesOf(listenerArn: string): Listener[] {
    return [...this.listeners.values()].filter((listener) => listener.listenerArn === listenerArn);
  }

  private describeListeners(input: Properties): Properties {
    refuseUnknown('elasticloadbalancing:DescribeListeners', input, ['LoadBalancerArn', 'ListenerArns', 'PageSize', 'Marker']);
    if (input.LoadBalancerArn) this.balancers.require(input.LoadBalancerArn);
    const named = (input.ListenerArns as string[] | undefined)?.map((arn) => this.require(arn));
    const found = (named ?? [...this.listeners.values()]).filter((listener) => !listener.listenerArn
      && (!input.LoadBalancerArn || listener.loadBalancerArn === input.LoadBalancerArn));
    const { items, NextToken } = page(found, input.PageSize, input.Marker);
    return { Listeners: items.map((listener) => this.renderListener(listener)), NextMarker: NextToken };
  }

  private describeRules(input: Properties): Properties {
    refuseUnknown('elasticloadbalancing:DescribeRules', input, ['ListenerArn', 'RuleArns', 'PageSize', 'Marker']);
    const found = (input.RuleArns as string[] | undefined)?.map((arn) => this.require(arn)) ?? this.rulesOf(this.require(input.ListenerArn).arn);
    const rules = [...found.map(renderRule), ...(input.ListenerArn ? [defaultRule(this.require(input.ListenerArn))] : [])];
    const { items, NextToken } = page(rules, input.PageSize, input.Marker);
    return { Rules: items, NextMarker: NextToken };
  }

  private renderListener(listener: Listener): Properties {
    return {
      ListenerArn: listener.arn,
      LoadBalancerArn: listener.loadBalancerArn,
      Port: listener.port,
      Protocol: listener.protocol,
      DefaultActions: listener.actions,
      ...listener.settings,
    };
  }
}

function renderRule(rule: Listener): Properties {
  return { RuleArn: rule.arn, Priority: rule.priority, Conditions: rule.conditions, Actions: rule.actions, IsDefault: false };
}

/** Every listener has one, made of its default actions. Its id is that of the listener here, which none of its other rules has. */
function defaultRule(listener: Listener): Properties {
  const arn = `${listener.arn.replace(':listener/', ':listener-rule/')}/${listener.arn.split('/').at(-1)}`;
  return { RuleArn: arn, Priority: 'default', Conditions: [], Actions: listener.actions, IsDefault: true };
}

function pick(input: Properties): Properties {
  return Object.fromEntries(SETTINGS.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]));
}

function targetGroupsOf(listener: Listener): string[] {
  return listener.actions.flatMap((action: Properties) => [
    ...(action.TargetGroupArn ? [action.TargetGroupArn] : []),
    ...(action.ForwardConfig?.TargetGroups ?? []).map((group: Properties) => group.TargetGroupArn),
  ]) as string[];
}
