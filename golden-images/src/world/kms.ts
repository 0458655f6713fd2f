import { page, refuseUnknown, Service, type Operation, type ResourceType, type World } from './kernel';
import { Keys, type Key } from './kms/keys';
import { kmsResourceTypes } from './kms/resource-types';

/** AWS KMS: keys, their state, aliases. Nothing is encrypted; key policies decide only whether EC2 Auto Scaling can launch. */
export class KmsService extends Service {
  public override readonly signingName = 'kms';
  public override readonly operations: Readonly<Record<string, Operation>>;
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;
  public readonly keys: Keys;

  public constructor(world: World) {
    super(world);
    this.keys = new Keys(world);
    this.operations = operations(world, this.keys);
    this.resourceTypes = kmsResourceTypes(this.keys);
  }

  /** The state of a key, by any of its names; undefined when there is none. */
  public keyState(name: string): Key['state'] | undefined {
    return this.keys.find(name)?.state;
  }
}

function operations(world: World, keys: Keys): Record<string, Operation> {
  return {
    CreateKey: (input) => {
      refuseUnknown('kms:CreateKey', input, ['Policy', 'Description', 'KeySpec', 'KeyUsage', 'MultiRegion', 'Tags']);
      const tags = ((input.Tags ?? []) as Array<{ TagKey: string; TagValue: string }>).map((tag) => ({ Key: tag.TagKey, Value: tag.TagValue }));
      const { Description: description = '', KeySpec: spec = 'SYMMETRIC_DEFAULT', KeyUsage: usage = 'ENCRYPT_DECRYPT' } = input;
      const policy: unknown = input.Policy && JSON.parse(input.Policy);
      return { KeyMetadata: describe(world, keys.create({ description, spec, usage, multiRegion: input.MultiRegion ?? false, policy, tags })) };
    },
    DescribeKey: (input) => {
      refuseUnknown('kms:DescribeKey', input, ['KeyId']);
      return { KeyMetadata: describe(world, keys.required(input.KeyId)) };
    },
    ListKeys: (input) => {
      refuseUnknown('kms:ListKeys', input, ['Limit', 'Marker']);
      return listed(input, 'Keys', 100, keys.all().map((key) => ({ KeyId: key.id, KeyArn: key.arn })));
    },
    EnableKey: (input) => keys.setState(input.KeyId, 'Enabled'),
    DisableKey: (input) => keys.setState(input.KeyId, 'Disabled'),
    ScheduleKeyDeletion: (input) => {
      const key = keys.scheduleDeletion(input.KeyId, input.PendingWindowInDays);
      return { KeyId: key.arn, KeyState: key.state, DeletionDate: new Date(key.deletionDate!), PendingWindowInDays: input.PendingWindowInDays ?? 30 };
    },
    GetKeyRotationStatus: (input) => ({ KeyRotationEnabled: keys.required(input.KeyId).rotation }),
    GetKeyPolicy: (input) => ({ Policy: JSON.stringify(keys.required(input.KeyId).policy ?? {}), PolicyName: 'default' }),
    CreateAlias: (input) => keys.addAlias(input.AliasName, input.TargetKeyId),
    DeleteAlias: (input) => keys.removeAlias(input.AliasName),
    ListAliases: (input) => {
      refuseUnknown('kms:ListAliases', input, ['KeyId', 'Limit', 'Marker']);
      const of = input.KeyId === undefined ? undefined : keys.required(input.KeyId).id;
      return listed(input, 'Aliases', 50, [...keys.aliases].filter(([, { target }]) => of === undefined || target === of).map(([AliasName, { target, createdAt }]) => ({
        AliasName, AliasArn: world.arn('kms', AliasName), TargetKeyId: target, CreationDate: new Date(createdAt),
      })));
    },
  };
}

/** A page: as many items as the API reference gives for a request without `Limit`. */
function listed(input: { Limit?: number; Marker?: string }, name: string, usual: number, all: readonly unknown[]): Record<string, unknown> {
  const { items, NextToken } = page(all, input.Limit ?? usual, input.Marker);
  return { [name]: items, Truncated: NextToken !== undefined, NextMarker: NextToken };
}

function describe(world: World, key: Key): Record<string, unknown> {
  return {
    KeyId: key.id,
    Arn: key.arn,
    AWSAccountId: world.account,
    CreationDate: new Date(key.createdAt),
    Description: key.description,
    Enabled: key.state === 'Enabled',
    KeyState: key.state,
    KeyManager: key.manager,
    KeySpec: key.spec,
    KeyUsage: key.usage,
    CustomerMasterKeySpec: key.spec,
    MultiRegion: key.multiRegion,
    Origin: 'AWS_KMS',
    DeletionDate: key.deletionDate === undefined ? undefined : new Date(key.deletionDate),
  };
}
