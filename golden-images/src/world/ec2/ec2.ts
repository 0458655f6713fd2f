import { AwsError, Operation, Properties, Service, World } from '../kernel';
import { DiskTasks } from './disk-tasks';
import { Idempotency } from './idempotency';
import { ImageChanges } from './image-changes';
import { ImageDescriptions } from './image-descriptions';
import { ImageExport } from './image-export';
import { ImageImport } from './image-import';
import { Image, Images, RegisterImageProps } from './images';
import { InstanceOperations } from './instance-operations';
import { Instance, Instances, LaunchProps } from './instances';
import { LaunchTemplates } from './launch-templates';
import { SsmService } from '../ssm/ssm';
import { NetworkDescriptions } from './network/descriptions';
import { Network } from './network/network';
import { SecurityGroups } from './network/security-groups';
import { ec2ResourceTypes } from './resource-types';
import { launchTags, type Tag, Tags } from './tags';

const ALIAS = 'resolve:ssm:';

/** Amazon EC2: images, launch templates, instances, and the basics of VPCs. */
export class Ec2Service extends Service {
  public readonly signingName = 'ec2';
  public readonly tags: Tags;
  public readonly images: Images;
  public readonly network: Network;
  public readonly securityGroups: SecurityGroups;
  public readonly launchTemplates: LaunchTemplates;
  public override readonly resourceTypes = ec2ResourceTypes(this);
  public readonly operations: Readonly<Record<string, Operation>>;
  public readonly imageChanges: ImageChanges;
  private readonly machines: Instances;
  private readonly disks: DiskTasks;

  public constructor(world: World) {
    super(world);
    this.tags = new Tags((id) => this.exists(id));
    this.images = new Images(world, this.tags);
    this.network = new Network(world, this.tags);
    this.securityGroups = new SecurityGroups(this.network);
    this.machines = new Instances(world, this.images, this.network, this.tags);
    const resolveAlias = (imageId: string): string => this.resolveImage(imageId);
    this.launchTemplates = new LaunchTemplates(world, this.tags, resolveAlias);
    this.network.onUse((id) => this.instances().some((each) =>
      each.state !== 'terminated' && (each.subnetId === id || each.securityGroupIds.includes(id))));
    this.disks = new DiskTasks(world, this.tags);
    const tokens = new Idempotency();
    this.imageChanges = new ImageChanges(world, this.images, this.tags, tokens);
    this.operations = {
      ...this.tags.operations,
      ...new ImageDescriptions(world, this.images, this.tags).operations,
      ...this.imageChanges.operations,
      ...new ImageImport(this.disks, this.images, tokens).operations,
      ...new ImageExport(world, this.disks, this.images, tokens).operations,
      ...this.launchTemplates.operations,
      ...new InstanceOperations(world, this.machines, this.tags, (reference) => this.templateVersion(reference), resolveAlias).operations,
      ...this.securityGroups.operations,
      ...new NetworkDescriptions(this.network).operations,
    };
  }

  /** Makes an AMI, available at once, and gives its id. */
  public registerImage(props: RegisterImageProps): string {
    return this.images.register(props).id;
  }

  /** The image with this id, unless it was deregistered. */
  public image(id: string): Image | undefined {
    const image = this.images.known(id);
    return image?.state === 'deregistered' ? undefined : image;
  }

  public instances(): Instance[] {
    return this.machines.all();
  }

  public instance(id: string): Instance | undefined {
    return this.machines.find(id);
  }

  /** Launches an instance; throws the error that RunInstances gives when that is not possible. */
  public launchInstance(props: LaunchProps): Instance {
    return this.machines.launch(props);
  }

  public terminateInstance(id: string, reason?: string): void {
    this.machines.terminate(id, reason);
  }

  /** From now on the instance fails its health checks. */
  public makeSick(instanceId: string): void {
    this.machines.makeSick(instanceId);
  }

  /** Whether the instance runs, has booted and is not sick. */
  public answers(instance: Instance): boolean {
    return this.machines.answers(instance);
  }

  /** Told at each change of an instance's state or health. */
  public onInstanceChange(listener: (instance: Instance) => void): void {
    this.machines.onChange(listener);
  }

  /** An AMI id as it is; `resolve:ssm:name[:version|:label]` through Parameter Store, at each call anew. */
  public resolveImage(imageId: string): string {
    if (!imageId.startsWith(ALIAS)) return imageId;
    const name = imageId.slice(ALIAS.length);
    const value = this.world.get(SsmService).value(name);
    if (value === undefined) throw new AwsError('InvalidParameterValue', `The parameter '${name}' could not be resolved: ParameterNotFound`);
    return value;
  }

  /** The data of a template version; `$Default` unless the reference says otherwise. */
  public templateData(reference: Properties): Properties {
    return this.templateVersion(reference).data;
  }

  /** The data of a template version, `$Default` unless the reference says otherwise, and the tags of what it launches. */
  private templateVersion(reference: Properties): { data: Properties; tags: Tag[] } {
    const template = this.launchTemplates.require(reference);
    const version = template.require(reference.Version ?? '$Default');
    return { data: version.data, tags: launchTags(template.id, version.number) };
  }

  private exists(id: string): boolean {
    return this.images.known(id) !== undefined || this.disks.find(id) !== undefined
      || this.images.snapshots.has(id) || this.machines.find(id) !== undefined
      || this.launchTemplates.find(id) !== undefined || this.network.find(id) !== undefined;
  }
}
