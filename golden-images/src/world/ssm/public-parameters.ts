import { Ec2Service } from '../ec2/ec2';
import type { World } from '../kernel';

interface PublicFamily {
  readonly pattern: RegExp;
  readonly platform: 'Linux' | 'Windows';
  readonly describe: (name: string) => string;
}

/**
 * The public AMI parameters that exist in the model.
 *
 * Sources: Amazon Linux 2023 user guide, "AL2023 on Amazon EC2" (SSM parameter names); Canonical's "Find Ubuntu images on AWS";
 * Systems Manager user guide, "Calling AMI public parameters".
 */
const families: PublicFamily[] = [
  {
    pattern: /^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami(-minimal)?-kernel-(default|6\.1|6\.12)-(x86_64|arm64)$/,
    platform: 'Linux',
    describe: (name) => name.split('/').pop()!,
  },
  {
    pattern: /^\/aws\/service\/canonical\/ubuntu\/server\/(20|22|24|26)\.04\/stable\/current\/(amd64|arm64)\/hvm\/ebs-gp[23]\/ami-id$/,
    platform: 'Linux',
    describe: (name) => `ubuntu-${name.split('/')[6]}-${name.split('/')[9]}`,
  },
  {
    pattern: /^\/aws\/service\/ami-windows-latest\/Windows_Server-(2019|2022|2025)-English-(Full|Core)-Base$/,
    platform: 'Windows',
    describe: (name) => name.split('/').pop()!,
  },
];

/** Public parameters of AWS: their values are AMIs owned by Amazon, made at the first look and replaced by `publish`. */
export class PublicParameters {
  private readonly values = new Map<string, { value: string; version: number; modified: number }>();

  public constructor(private readonly world: World) {}

  public get(name: string): { value: string; version: number; modified: number } | undefined {
    if (!families.some((family) => family.pattern.test(name))) return undefined;
    return this.values.get(name) ?? this.publish(name);
  }

  /** Amazon publishes a new AMI under the parameter. */
  public publish(name: string): { value: string; version: number; modified: number } {
    const family = families.find((each) => each.pattern.test(name));
    if (!family) throw new Error(`no public AMI parameter of the model: ${name}`);
    const version = (this.values.get(name)?.version ?? 0) + 1;
    const value = this.world.get(Ec2Service).registerImage({
      name: `${family.describe(name)}-${new Date(this.world.now).toISOString().slice(0, 10)}.${version}`,
      architecture: /arm64/.test(name) ? 'arm64' : 'x86_64',
      ...(family.platform === 'Windows' ? { platform: 'windows' } : {}),
      // As Canonical's are; others have the device that the model gives them.
      ...(name.includes('/canonical/') ? { blockDevices: [{ deviceName: '/dev/sda1' }] } : {}),
      owner: '137112412989',
      public: true,
    });
    const entry = { value, version, modified: this.world.now };
    this.values.set(name, entry);
    return entry;
  }
}
