import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IDependable } from 'constructs';
import { useKey } from './encryption';
import { GrowingPolicy } from './growing-policy';
import { CONTROLLER_TIMEOUT, Handler } from './handler';
import type { Ledger } from './ledger';
import { Arns, findReaders, images, ownParameterRoots, ownParameters, parentImage, readLedger, readParameters, seedKeys, type Permission } from './permissions';
import { environment, fleetStatusName, pauseParameterName, type Publisher, type SeedSource } from '../contract';
import { explain } from '../private/findings';

const CUSTOM_RESOURCE_TIMEOUT = Duration.minutes(5);
/** AWS validates AMIs one after another: as long as Lambda allows. */
const SEED_TIMEOUT = Duration.minutes(15);

export interface HandlersProps {
  readonly namespace: string;
  readonly queue: IQueue;
  /** The looks of a sweep. */
  readonly sweeps: IQueue;
  readonly ledger: Ledger;
  readonly logGroup: ILogGroup;
  /** Of the queues. */
  readonly encryptionKey?: IKey;
}

/** The functions, each with the permissions of its own task. */
export class Handlers extends Construct {
  public readonly controller: Handler;
  public readonly seed: Handler;
  public readonly registry: Handler;
  public readonly guard: Handler;
  /** What fleets add to the permissions of the controller. */
  public readonly ofFleets: GrowingPolicy;
  private readonly seededFrom = new Set<string>();
  private readonly arns: Arns;
  private readonly nested = new Set<Handler>();

  public constructor(scope: Construct, id: string, private readonly props: HandlersProps) {
    super(scope, id);
    this.arns = new Arns(this, props.namespace);
    const sweepQueue = { [environment.sweepQueueUrl]: props.sweeps.queueUrl };
    this.controller = this.handler('Controller', 'Looks at images and fleets and takes one step', CONTROLLER_TIMEOUT, sweepQueue);
    this.seed = this.handler('Seed', 'Creates parameters that are absent', SEED_TIMEOUT);
    this.registry = this.handler('Registry', 'Records what the stack intends', CUSTOM_RESOURCE_TIMEOUT);
    this.guard = this.handler('Guard', 'Refuses a deploy while a rollout is active', CUSTOM_RESOURCE_TIMEOUT);
    this.ofFleets = new GrowingPolicy(this.controller, this.arns);
    this.consume('Consume', props.queue);
    this.consume('ConsumeSweeps', props.sweeps);
    this.permit();
  }

  public permitImages(): void {
    this.controller.allow(...images(this.arns));
  }

  /** Takes operators' commands; made where a stack has something to command. */
  public makeOperator(): Handler {
    const { queue, ledger } = this.props;
    const operator = this.handler('Operator', "Takes operators' commands", CONTROLLER_TIMEOUT);
    operator.allow(allow([queue.queueArn], 'sqs:SendMessage'), ...this.useQueueKey());
    ledger.permit(operator.role);
    return operator;
  }

  /** Makes distribution configurations; made where an image has one. */
  public makeDistributor(): Handler {
    const distributor = this.handler('Distribution', 'Makes distributions that export disks', CUSTOM_RESOURCE_TIMEOUT);
    distributor.allow({
      statement: new PolicyStatement({
        actions: ['Create', 'Update', 'Delete'].map((verb) => `imagebuilder:${verb}DistributionConfiguration`),
        resources: [this.arns.imageBuilder('distribution-configuration')],
      }),
      wildcards: 'Those of the namespace',
    });
    return distributor;
  }

  /** Lets the controller look at the builds of a project of AWS CodeBuild, and start them. */
  public permitProject(projectArn: string): void {
    this.controller.allow(allow([projectArn], 'codebuild:ListBuildsForProject', 'codebuild:BatchGetBuilds', 'codebuild:StartBuild'));
  }

  /** Records what deploys declare launch templates to be; made where a fleet guards one. */
  public get recorder(): Handler {
    return this.node.tryFindChild('Recorder') as Handler | undefined ?? this.makeRecorder();
  }

  /** Before a custom resource whose function uses the ledger. */
  public get ledgerAccess(): IDependable {
    return this.props.ledger.access;
  }

