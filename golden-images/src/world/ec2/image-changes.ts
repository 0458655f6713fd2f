import { AwsError, Properties, refuseUnknown, World } from '../kernel';
import type { Idempotency } from './idempotency';
import type { Image, Images } from './images';
import { specifiedTags, type Tags } from './tags';

const DAY = 86_400_000;

/** What changes an image: permissions, deprecation, disabling, protection, copying, deregistration. */
export class ImageChanges {
  public readonly operations = {
    ModifyImageAttribute: (input: Properties) => this.modify(input),
    CopyImage: (input: Properties) => this.tokens.once('CopyImage', input, () => this.copy(input)),
    EnableImageDeprecation: (input: Properties) => this.deprecate(input),
    DisableImageDeprecation: (input: Properties) => this.change('DisableImageDeprecation', input, (image) => { delete image.deprecationTime; }),
    DisableImage: (input: Properties) => this.disable(input),
    EnableImage: (input: Properties) => this.enable(input),
    EnableImageDeregistrationProtection: (input: Properties) => this.protect(input),
    DisableImageDeregistrationProtection: (input: Properties) => this.unprotect(input),
    DeregisterImage: (input: Properties) => this.deregister(input),
    DeleteSnapshot: (input: Properties) => this.deleteSnapshot(input),
  };

  /** How long a copy is pending. AWS promises no time; at 0 it is there at once, which no caller may rely on. */
  public copyMinutes = 0;

  public constructor(
    private readonly world: World, private readonly images: Images, private readonly tags: Tags, private readonly tokens: Idempotency,
  ) {}

  private modify(input: Properties): void {
    refuseUnknown('ec2:ModifyImageAttribute', input,
      ['ImageId', 'Attribute', 'LaunchPermission', 'OperationType', 'UserIds', 'UserGroups', 'Description', 'ImdsSupport', 'Value']);
    const image = this.images.requireOwned(input.ImageId);
    const operation = input.OperationType as string | undefined;
    const add = input.LaunchPermission?.Add ?? (operation === 'add' ? permissions(input) : []);
    const remove = input.LaunchPermission?.Remove ?? (operation === 'remove' ? permissions(input) : []);
    for (const each of add) this.permit(image, each, true);
    for (const each of remove) this.permit(image, each, false);
    const description = input.Description?.Value ?? (input.Attribute === 'description' ? input.Value : undefined);
    if (description !== undefined) image.description = description;
    const imds = input.ImdsSupport?.Value ?? (input.Attribute === 'imdsSupport' ? input.Value : undefined);
    if (imds !== undefined && imds !== 'v2.0') throw new AwsError('InvalidParameterValue', `Value (${imds}) for parameter imdsSupport is invalid.`);
    if (imds !== undefined) image.imdsSupport = imds;
  }

  private permit(image: Image, permission: Properties, granted: boolean): void {
    refuseUnknown('ec2:ModifyImageAttribute LaunchPermission', permission, ['UserId', 'Group']);
    if (permission.Group === 'all') image.public = granted;
    if (permission.UserId && granted) image.launchUsers.add(permission.UserId);
    if (permission.UserId && !granted) image.launchUsers.delete(permission.UserId);
  }

  /** Copies within the region; another region is another world. */
  private copy(input: Properties): Properties {
    refuseUnknown('ec2:CopyImage', input,
      ['Name', 'SourceImageId', 'SourceRegion', 'Description', 'Encrypted', 'KmsKeyId', 'ClientToken', 'CopyImageTags', 'TagSpecifications']);
    if (input.SourceRegion !== this.world.region) refuseUnknown('ec2:CopyImage from another region,', { SourceRegion: input.SourceRegion }, []);
    const source = this.images.requireLaunchable(input.SourceImageId);
    const image = this.images.register({
      name: input.Name,
      pending: this.copyMinutes > 0,
      sourceImageId: source.id,
      architecture: source.architecture,
      platform: source.platform,
      description: input.Description ?? source.description,
      traits: source.traits,
      blockDevices: source.blockDevices.map((device) => ({
        ...device, encrypted: input.Encrypted ?? device.encrypted, kmsKeyId: input.KmsKeyId ?? device.kmsKeyId,
      })),
    });
    this.tags.put(image.id, [...(input.CopyImageTags ? this.tags.of(source.id) : []), ...specifiedTags(input.TagSpecifications, 'image')]);
    image.imdsSupport = source.imdsSupport;
    if (image.state === 'pending') this.makeLater(image);
    return { ImageId: image.id };
  }

