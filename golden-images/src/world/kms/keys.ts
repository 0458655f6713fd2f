import { AwsError, type World } from '../kernel';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly manager: 'AWS' | 'CUSTOMER';
  readonly spec: string;
  readonly usage: string;
  readonly multiRegion: boolean;
  state: KeyState;
  description: string;
  policy: unknown;
  rotation: boolean;
  deletionDate?: number;
  tags: ReadonlyArray<{ Key: string; Value: string }>;
}

export type KeyProps = Partial<Pick<Key, 'manager' | 'spec' | 'usage' | 'multiRegion' | 'state' | 'description' | 'policy' | 'rotation' | 'tags'>>;

/** The keys of an account and the aliases that name them. */
export class Keys {
  public readonly aliases = new Map<string, { readonly target: string; readonly createdAt: number }>();
  private readonly byId = new Map<string, Key>();

  public constructor(private readonly world: World) {}

  public all(): Key[] {
    return [...this.byId.values()];
  }

  public create(props: KeyProps): Key {
    const id = this.world.random.uuid();
    const key: Key = {
      manager: 'CUSTOMER',
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      multiRegion: false,
      state: 'Enabled',
      description: '',
      policy: undefined,
      rotation: false,
      tags: [],
      ...props,
      id,
      arn: this.world.arn('kms', `key/${id}`),
      createdAt: this.world.now,
    };
    this.byId.set(id, key);
    return key;
  }

  /** By key id, key ARN, alias name or alias ARN. Keys that AWS manages (`alias/aws/…`) come into being at first use. */
  public find(name: string): Key | undefined {
    const short = name.startsWith('arn:') ? name.split(':').slice(5).join(':') : name;
    if (!short.startsWith('alias/')) return this.byId.get(short.replace(/^key\//, ''));
    if (short.startsWith('alias/aws/') && !this.aliases.has(short)) {
      const { id } = this.create({ manager: 'AWS', description: `Default key for ${short.slice('alias/aws/'.length)}` });
      this.aliases.set(short, { target: id, createdAt: this.world.now });
    }
    return this.byId.get(this.aliases.get(short)?.target ?? '');
  }

  public required(name: string): Key {
    const key = this.find(name);
    if (!key) throw new AwsError('NotFoundException', `${name.includes('alias/') ? 'Alias' : 'Key'} '${name}' does not exist`);
    return key;
  }

  public setState(name: string, state: KeyState): void {
    const key = this.required(name);
    if (key.state === 'PendingDeletion') throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
    key.state = state;
  }

  public scheduleDeletion(name: string, days = 30): Key {
    if (days < 7 || days > 30) throw new AwsError('ValidationException', 'PendingWindowInDays must be between 7 and 30');
    const key = this.required(name);
    this.setState(name, 'PendingDeletion');
    key.deletionDate = this.world.now + days * 86_400_000;
    this.world.timeline.schedule(days * 86_400_000, `kms key ${key.id} is deleted`, () => {
      this.byId.delete(key.id);
      for (const [alias, { target }] of this.aliases) if (target === key.id) this.aliases.delete(alias);
    }, { background: true });
    return key;
  }

  public addAlias(alias: string, target: string): void {
    if (!/^alias\/[\w/-]{1,250}$/.test(alias) || alias.startsWith('alias/aws/')) throw new AwsError('InvalidAliasNameException', `Alias name ${alias} is not valid`);
    if (this.aliases.has(alias)) throw new AwsError('AlreadyExistsException', `An alias with the name ${this.world.arn('kms', alias)} already exists`);
    this.aliases.set(alias, { target: this.required(target).id, createdAt: this.world.now });
  }

  public removeAlias(alias: string): void {
    if (!this.aliases.delete(alias)) throw new AwsError('NotFoundException', `Alias ${this.world.arn('kms', alias)} is not found.`);
  }
}
