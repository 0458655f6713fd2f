import { AwsError, Properties, refuseUnknown } from '../kernel';

export interface Tag {
  Key: string;
  Value: string;
}

/** What the prefix of an id says. Source: EC2 API reference, "Error codes", and DescribeTags, `resource-type`. */
const KINDS: Readonly<Record<string, { type: string; notFound: string; what: string }>> = {
  ami: { type: 'image', notFound: 'InvalidAMIID.NotFound', what: 'image' },
  i: { type: 'instance', notFound: 'InvalidInstanceID.NotFound', what: 'instance' },
  snap: { type: 'snapshot', notFound: 'InvalidSnapshot.NotFound', what: 'snapshot' },
  lt: { type: 'launch-template', notFound: 'InvalidLaunchTemplateId.NotFound', what: 'launch template' },
  vpc: { type: 'vpc', notFound: 'InvalidVpcID.NotFound', what: 'VPC' },
  subnet: { type: 'subnet', notFound: 'InvalidSubnetID.NotFound', what: 'subnet' },
  sg: { type: 'security-group', notFound: 'InvalidGroup.NotFound', what: 'security group' },
  rtb: { type: 'route-table', notFound: 'InvalidRouteTableID.NotFound', what: 'route table' },
  igw: { type: 'internet-gateway', notFound: 'InvalidInternetGatewayID.NotFound', what: 'internet gateway' },
};

const kindOf = (id: string): (typeof KINDS)[string] | undefined => (/^[a-z]+-[0-9a-f]{8,17}$/.test(id) ? KINDS[id.split('-')[0]!] : undefined);

/** Tags of everything in EC2, by resource id. */
export class Tags {
  private readonly byResource = new Map<string, Tag[]>();

  public readonly operations = {
    CreateTags: (input: Properties) => {
      refuseUnknown('ec2:CreateTags', input, ['Resources', 'Tags']);
      (input.Resources as string[]).forEach((id) => this.require(id));
      (input.Resources as string[]).forEach((id) => this.put(id, input.Tags));
    },
    DeleteTags: (input: Properties) => {
      refuseUnknown('ec2:DeleteTags', input, ['Resources', 'Tags']);
      const goes = (tag: Tag): boolean =>
        !input.Tags || input.Tags.some((other: Partial<Tag>) => other.Key === tag.Key && (other.Value === undefined || other.Value === tag.Value));
      for (const id of input.Resources as string[]) this.byResource.set(id, this.of(id).filter((tag) => !goes(tag)));
    },
    DescribeTags: (input: Properties) => {
      refuseUnknown('ec2:DescribeTags', input, ['Filters', 'MaxResults', 'NextToken']);
      const wanted = (name: string): string[] | undefined => input.Filters?.find((each: Properties) => each.Name === name)?.Values;
      const unknown = (input.Filters ?? []).find((each: Properties) => !['resource-id', 'key', 'value'].includes(each.Name));
      if (unknown) throw new AwsError('InvalidParameterValue', `The filter '${unknown.Name}' is not modelled`);
      const all = [...this.byResource].flatMap(([id, tags]) => tags.map((tag) => ({ ResourceId: id, ResourceType: kindOf(id)?.type, ...tag })));
      return {
        Tags: all.filter((tag) => (wanted('resource-id')?.includes(tag.ResourceId) ?? true)
          && (wanted('key')?.includes(tag.Key) ?? true) && (wanted('value')?.includes(tag.Value) ?? true)),
      };
    },
  };

  /** `exists` says whether an id names a resource. */
  public constructor(private readonly exists: (id: string) => boolean) {}

  public of(id: string): Tag[] {
    return this.byResource.get(id) ?? [];
  }

  public put(id: string, tags: readonly Tag[] | undefined): void {
    const added = (tags ?? []).map(({ Key, Value }) => ({ Key, Value: Value ?? '' }));
    const kept = this.of(id).filter((tag) => !added.some((other) => other.Key === tag.Key));
    if (kept.length + added.length > 0) this.byResource.set(id, [...kept, ...added]);
  }

  public forget(id: string): void {
    this.byResource.delete(id);
  }

  /** What the filters `tag:<key>`, `tag-key` and `tag-value` look at; undefined for another filter. */
  public filterValues(id: string, filter: string): string[] | undefined {
    if (filter === 'tag-key') return this.of(id).map((tag) => tag.Key);
    if (filter === 'tag-value') return this.of(id).map((tag) => tag.Value);
    if (filter.startsWith('tag:')) return this.of(id).filter((tag) => tag.Key === filter.slice(4)).map((tag) => tag.Value);
    return undefined;
  }

  private require(id: string): void {
    if (this.exists(id)) return;
    const kind = kindOf(id);
    throw kind ? new AwsError(kind.notFound, `The ${kind.what} ID '${id}' does not exist`) : new AwsError('InvalidID', `The ID '${id}' is not valid`);
  }
}

/** What EC2 puts on instances that a launch template launched. Source: EC2 user guide, "Tag your Amazon EC2 resources". */
export const launchTags = (templateId: string, version: number | string): Tag[] => [
  { Key: 'aws:ec2launchtemplate:id', Value: templateId },
  { Key: 'aws:ec2launchtemplate:version', Value: String(version) },
];

/** Tags of one resource type in a request's `TagSpecifications`. */
export function specifiedTags(specifications: ReadonlyArray<{ ResourceType?: string; Tags?: Tag[] }> | undefined, resourceType: string): Tag[] {
  return (specifications ?? []).filter((each) => each.ResourceType === resourceType).flatMap((each) => each.Tags ?? []);
}
