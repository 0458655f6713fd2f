import { Ec2Service } from '../ec2/ec2';
import { AwsError, type World } from '../kernel';
import { versionPattern } from './validation';

/** A version of an image of Amazon. */
export interface ManagedVersion {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly dateCreated: number;
  readonly ami: { readonly id: string; readonly name: string };
}

const BOTH = ['x86', 'arm64'];
const named = (name: string, processors = BOTH): string[] => processors.map((processor) => `${name}-${processor}`);

/**
 * AMIs that Amazon manages, by the names in their ARNs. Source: `AmazonManagedImage` of @aws-cdk/aws-imagebuilder-alpha 2.278.0 (assumption:
 * managed-image-names). Not those for containers and for macOS.
 */
const NAMES = [
  ...named('amazon-linux-2'), ...named('amazon-linux-2023'), ...named('red-hat-enterprise-linux-10'), ...named('suse-linux-enterprise-server-15'),
  ...named('ubuntu-server-22-lts'), ...named('ubuntu-server-24-lts'),
  ...['2016', '2019', '2022', '2025'].flatMap((year) => ['full', 'core'].flatMap((kind) => named(`windows-server-${year}-english-${kind}-base`, ['x86']))),
];

/** Images of the account `aws`. A name has its first version from the first look on; `publish` makes Amazon's next one. */
export class ManagedImages {
  /** Name and version of an ARN such as `arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x`; undefined for other ARNs. */
  public static parse(arn: string): { name: string; version: string } | undefined {
    const [, name, version] = /^arn:aws[^:]*:imagebuilder:[^:]+:aws:image\/([^/]+)\/([0-9x]+\.[0-9x]+\.[0-9x]+)(?:\/\d+)?$/.exec(arn) ?? [];
    return name && version ? { name, version } : undefined;
  }

  private readonly versions = new Map<string, ManagedVersion[]>();

  public constructor(private readonly world: World) {}

  /** The versions that match, the newest last. Throws for a name that Amazon has no image of. */
  public matching({ name, version }: { name: string; version: string }): ManagedVersion[] {
    const pattern = versionPattern(version);
    return this.of(name).filter((each) => pattern.test(each.version));
  }

  public all(): ManagedVersion[] {
    return NAMES.flatMap((name) => this.of(name));
  }

  /** Amazon publishes an image. Its version is its day, or the next number where that is taken. */
  public publish(name: string): ManagedVersion {
    const before = this.versions.get(name) ?? [];
    const day = new Date(this.world.now);
    const date = `${day.getUTCFullYear()}.${day.getUTCMonth() + 1}.${day.getUTCDate()}`;
    const taken = before.some(({ version }) => version === date);
    const version = taken ? before.at(-1)!.version.replace(/\d+$/, (last) => `${Number(last) + 1}`) : date;
    const platform = name.startsWith('windows') ? 'Windows' : 'Linux';
    const title = `${name}-${version}`;
    const id = this.world.get(Ec2Service).registerImage({
      name: title,
      architecture: name.endsWith('arm64') ? 'arm64' : 'x86_64',
      ...(platform === 'Windows' ? { platform: 'windows' } : {}),
      blockDevices: [{ deviceName: name.startsWith('amazon-linux') ? '/dev/xvda' : '/dev/sda1' }],
      owner: '137112412989',
      public: true,
    });
    const arn = `arn:aws:imagebuilder:${this.world.region}:aws:image/${name}/${version}`;
    const published = { arn, name, version, platform, dateCreated: this.world.now, ami: { id, name: title } };
    this.versions.set(name, [...before, published]);
    return published;
  }

  private of(name: string): ManagedVersion[] {
    if (!NAMES.includes(name)) {
      throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'parentImage' is not valid. Amazon manages no image ${name} here`);
    }
    if (!this.versions.has(name)) this.publish(name);
    return this.versions.get(name)!;
  }
}
