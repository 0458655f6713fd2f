import { page, Properties, refuseUnknown, World } from '../kernel';
import { Filter, passes } from './filters';
import type { Image, Images } from './images';
import type { Tags } from './tags';

/** DescribeImages and what else only reads images. */
export class ImageDescriptions {
  public readonly operations = {
    DescribeImages: (input: Properties) => this.describeImages(input),
    DescribeImageAttribute: (input: Properties) => this.describeAttribute(input),
    GetImageAncestry: (input: Properties) => this.ancestry(input),
    DescribeSnapshots: (input: Properties) => this.describeSnapshots(input),
  };

  public constructor(private readonly world: World, private readonly images: Images, private readonly tags: Tags) {}

  private describeImages(input: Properties): Properties {
    refuseUnknown('ec2:DescribeImages', input,
      ['ImageIds', 'Owners', 'Filters', 'IncludeDeprecated', 'IncludeDisabled', 'MaxResults', 'NextToken']);
    const named = (input.ImageIds as string[] | undefined)?.map((id) => this.images.require(id));
    const found = (named ?? this.images.all()).filter((image) => this.visible(image, input)
      && this.owned(image, input.Owners) && passes(input.Filters as Filter[], (name) => this.filterValues(image, name)));
    const { items, NextToken } = page(found, input.MaxResults, input.NextToken);
    return { Images: items.map((image) => this.render(image)), NextToken };
  }

  /** Others' deprecated images and disabled ones are left out unless asked for (API reference, DescribeImages). */
  private visible(image: Image, input: Properties): boolean {
    const mine = image.owner === this.world.account;
    if (image.state === 'disabled' && !input.IncludeDisabled) return false;
    if (!mine && (image.deprecationTime ?? Infinity) <= this.world.now && !input.IncludeDeprecated && !input.ImageIds) return false;
    return mine || image.public || image.launchUsers.has(this.world.account);
  }

  private owned(image: Image, owners: string[] | undefined): boolean {
    if (!owners?.length) return true;
    return owners.some((owner) => owner === image.owner || (owner === 'self' && image.owner === this.world.account)
      || (owner === ownerAlias(image)));
  }

  private filterValues(image: Image, name: string): Array<string | undefined> | undefined {
    const values: Record<string, string | undefined> = {
      'image-id': image.id,
      'name': image.name,
      'description': image.description,
      'architecture': image.architecture,
      'state': image.state,
      'owner-id': image.owner,
      'owner-alias': ownerAlias(image),
      'platform': image.platform === 'windows' ? 'windows' : undefined,
      'root-device-name': image.blockDevices[0]?.deviceName,
      'root-device-type': 'ebs',
      'virtualization-type': 'hvm',
      'image-type': 'machine',
      'is-public': String(image.public),
      'source-image-id': image.sourceImageId,
      'ena-support': 'true',
      'hypervisor': 'xen',
    };
    if (name === 'block-device-mapping.snapshot-id') return image.blockDevices.map((device) => device.snapshotId);
    return name in values ? [values[name]] : this.tags.filterValues(image.id, name);
  }

  private render(image: Image): Properties {
    return {
      ImageId: image.id,
      Name: image.name,
      Description: image.description || undefined,
      Architecture: image.architecture,
      CreationDate: new Date(image.createdAt).toISOString(),
      DeprecationTime: image.deprecationTime === undefined ? undefined : new Date(image.deprecationTime).toISOString(),
      ImageLocation: `${image.owner}/${image.name}`,
      ImageType: 'machine',
      ImageOwnerAlias: ownerAlias(image),
      ImdsSupport: image.imdsSupport,
      OwnerId: image.owner,
      Platform: image.platform === 'windows' ? 'windows' : undefined,
      PlatformDetails: image.platform === 'windows' ? 'Windows' : 'Linux/UNIX',
      Public: image.public,
      RootDeviceName: image.blockDevices[0]?.deviceName,
      RootDeviceType: 'ebs',
      SourceImageId: image.sourceImageId,
      SourceImageRegion: image.sourceImageId ? this.world.region : undefined,
      State: image.state,
      VirtualizationType: 'hvm',
      Hypervisor: 'xen',
      EnaSupport: true,
      DeregistrationProtection: protectionText(image, this.world.now),
      LastLaunchedTime: image.lastLaunchedAt === undefined ? undefined : new Date(image.lastLaunchedAt).toISOString(),
      BlockDeviceMappings: image.blockDevices.map((device) => ({
        DeviceName: device.deviceName,
        Ebs: { SnapshotId: device.snapshotId, VolumeSize: device.sizeGiB, VolumeType: 'gp3', Encrypted: device.encrypted, DeleteOnTermination: true },
      })),
      Tags: this.tags.of(image.id),
    };
  }

