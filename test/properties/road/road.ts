import { synthesize, type Synthesized } from './template';
import { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';
import { readLedgers } from '../../../golden-images/src/report/ledger';
import { AutoScalingService } from '../../../golden-images/src/world/auto-scaling/auto-scaling';
import type { Group } from '../../../golden-images/src/world/auto-scaling/group';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import type { World } from '../../../golden-images/src/world/kernel';
import { S3Service } from '../../../golden-images/src/world/s3';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';
import {
  fleetParameterName, fleetStatusName, pauseParameterName, releaseDocumentName, type FleetIntent, type FleetStatusDocument, type ReleaseDocument,
} from '../../../src/contract';

export const STACK = 'WebFleet';
export const NAMESPACE = 'webfleet';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const made = new Map<string, Synthesized>();

/** The example with a message of the day, which is part of its user data. Synthesized once. */
function app(motd: string): Synthesized {
  const found = made.get(motd) ?? synthesize(motd);
  made.set(motd, found);
  return found;
}

/** The whole road: examples/web-fleet deployed in a local AWS, its real handlers in threads, virtual time in the hands of the test. */
export class Road {
  /** Deploys into a fresh account and waits until the fleet is committed on its first image. */
  public static async start(seed: number): Promise<Road> {
    const local = await LocalAws.start({ seed, start: Date.UTC(2026, 0, 6, 9) });
    const road = new Road(local);
    try {
      await road.call(S3Service, 'CreateBucket', { Bucket: 'assets', CreateBucketConfiguration: { LocationConstraint: local.world.region } });
      // A parameter of somebody else, which a stack cannot create.
      road.ssm.put({ Name: '/taken', Value: 'taken', Type: 'String' });
      const status = await road.deploy('welcome', { create: true });
      if (status !== 'CREATE_COMPLETE') throw new Error(`${status}: ${road.failures().join('; ')}`);
      road.fleet = (await readLedgers(local.world)).registries[0]!.fleets[0]!;
      return road;
    } catch (error) {
      await local.close();
      throw error;
    }
  }

  public fleet!: FleetIntent;
  /** Message of the day of the last deploy that succeeded. */
  public motd = '';

  private constructor(public readonly local: LocalAws) {}

  public get world(): World {
    return this.local.world;
  }

  public get ssm(): SsmService {
    return this.world.get(SsmService);
  }

  public get group(): Group {
    return this.world.get(AutoScalingService).require(this.fleet.targets[0]!.groupName);
  }

  public get status(): FleetStatusDocument | undefined {
    return this.document(fleetStatusName(NAMESPACE, 'web'));
  }

  public get release(): ReleaseDocument | undefined {
    return this.document(releaseDocumentName(this.fleet.follows.parameterName));
  }

  /** The AMI of the fleet's parameter. */
  public get pointer(): string | undefined {
    return this.ssm.value(fleetParameterName(NAMESPACE, 'web'));
  }

  public get stackStatus(): string {
    return this.world.get(CloudFormationService).stackState(STACK)!.status;
  }

  /** Why operations on the stack failed. */
  public failures(): string[] {
    const { events } = this.world.get(CloudFormationService).stackState(STACK)!;
    return events.filter(({ ResourceStatus: status }) => status.endsWith('_FAILED')).map((event) => `${event.LogicalResourceId} ${event.ResourceStatusReason}`);
  }

  /** Gives the status of the stack afterwards. `fails`: a resource that cannot be made comes after the group. */
  public async deploy(motd: string, { create = false, fails = false } = {}): Promise<string> {
    const { template, files } = app(motd);
    const s3 = this.world.get(S3Service);
    files.forEach(({ bucket, key, content }) => s3.putObject(bucket, key, content));
    try {
      await this.call(CloudFormationService, create ? 'CreateStack' : 'UpdateStack', {
        StackName: STACK, TemplateBody: fails ? failing(template) : template, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      });
    } catch (error) {
      if (!/No updates are to be performed/.test((error as Error).message)) throw error;
    }
    await this.world.get(CloudFormationService).drive();
    if (!fails && /^(CREATE|UPDATE)_COMPLETE$/.test(this.stackStatus)) this.motd = motd;
    return this.stackStatus;
  }

  /** An operator starts a build. */
  public build(image: string): void {
    const { pipelines } = this.world.get(ImageBuilderService);
    const pipeline = pipelines.all().find(({ name }) => name === `${NAMESPACE}--${image}`)!;
    pipelines.execute(pipeline.arn, this.world.random.uuid());
  }

  public pause(paused: boolean): void {
    this.ssm.put({ Name: pauseParameterName(NAMESPACE), Value: paused ? 'paused' : 'running', Type: 'String', Overwrite: true });
  }

  public scale(size: number): void {
    const { operations } = this.world.get(AutoScalingService);
    operations.SetDesiredCapacity!({ AutoScalingGroupName: this.group.name, DesiredCapacity: size });
  }

  private call(service: Parameters<World['get']>[0], operation: string, input: Record<string, unknown>): Promise<unknown> {
    return this.world.call(this.world.get(service), operation, input);
  }

  private document<T>(name: string): T | undefined {
    const text = this.ssm.value(name);
    return text === undefined ? undefined : JSON.parse(text) as T;
  }
}

function failing(text: string): string {
  const template = JSON.parse(text) as { Resources: Record<string, { Type: string }> };
  const group = Object.keys(template.Resources).find((id) => template.Resources[id]!.Type === 'AWS::AutoScaling::AutoScalingGroup');
  const refused = { Type: 'AWS::SSM::Parameter', Properties: { Name: '/taken', Type: 'String', Value: 'mine' }, DependsOn: [group] };
  return JSON.stringify({ ...template, Resources: { ...template.Resources, Refused: refused } });
}