  private makeLater(image: Image): void {
    this.world.timeline.schedule(this.copyMinutes * 60_000, `copy ${image.id}`, () => {
      if (image.state !== 'pending') return;
      image.state = 'available';
      this.images.stateChanged(image, 'available');
    });
  }

  private deprecate(input: Properties): Properties {
    refuseUnknown('ec2:EnableImageDeprecation', input, ['ImageId', 'DeprecateAt']);
    const at = new Date(input.DeprecateAt).getTime();
    if (at < this.world.now) throw new AwsError('InvalidParameterValue', 'Invalid value for DeprecateAt: it must be in the future');
    this.images.requireOwned(input.ImageId).deprecationTime = at;
    return { Return: true };
  }

  /** Disabling removes every launch permission; enabling does not give them back (User Guide, "Disable an Amazon EC2 AMI"). */
  private disable(input: Properties): Properties {
    return this.change('DisableImage', input, (image) => {
      image.state = 'disabled';
      image.public = false;
      image.launchUsers.clear();
      this.images.stateChanged(image, 'disabled');
    });
  }

  private enable(input: Properties): Properties {
    return this.change('EnableImage', input, (image) => {
      image.state = 'available';
      this.images.stateChanged(image, 'available');
    });
  }

  private protect(input: Properties): Properties {
    refuseUnknown('ec2:EnableImageDeregistrationProtection', input, ['ImageId', 'WithCooldown']);
    const image = this.images.requireOwned(input.ImageId);
    image.protection = { enabled: true, cooldown: input.WithCooldown ?? false };
    return { Return: 'true' };
  }

  /** With a cool-down, the image stays protected for 24 hours after protection was switched off. */
  private unprotect(input: Properties): Properties {
    return this.change('DisableImageDeregistrationProtection', input, (image) => {
      const until = image.protection.cooldown ? this.world.now + DAY : undefined;
      image.protection = { enabled: false, cooldown: false, until };
    }, 'true');
  }

  private deregister(input: Properties): Properties {
    refuseUnknown('ec2:DeregisterImage', input, ['ImageId', 'DeleteAssociatedSnapshots']);
    const image = this.images.requireOwned(input.ImageId);
    if (image.protection.enabled || (image.protection.until ?? 0) > this.world.now) {
      throw new AwsError('OperationNotPermitted', `The image ${image.id} has deregistration protection and cannot be deregistered`);
    }
    image.state = 'deregistered';
    this.images.stateChanged(image, 'deregistered');
    if (!input.DeleteAssociatedSnapshots) return { Return: true };
    image.blockDevices.forEach((device) => this.images.snapshots.delete(device.snapshotId));
    return { Return: true, DeleteSnapshotResults: image.blockDevices.map((device) => ({ SnapshotId: device.snapshotId, ReturnCode: 'success' })) };
  }

  private deleteSnapshot(input: Properties): void {
    refuseUnknown('ec2:DeleteSnapshot', input, ['SnapshotId']);
    if (!this.images.snapshots.has(input.SnapshotId)) {
      throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${input.SnapshotId}' does not exist.`);
    }
    const user = this.images.all().find((image) => image.blockDevices.some((device) => device.snapshotId === input.SnapshotId));
    if (user) throw new AwsError('InvalidSnapshot.InUse', `The snapshot ${input.SnapshotId} is currently in use by ${user.id}`);
    this.images.snapshots.delete(input.SnapshotId);
  }

  private change(operation: string, input: Properties, body: (image: Image) => void, answer: unknown = true): Properties {
    refuseUnknown(`ec2:${operation}`, input, ['ImageId']);
    body(this.images.requireOwned(input.ImageId));
    return { Return: answer };
  }
}

function permissions(input: Properties): Properties[] {
  return [...(input.UserIds ?? []).map((UserId: string) => ({ UserId })), ...(input.UserGroups ?? []).map((Group: string) => ({ Group }))];
}
