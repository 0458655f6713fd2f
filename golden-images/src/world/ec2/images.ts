import { AwsError, World } from '../kernel';
import type { Tags } from './tags';

export interface BlockDevice {
  readonly deviceName: string;
  readonly snapshotId: string;
  readonly sizeGiB: number;
  readonly encrypted: boolean;
  /** Customer key of the snapshot. */
  readonly kmsKeyId?: string;
}

/** An AMI. Deregistered ones stay known, because instances still report what they were launched from. */
export interface Image {
  readonly id: string;
  name: string;
  description: string;
  readonly architecture: string;
  readonly platform: 'linux' | 'windows';
  readonly owner: string;
  public: boolean;
  readonly createdAt: number;
  state: 'pending' | 'available' | 'disabled' | 'deregistered';
  deprecationTime?: number;
  imdsSupport?: string;
  readonly sourceImageId?: string;
  /** `sick`: its instances never pass a health check. `generalized`: instances have a name and a machine SID of their own.
   *  `ownLicense`: imported with the license that it had. */
  readonly traits: { readonly sick: boolean; readonly generalized: boolean; readonly ownLicense?: boolean };
  readonly blockDevices: BlockDevice[];
  readonly launchUsers: Set<string>;
  protection: { enabled: boolean; cooldown: boolean; until?: number };
  lastLaunchedAt?: number;
}

export interface RegisterImageProps {
  readonly name: string;
  readonly sourceImageId?: string;
  readonly architecture: string;
  /** @default 'linux' */
  readonly platform?: string;
  readonly traits?: { readonly sick?: boolean; readonly generalized?: boolean; readonly ownLicense?: boolean };
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - one root volume of 8 GiB */
  readonly blockDevices?: ReadonlyArray<{ deviceName: string; sizeGiB?: number; encrypted?: boolean; kmsKeyId?: string }>;
  /** Account id. @default - the world's account */
  readonly owner?: string;
  readonly public?: boolean;
  /** Whether it is still being made. */
  readonly pending?: boolean;
}

export interface Snapshot {
  readonly id: string;
  readonly sizeGiB: number;
  readonly encrypted: boolean;
  readonly owner: string;
  readonly createdAt: number;
  readonly description: string;
}

/** The AMIs that this account can see, and the snapshots behind them. */
export class Images {
  public readonly snapshots = new Map<string, Snapshot>();
  private readonly images = new Map<string, Image>();

  public constructor(private readonly world: World, private readonly tags: Tags) {}

  public register(props: RegisterImageProps): Image {
    const owner = props.owner ?? this.world.account;
    this.requireFreeName(props.name, owner);
    const id = `ami-${this.world.random.hex(17)}`;
    const devices = props.blockDevices ?? [{ deviceName: props.platform === 'windows' ? '/dev/sda1' : '/dev/xvda' }];
    const image: Image = {
      id,
      name: props.name,
      description: props.description ?? '',
      architecture: props.architecture,
      platform: props.platform?.toLowerCase() === 'windows' ? 'windows' : 'linux',
      owner,
      public: props.public ?? false,
      createdAt: this.world.now,
      state: props.pending ? 'pending' : 'available',
      sourceImageId: props.sourceImageId,
      traits: { sick: props.traits?.sick ?? false, generalized: props.traits?.generalized ?? true, ownLicense: props.traits?.ownLicense },
      blockDevices: devices.map((device) => ({
        deviceName: device.deviceName,
        snapshotId: this.snapshot(id, owner, device.sizeGiB ?? 8, device.encrypted ?? false),
        sizeGiB: device.sizeGiB ?? 8,
        encrypted: device.encrypted ?? false,
        ...(device.kmsKeyId ? { kmsKeyId: device.kmsKeyId } : {}),
      })),
      launchUsers: new Set(),
      protection: { enabled: false, cooldown: false },
    };
    this.images.set(id, image);
    this.tags.put(id, Object.entries(props.tags ?? {}).map(([Key, Value]) => ({ Key, Value })));
    if (!props.pending) this.stateChanged(image, 'available');
    return image;
  }

  /** Every image that was ever seen, also deregistered ones. */
  public known(id: string): Image | undefined {
    return this.images.get(id);
  }

  public all(): Image[] {
    return [...this.images.values()].filter((image) => image.state !== 'deregistered');
  }

  public require(id: string): Image {
    if (!/^ami-[0-9a-f]{8,17}$/.test(id)) throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${id}"`);
    const image = this.images.get(id);
    if (!image || image.state === 'deregistered') throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
    return image;
  }

  /** As `require`, for what only the owner may do. Source: EC2 API reference, "Error codes", InvalidAMIID.Unavailable. */
  public requireOwned(id: string): Image {
    if (this.images.get(id)?.state === 'deregistered') throw new AwsError('InvalidAMIID.Unavailable', `The image id '[${id}]' is no longer available`);
    const image = this.require(id);
    if (image.owner !== this.world.account) throw new AwsError('AuthFailure', `Not authorized for image:${id}`, 403);
    return image;
  }

  /** An image that instances can be launched from. */
  public requireLaunchable(id: string): Image {
    const image = this.require(id);
    if (image.state === 'disabled' || image.state === 'pending') throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${id}' is ${image.state}`);
    const allowed = image.owner === this.world.account || image.public || image.launchUsers.has(this.world.account);
    if (!allowed) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
    return image;
  }

  public stateChanged(image: Image, state: string): void {
    this.world.emit({
      source: 'aws.ec2',
      detailType: 'EC2 AMI State Change',
      detail: { RequestId: this.world.random.uuid(), ImageId: image.id, State: state, ErrorMessage: '' },
      resources: [`arn:aws:ec2:${this.world.region}::image/${image.id}`],
    });
  }

  private requireFreeName(name: string, owner: string): void {
    const taken = this.all().find((image) => image.name === name && image.owner === owner);
    if (taken) throw new AwsError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${taken.id}`);
  }

  private snapshot(imageId: string, owner: string, sizeGiB: number, encrypted: boolean): string {
    const id = `snap-${this.world.random.hex(17)}`;
    this.snapshots.set(id, { id, sizeGiB, encrypted, owner, createdAt: this.world.now, description: `Created for ${imageId}` });
    return id;
  }
}
