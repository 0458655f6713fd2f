import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import type { World } from '../../../golden-images/src/world/kernel';
import { S3Service } from '../../../golden-images/src/world/s3';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';
import { fleetStatusName, operatorUrlParameterName, releaseDocumentName, type FleetStatusDocument, type ReleaseDocument } from '../../../src/contract';
import { Fleet, RolloutTarget } from '../../../src/fleet';
import type { Channel } from '../../../src/release';
import { assembled, ownSynthesizer } from '../../properties/road/template';

process.env.CDK_VALIDATION = 'false';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Where a stack is deployed. */
export interface Account {
  readonly region?: string;
  /** Whether the stack knows the region that it is for. */
  readonly env?: boolean;
  /** What the account is like before the first deploy. */
  readonly prepare?: (world: World) => void;
}

/** A stack of a test, deployed in a local AWS with its real handlers. */
export class Deployed {
  public static async start(name: string, build: (stack: Stack) => void, { region, env, prepare }: Account = {}): Promise<Deployed> {
    const local = await LocalAws.start({ seed: 7, start: Date.UTC(2026, 0, 6, 9), ...(region ? { region } : {}) });
    prepare?.(local.world);
    const deployed = new Deployed(local, name, env ? { env: { region: local.world.region, account: local.world.account } } : {});
    try {
      await deployed.call(S3Service, 'CreateBucket', { Bucket: 'assets', CreateBucketConfiguration: { LocationConstraint: local.world.region } });
      await deployed.deploy(build, 'CreateStack');
      return deployed;
    } catch (error) {
      await local.close();
      throw error;
    }
  }

  private constructor(public readonly local: LocalAws, public readonly name: string, private readonly props: StackProps) {}

  /** Another stack in the same local AWS. */
  public async another(name: string, build: (stack: Stack) => void): Promise<Deployed> {
    const other = new Deployed(this.local, name, {});
    await other.deploy(build, 'CreateStack');
    return other;
  }

  public async deploy(build: (stack: Stack) => void, operation = 'UpdateStack'): Promise<void> {
    const { world } = this.local;
    const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': false, '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true } });
    const stack = new Stack(app, this.name, { synthesizer: ownSynthesizer(), ...this.props });
    build(stack);
    const { template, files } = assembled(stack);
    files.forEach(({ bucket, key, content }) => world.get(S3Service).putObject(bucket, key, content));
    await this.call(CloudFormationService, operation, { StackName: this.name, TemplateBody: template, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] });
    await world.get(CloudFormationService).drive();
    const state = world.get(CloudFormationService).stackState(this.name)!;
    const failures = state.events.filter(({ ResourceStatus: status }) => status.endsWith('_FAILED')).map((event) => `${event.LogicalResourceId} ${event.ResourceStatusReason}`);
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(state.status)) throw new Error(`${state.status}: ${failures.join('; ')}`);
  }

  public async destroy(): Promise<void> {
    const { world } = this.local;
    await this.call(CloudFormationService, 'DeleteStack', { StackName: this.name });
    await world.get(CloudFormationService).drive();
  }

  public get namespace(): string {
    return this.name.toLowerCase();
  }

  public get operatorUrl(): string {
    return this.ssm.value(operatorUrlParameterName(this.namespace))!;
  }

  public get ssm(): SsmService {
    return this.local.world.get(SsmService);
  }

  public release(channelParameter: string): ReleaseDocument | undefined {
    return this.document(releaseDocumentName(channelParameter));
  }

  public fleet(name: string): FleetStatusDocument | undefined {
    return this.document(fleetStatusName(this.namespace, name));
  }

  /** An AMI of this account, as Packer would leave it. */
  public ami(over: Partial<Parameters<Ec2Service['registerImage']>[0]> = {}): string {
    return this.local.world.get(Ec2Service).registerImage({ name: `packer-${this.local.world.random.uuid()}`, architecture: 'x86_64', ...over });
  }

  public until(condition: () => boolean, hours: number): Promise<boolean> {
    return this.local.until(condition, hours * HOUR);
  }

  public call(service: Parameters<LocalAws['world']['get']>[0], operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.local.world.call(this.local.world.get(service), operation, input);
  }

  private document<T>(name: string): T | undefined {
    const text = this.ssm.value(name);
    return text === undefined ? undefined : JSON.parse(text) as T;
  }
}

/** A fleet of two servers that follows a channel. */
export function addFleet(stack: Stack, follows: Channel, maxCapacity = 4): void {
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }] });
  const fleet = new Fleet(stack, 'Servers', { follows });
  const group = new AutoScalingGroup(stack, 'Group', {
    vpc, instanceType: new InstanceType('t3.small'), machineImage: fleet.machineImage, minCapacity: 2, maxCapacity, vpcSubnets: { subnetType: SubnetType.PUBLIC },
  });
  fleet.addTarget(RolloutTarget.autoScalingGroup(group));
}