  private describeAttribute(input: Properties): Properties {
    refuseUnknown('ec2:DescribeImageAttribute', input, ['ImageId', 'Attribute']);
    const image = this.images.requireOwned(input.ImageId);
    const groups = image.public ? [{ Group: 'all' }] : [];
    const attributes: Record<string, Properties> = {
      launchPermission: { LaunchPermissions: [...groups, ...[...image.launchUsers].map((UserId) => ({ UserId }))] },
      description: { Description: { Value: image.description } },
      imdsSupport: { ImdsSupport: { Value: image.imdsSupport } },
      deregistrationProtection: { DeregistrationProtection: { Value: protectionText(image, this.world.now) } },
    };
    refuseUnknown('ec2:DescribeImageAttribute', { [input.Attribute]: true }, Object.keys(attributes));
    return { ImageId: image.id, ...attributes[input.Attribute] };
  }

  /** From the image to its root: the parent chain as far as this account knows it. */
  private ancestry(input: Properties): Properties {
    refuseUnknown('ec2:GetImageAncestry', input, ['ImageId']);
    const entries = [];
    for (let image: Image | undefined = this.images.require(input.ImageId); image; image = this.images.known(image.sourceImageId ?? '')) {
      entries.push({
        CreationDate: new Date(image.createdAt),
        ImageId: image.id,
        ImageOwnerAlias: ownerAlias(image),
        SourceImageId: image.sourceImageId,
        SourceImageRegion: image.sourceImageId ? this.world.region : undefined,
      });
    }
    return { ImageAncestryEntries: entries };
  }

  private describeSnapshots(input: Properties): Properties {
    refuseUnknown('ec2:DescribeSnapshots', input, ['SnapshotIds', 'OwnerIds', 'Filters', 'MaxResults', 'NextToken']);
    const owners = (input.OwnerIds as string[] | undefined)?.map((owner) => (owner === 'self' ? this.world.account : owner));
    const found = [...this.images.snapshots.values()].filter((snapshot) =>
      (input.SnapshotIds?.includes(snapshot.id) ?? true) && (owners?.includes(snapshot.owner) ?? true)
      && passes(input.Filters as Filter[], (name) =>
        (({ 'snapshot-id': [snapshot.id], 'owner-id': [snapshot.owner] }) as Record<string, string[]>)[name] ?? this.tags.filterValues(snapshot.id, name)));
    const { items, NextToken } = page(found, input.MaxResults, input.NextToken);
    return {
      Snapshots: items.map((snapshot) => ({
        SnapshotId: snapshot.id,
        OwnerId: snapshot.owner,
        StartTime: new Date(snapshot.createdAt),
        State: 'completed',
        Progress: '100%',
        VolumeSize: snapshot.sizeGiB,
        Encrypted: snapshot.encrypted,
        Description: snapshot.description,
        Tags: this.tags.of(snapshot.id),
      })),
      NextToken,
    };
  }
}

/** Accounts of 12 digits have no alias; names such as `amazon` are one. */
function ownerAlias(image: Image): string | undefined {
  return AMAZON_ACCOUNTS[image.owner];
}

/** Owners of public images that carry an alias. */
const AMAZON_ACCOUNTS: Record<string, string> = { 137112412989: 'amazon', 801119661308: 'amazon' };

function protectionText(image: Image, now: number): string {
  if (image.protection.enabled) return image.protection.cooldown ? 'enabled-with-cooldown' : 'enabled-without-cooldown';
  return (image.protection.until ?? 0) > now ? 'disabled-after-cooldown' : 'disabled';
}
