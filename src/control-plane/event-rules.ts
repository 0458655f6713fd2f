import { ArnFormat, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Rule, RuleTargetInput, Schedule, type EventPattern, type IRuleTarget, type RuleProps } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PARAMETER_ROOT, pauseParameterName, qualifiedName, type ControllerMessage } from '../contract';
import { explain } from '../private/findings';

/** Names in one rule: a pattern holds 2,048 characters (Amazon EventBridge quotas), and a name of a group or alarm up to 255. */
const NAMES_PER_RULE = 6;

const SWEEP: ControllerMessage = { kind: 'sweep' };

/**
 * What makes the controllers look again. Events are hints: each rule is scoped to what is ours, so that nobody else's images or
 * groups wake us, and the sweep finds what an event that got lost would have told.
 */
export class EventRules extends Construct {
  private readonly groups: string[] = [];
  private readonly alarms: string[] = [];
  private readonly projects: string[] = [];
  private readonly channels: string[] = [];
  private readonly rules = new Map<string, Rule>();

  public constructor(scope: Construct, id: string, private readonly queue: IQueue, private readonly namespace: string) {
    super(scope, id);
    explain(this, 'EventBusDLQ');
    this.permitSending();
    this.make('Sweep', { description: 'Looks at everything again', schedule: Schedule.rate(Duration.minutes(30)) }, RuleTargetInput.fromObject(SWEEP));
    this.rule('Stack', 'The stack settled, failed or is being updated', {
      source: ['aws.cloudformation'],
      detailType: ['CloudFormation Stack Status Change'],
      // assumption: stack-event-resources
      resources: [Stack.of(this).stackId],
    });
    // Not the status documents of fleets: the controllers write those at every look.
    this.parameterRule('Parameters', [{ prefix: `${PARAMETER_ROOT}/${namespace}/` }, pauseParameterName(namespace)]);
  }

  /** Image Builder's events of all images of the namespace. */
  public watchImages(): void {
    const prefix = Stack.of(this).formatArn({
      service: 'imagebuilder',
      resource: 'image',
      resourceName: qualifiedName(this.namespace, ''),
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    this.rule('Images', 'An image changed its state', {
      source: ['aws.imagebuilder'],
      detailType: ['EC2 Image Builder Image State Change'],
      resources: Match.prefix(prefix),
    });
  }

  public watchProject(name: string): void {
    const index = this.projects.push(name) - 1;
    this.rule(numbered('Projects', index), 'A build of AWS CodeBuild came to its end', {
      source: ['aws.codebuild'],
      detailType: ['CodeBuild Build State Change'],
      detail: { 'project-name': [name] },
    });
  }

  public watchGroup(name: string): void {
    const index = this.groups.push(name) - 1;
    this.rule(numbered('Groups', index), 'An instance refresh or a launch in a group of a fleet', {
      source: ['aws.autoscaling'],
      detailType: Match.anyOf(Match.prefix('EC2 Auto Scaling Instance Refresh '), Match.prefix('EC2 Instance Launch ')),
      detail: { AutoScalingGroupName: [name] },
    });
  }

  public watchAlarm(name: string): void {
    const index = this.alarms.push(name) - 1;
    this.rule(numbered('Alarms', index), 'An alarm of a fleet changed its state', {
      source: ['aws.cloudwatch'],
      detailType: ['CloudWatch Alarm State Change'],
      detail: { alarmName: [name] },
    });
  }

  /** A channel of another stack that a fleet of this one follows. */
  public watchParameter(name: string): void {
    const index = this.channels.push(name) - 1;
    this.parameterRule(index < NAMES_PER_RULE ? 'Parameters' : numbered('Parameters', index), [name]);
  }

  private parameterRule(id: string, name: unknown[]): void {
    this.rule(id, 'A channel moved, or the pause was switched', { source: ['aws.ssm'], detailType: ['Parameter Store Change'], detail: { name } });
  }

  private rule(id: string, description: string, pattern: EventPattern): Rule {
    const existing = this.rules.get(id);
    if (existing) {
      existing.addEventPattern(pattern);
      return existing;
    }
    return this.make(id, { description, eventPattern: pattern });
  }

  private make(id: string, props: RuleProps, input?: RuleTargetInput): Rule {
    const target: IRuleTarget = { bind: () => ({ arn: this.queue.queueArn, input }) };
    const rule = new Rule(this, id, { ...props, targets: [target] });
    this.rules.set(id, rule);
    return rule;
  }

  /** One statement for all rules: the policy of a queue holds 10 conditions and 8,192 bytes, and every few groups bring a rule. */
  private permitSending(): void {
    const ruleArns = Lazy.uncachedList({ produce: () => [...this.rules.values()].map(({ ruleArn }) => ruleArn) });
    // Not granted by the queue: it would name the rules in the policy of its key, which would wait for them as they do for the queue.
    this.queue.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com', { conditions: { ArnEquals: { 'aws:SourceArn': ruleArns } } })],
      actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      resources: [this.queue.queueArn],
    }));
  }
}

function numbered(id: string, index: number): string {
  return `${id}${Math.floor(index / NAMES_PER_RULE) + 1}`;
}