  /**
   * Lets a function that serves nested stacks ask whose they are, and the guard whether one is being rolled back, which begins before its root
   * says so. Named by pattern: the name of a nested stack comes of its root's.
   */
  public permitNested(handler: Handler): void {
    if (this.nested.has(handler)) { return; }
    this.nested.add(handler);
    const stack = Stack.of(this);
    const resource = stack.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `${stack.stackName}-*` });
    handler.allow({ statement: new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [resource] }), wildcards: 'Stacks that are nested in this one' });
  }

  /** What the source of a seed needs to be read. */
  public permitSeed(source: SeedSource): void {
    if (source.type === 'parameter' && !this.mayRead(source.name)) {
      this.seed.allow(readParameters([this.arns.parameter(source.name)]));
      this.permitSeedFrom(source.publisher);
    }
    if (source.type === 'imagebuilder') {
      this.seed.allow(...parentImage(source.arn));
    }
  }

  /** Once a ledger, however many channels fleets and roles begin with: the inline policies of a role hold 10,240 characters. */
  private permitSeedFrom(publisher: Publisher | undefined): void {
    if (!publisher || this.seededFrom.has(publisher.tableArn)) { return; }
    this.seededFrom.add(publisher.tableArn);
    this.seed.allow(...readLedger(this, publisher, seedKeys(publisher)));
  }

  /** Parameters of the namespace, and those of AWS: any seed may read them. */
  private mayRead(name: string): boolean {
    return ['/aws/service/', ...ownParameterRoots(this.props.namespace)].some((root) => name.startsWith(root));
  }

  private makeRecorder(): Handler {
    const recorder = this.handler('Recorder', 'Records what deploys declare launch templates to be', CUSTOM_RESOURCE_TIMEOUT);
    this.props.ledger.permit(recorder.role);
    recorder.allow(
      allow([Stack.of(this).stackId], 'cloudformation:DescribeStacks'),
      { statement: new PolicyStatement({ actions: ['ec2:DescribeLaunchTemplateVersions'], resources: ['*'] }), wildcards: 'The action knows no resources' },
    );
    return recorder;
  }

  private handler(name: string, description: string, timeout: Duration, more: Record<string, string> = {}): Handler {
    const { namespace, queue, ledger, logGroup } = this.props;
    return new Handler(this, name, {
      handler: name.toLowerCase(),
      description,
      timeout,
      logGroup,
      environment: {
        [environment.namespace]: namespace,
        [environment.ledgerTable]: ledger.table.tableName,
        [environment.queueUrl]: queue.queueUrl,
        // By name: the parameter is created after the seed, which refuses a namespace that another stack has.
        [environment.pauseParameter]: pauseParameterName(namespace),
        [environment.stackId]: Stack.of(this).stackId,
        ...more,
      },
    });
  }

  private permit(): void {
    const { namespace, queue, sweeps, ledger } = this.props;
    const pause = readParameters([this.arns.parameter(pauseParameterName(namespace))]);
    [this.controller, this.seed, this.registry].forEach(({ role }) => ledger.permit(role));
    const lookAgain = allow([queue.queueArn], 'sqs:SendMessage');
    const stack = [Stack.of(this).stackId];
    const describeStack = allow(stack, 'cloudformation:DescribeStacks');
    this.controller.allow(
      allow(
        [queue.queueArn, sweeps.queueArn],
        'sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes',
      ),
      allow(stack, 'cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents'),
      ...ownParameters(this.arns), pause, findReaders(),
    );
    this.seed.allow(describeStack, pause, ...ownParameters(this.arns), findReaders());
    this.seed.allow(readParameters([this.arns.publicParameters()], 'Parameters that AWS publishes for everybody'));
    this.registry.allow(lookAgain);
    [this.controller, this.registry].forEach((handler) => handler.allow(...this.useQueueKey()));
    const status = readParameters([this.arns.parameter(fleetStatusName(namespace, '*'))], 'The status of every fleet of the namespace');
    this.guard.allow(allow([ledger.table.tableArn], 'dynamodb:GetItem'), ...useKey(this, this.props.encryptionKey, 'dynamodb', ['kms:Decrypt']), describeStack, status);
  }

  private useQueueKey(): Permission[] {
    return useKey(this, this.props.encryptionKey, 'sqs');
  }

  /** Each queue has workers of its own. */
  private consume(id: string, { queueArn }: IQueue): void {
    const mapping = new EventSourceMapping(this, id, {
      target: this.controller.lambda,
      eventSourceArn: queueArn,
      // A function that is killed takes nobody else's look with it.
      batchSize: 1,
      maxConcurrency: 2,
      reportBatchItemFailures: true,
    });
    explain(mapping, 'LambdaEventSourceMappingDestination');
  }
}

const allow = (resources: string[], ...actions: string[]): Permission => ({ statement: new PolicyStatement({ actions, resources }) });
