import { Ec2Service } from '../ec2/ec2';
import type { World } from '../kernel';

interface PublicFamily {
  readonly pattern: RegExp;
  /** Device of the root volume. */
  readonly device: '/dev/xvda' | '/dev/sda1';
  /** Account that owns the AMIs. @default - Amazon's */
  readonly owner?: string;
}

const WINDOWS = '(2019|2022|2025)';
const LANGUAGES = 'Chinese_Simplified|Chinese_Traditional|Czech|Dutch|English|French|German|Hungarian|Italian|Japanese|Korean|Polish'
  + '|Portuguese_(Brazil|Portugal)|Russian|Spanish|Swedish|Turkish';

/**
 * The public AMI parameters that exist in the model.
 *
 * Sources: AL2023 user guide, "AL2023 on Amazon EC2" (SSM parameter names); Amazon Linux 2 user guide; Ubuntu on AWS documentation, "Create
 * CloudFormation templates with the latest Ubuntu AMI"; Debian wiki, "Cloud/AmazonEC2Image"; aws/eks-hybrid, test/e2e/os/sles.go; Systems Manager
 * user guide, "Calling AMI public parameters"; Amazon ECS developer guide, "Retrieving Amazon ECS-optimized Linux AMI metadata"; Amazon EKS user
 * guide, "Retrieve recommended Amazon Linux AMI IDs" and "… Microsoft Windows AMI IDs"; AWS Deep Learning AMIs developer guide, "Finding the ID of a
 * DLAMI".
 */
const families: PublicFamily[] = [
  { pattern: /^\/aws\/service\/ami-amazon-linux-latest\/al2023-ami(-minimal)?-kernel-(default|6\.1|6\.12|6\.18)-(x86_64|arm64)$/, device: '/dev/xvda' },
  { pattern: /^\/aws\/service\/ami-amazon-linux-latest\/amzn2-ami(-kernel-5\.10)?-hvm-(x86_64|arm64)-gp2$/, device: '/dev/xvda' },
  {
    pattern: /^\/aws\/service\/canonical\/ubuntu\/(pro-)?(server|server-minimal|minimal)\/(20|22|24|26)\.04\/stable\/current\/(amd64|arm64)\/hvm\/ebs-gp[23]\/ami-id$/,
    device: '/dev/sda1',
    owner: '099720109477',
  },
  { pattern: /^\/aws\/service\/debian\/release\/1[123]\/latest\/(amd64|arm64)$/, device: '/dev/xvda', owner: '136693071363' },
  { pattern: /^\/aws\/service\/suse\/sles\/(15-sp[4-7]|16\.0)\/(x86_64|arm64)\/latest$/, device: '/dev/sda1' },
  { pattern: new RegExp(`^/aws/service/ami-windows-latest/Windows_Server-${WINDOWS}-(${LANGUAGES})-(Full|Core)-(Base|SQL_[\\w]+)$`), device: '/dev/sda1' },
  { pattern: new RegExp(`^/aws/service/ami-windows-latest/Windows_Server-${WINDOWS}-English-(Full|Core)-E(CS_Optimized|KS_Optimized-1\\.\\d\\d)/image_id$`), device: '/dev/sda1' },
  { pattern: /^\/aws\/service\/ecs\/optimized-ami\/amazon-linux-2023\/((arm64|gpu|neuron)\/)?recommended\/image_id$/, device: '/dev/xvda' },
  { pattern: /^\/aws\/service\/ecs\/optimized-ami\/amazon-linux-2\/((arm64|gpu|inf)\/)?recommended\/image_id$/, device: '/dev/xvda' },
  {
    pattern: /^\/aws\/service\/eks\/optimized-ami\/1\.\d\d\/amazon-linux-2023\/(x86_64\/(standard|nvidia|neuron)|arm64\/(standard|nvidia))\/recommended\/image_id$/,
    device: '/dev/xvda',
  },
  { pattern: /^\/aws\/service\/deeplearning\/ami\/(x86_64|arm64)\/(base-)?oss-nvidia-driver-gpu-[a-z0-9.-]*amazon-linux-2023\/latest\/ami-id$/, device: '/dev/xvda' },
  { pattern: /^\/aws\/service\/deeplearning\/ami\/(x86_64|arm64)\/(base-)?oss-nvidia-driver-gpu-[a-z0-9.-]*ubuntu-2[24]\.04\/latest\/ami-id$/, device: '/dev/sda1' },
];

/** Public parameters of AWS: their values are AMIs of their vendors, made at the first look and replaced by `publish`. */
export class PublicParameters {
  private readonly values = new Map<string, { value: string; version: number; modified: number }>();

  public constructor(private readonly world: World) {}

  public get(name: string): { value: string; version: number; modified: number } | undefined {
    if (!families.some((family) => family.pattern.test(name))) return undefined;
    return this.values.get(name) ?? this.publish(name);
  }

  /** The vendor publishes a new AMI under the parameter. */
  public publish(name: string): { value: string; version: number; modified: number } {
    const family = families.find((each) => each.pattern.test(name));
    if (!family) throw new Error(`no public AMI parameter of the model: ${name}`);
    const version = (this.values.get(name)?.version ?? 0) + 1;
    const value = this.world.get(Ec2Service).registerImage({
      name: `${titleOf(name)}-${new Date(this.world.now).toISOString().slice(0, 10)}.${version}`,
      architecture: /arm64/.test(name) ? 'arm64' : 'x86_64',
      ...(name.includes('Windows_Server') ? { platform: 'windows' } : {}),
      blockDevices: [{ deviceName: family.device }],
      owner: family.owner ?? '137112412989',
      public: true,
    });
    const entry = { value, version, modified: this.world.now };
    this.values.set(name, entry);
    return entry;
  }
}

/** What tells the AMI apart: Amazon's last words; of others all that is said. */
const titleOf = (name: string): string => (/\/ami-(amazon-linux|windows)-latest\/[^/]+$/.test(name) ? name.split('/').pop()! : name.replace(/^\/aws\/service\//, '').replace(/\//g, '-'));
