import { AutoScalingClient, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CreateLaunchTemplateVersionCommand, EC2Client, type RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { fleetIntent } from './model/harness';
import { ModelPorts } from './model/ports';
import { ModelWorld } from './model/world';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { fleetStatusName, ledgerKey, SCHEMA_VERSION, type FleetIntent, type RegistryDocument, type ReleaseDocument, type RolloutIntent, type TemplateDocument } from '../../../src/contract';
import { contentHash } from '../../../src/runtime/aws/fleet/configuration-hash';
import { createFleetPorts } from '../../../src/runtime/aws/fleet-ports';
import { SsmParameters } from '../../../src/runtime/aws/parameters';
import { reconcileFleet } from '../../../src/runtime/controllers/fleet';
import type { FleetState, StackEvent } from '../../../src/runtime/domain/fleet';
import { TransientError } from '../../../src/runtime/ports';
import { Fleet } from '../../golden-images/world/auto-scaling/fleet';

export interface RoadOptions {
  /** Of the group `web`. */
  readonly settings?: Record<string, unknown>;
  readonly rollout?: Partial<RolloutIntent>;
  /** Versions of the launch template that somebody else makes are configuration releases. */
  readonly trusting?: boolean;
}

/** The controller through its SDK adapters, against the Auto Scaling of the local AWS. */
export class Road {
  /** `others`: groups of the fleet besides `web`, which a test makes. */
  public static async start(
    size: number, others: readonly string[] = [], { settings = {}, rollout = {}, trusting = false }: RoadOptions = {},
  ): Promise<Road> {
    return new Road(await Fleet.start({ size, loadBalanced: true, settings }), ['web', ...others], rollout, trusting);
  }

  public readonly ec2: EC2Client;
  public readonly autoScaling: AutoScalingClient;
  /** Events that need an operator, as they were said. */
  public readonly alerts: string[] = [];
  /** The same, with why. */
  public readonly said: string[] = [];
  /** What happened to the stack; versions of templates that are made by hand are made long after the last deploy. */
  public readonly stackEvents: StackEvent[] = [{ at: 0, status: 'CREATE_COMPLETE' }];
  /** How often the controller looked. */
  public looks = 0;
  private readonly intent: FleetIntent;
  private readonly registry: RegistryDocument;
  private readonly memory: ModelPorts;
  private readonly ports;
  private lookAt = 0;

  private constructor(public readonly fleet: Fleet, groups: readonly string[], rollout: Partial<RolloutIntent>, trusting: boolean) {
    this.intent = { ...fleetIntent({ alarmNames: [], ...rollout }), targets: groups.map((groupName) => ({ type: 'auto-scaling-group', groupName, templateVersions: trusting ? 'any' : 'recorded' })) };
    const stackId = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/1';
    this.registry = { schemaVersion: SCHEMA_VERSION, namespace: 'shop', images: [], fleets: [this.intent], stackId };
    this.memory = new ModelPorts(new ModelWorld(this.intent, this.registry, 1));
    const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, requestHandler: inProcessHandler(fleet.world) as never, maxAttempts: 1 };
    this.ec2 = new EC2Client(settings);
    this.autoScaling = new AutoScalingClient(settings);
    const base = this.memory.create();
    const { ledger, stacks } = base;
    const log = {
      ...base.log,
      alert: (event: string, { reason }: Record<string, unknown> = {}) => {
        this.alerts.push(event);
        this.said.push(`${event}: ${reason as string}`);
      },
    };
    this.ports = {
      ...createFleetPorts({ ledger, log, stacks, clock: { now: () => fleet.world.now }, parameters: new SsmParameters(new SSMClient(settings)) }, {
        autoScaling: this.autoScaling,
        cloudFormation: new CloudFormationClient(settings),
        cloudWatch: new CloudWatchClient(settings),
        ec2: this.ec2,
        loadBalancing: new ElasticLoadBalancingV2Client(settings),
      }),
      deploys: { events: async () => this.stackEvents },
    };
  }

  public get state(): FleetState {
    return this.memory.document<FleetState>(ledgerKey.fleet('shop', 'web'))!;
  }

  public async release(version: string, ami: string): Promise<void> {
    return this.publish({ version, amis: { 'eu-central-1': ami } });
  }

  /** The release that the channel holds is withdrawn. */
  public async revoke(version: string): Promise<void> {
    return this.publish({ revoked: [version] });
  }

  /** A deploy of the stack: a version of the template that is recorded, and that the group names from then on. */
  public async deploy(data: RequestLaunchTemplateData): Promise<string> {
    const began = this.fleet.world.now;
    this.stackEvents.push({ at: began, status: 'UPDATE_IN_PROGRESS' });
    const { LaunchTemplateVersion: version } = await this.ec2.send(new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId: this.fleet.templateId, LaunchTemplateData: data,
    }));
    const number = String(version!.VersionNumber);
    const operation = new Date(began).toISOString();
    const { stackId } = this.registry;
    const declaration = { number, contentHash: contentHash(version!.LaunchTemplateData!), stackId, operation, declaredAt: operation };
    const key = ledgerKey.template('shop', this.fleet.templateId);
    const before = this.memory.ledger.get(key);
    const { declarations = [] } = before ? JSON.parse(before.document) as TemplateDocument : {};
    const document: TemplateDocument = {
      schemaVersion: SCHEMA_VERSION, templateId: this.fleet.templateId, declarations: [...declarations, declaration],
    };
    this.memory.ledger.set(key, { document: JSON.stringify(document), revision: (before?.revision ?? 0) + 1 });
    await this.autoScaling.send(new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: this.fleet.templateId, Version: number },
    }));
    await this.fleet.minutes(1 / 6);
    this.stackEvents.push({ at: this.fleet.world.now, status: 'UPDATE_COMPLETE' });
    return number;
  }

  /** What a controller of a former version would have left in the ledger. */
  public forgetMembers(...members: ReadonlyArray<keyof FleetState>): void {
    const key = ledgerKey.fleet('shop', 'web');
    const { document, revision } = this.memory.ledger.get(key)!;
    const left = Object.entries(JSON.parse(document) as FleetState).filter(([name]) => !members.includes(name as keyof FleetState));
    this.memory.ledger.set(key, { document: JSON.stringify(Object.fromEntries(left)), revision: revision + 1 });
  }

  public async until(count: number): Promise<FleetState['history'][number]> {
    for (let minutes = 0; this.state === undefined || this.state.history.length < count; minutes += 1 / 6) {
      if (minutes > 300) throw new Error(`not within 300 minutes: ${JSON.stringify(this.state)} ${JSON.stringify(await this.fleet.latest())}`);
      await this.fleet.minutes(1 / 6);
      if (this.fleet.world.now >= this.lookAt) await this.look();
    }
    return this.state.history[count - 1]!;
  }

  /** Lets time pass, with the controller at work. */
  public async minutes(count: number): Promise<void> {
    for (const end = this.fleet.world.now + count * 60_000; this.fleet.world.now < end;) {
      await this.fleet.minutes(1 / 6);
      if (this.fleet.world.now >= this.lookAt) await this.look();
    }
  }

  /** An event came. */
  public poke(): void {
    this.lookAt = 0;
  }

  /** The controller does not look for so many minutes. */
  public away(minutes: number): void {
    this.lookAt = this.fleet.world.now + minutes * 60_000;
  }

  public async waitingFor(): Promise<string> {
    const status = await this.ports.parameters.get(fleetStatusName('shop', 'web'));
    return String((JSON.parse(status!.value) as { waitingFor?: string }).waitingFor);
  }

  /** The ledger knows no release any more. */
  public unpublish(): void {
    this.memory.world.released.length = 0;
  }

  private publish(change: Partial<ReleaseDocument>): void {
    this.memory.world.release({ builtAt: '2026-01-05T00:00:00Z', ...change });
    this.lookAt = 0;
  }

  private async look(): Promise<void> {
    this.looks += 1;
    const { lookAgainSeconds } = await reconcileFleet(this.intent, this.registry, this.memory.lease(), this.ports).catch((error: unknown) => {
      if (error instanceof TransientError) return { lookAgainSeconds: error.retryAfterSeconds };
      throw error;
    });
    this.lookAt = this.fleet.world.now + (lookAgainSeconds ?? 900) * 1000;
  }
}
