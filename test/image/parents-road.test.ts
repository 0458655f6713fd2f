import type { Stack } from 'aws-cdk-lib';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import type { World } from '../../golden-images/src/world/kernel';
import { channelParameterName } from '../../src/contract';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { Deployed } from '../packer/build/deployed';

const ROCKY = '792107900819';
const ANYBODY = '666666666666';
const LATEST = channelParameterName('linux', 'base', 'latest');

const app = (parent: ParentImage) => (stack: Stack): void => {
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily({ hour: 3 }) });
};
const rocky = ParentImage.rockyLinux(OperatingSystemVersion.ROCKY_LINUX_9);

const publish = (world: World, name: string, owner = ROCKY, more: object = {}): string =>
  world.get(Ec2Service).registerImage({ name, owner, architecture: 'x86_64', public: true, blockDevices: [{ deviceName: '/dev/sda1' }], ...more });

/** The AMI that a released one was built on. */
const parentOf = ({ local }: Deployed, ami: string): string | undefined => local.world.get(Ec2Service).image(ami)?.sourceImageId;

describe('a parent that is looked up', () => {
  let stack: Deployed;
  let first: string;
  const amiOf = (version: string): string | undefined => {
    const release = stack.release(LATEST);
    return release?.version === version ? Object.values(release.amis)[0] : undefined;
  };
  const built = async (version: string, hours: number): Promise<string | undefined> => {
    expect(await stack.until(() => amiOf(version) !== undefined, hours)).toBe(true);
    return parentOf(stack, amiOf(version)!);
  };

  beforeAll(async () => {
    stack = await Deployed.start('Linux', app(rocky), {
      prepare: (world) => {
        // Newer by date, and none of them is it: older version, another architecture, another account, another kind of volume.
        publish(world, 'Rocky-9-EC2-Base-9.7-20251123.0.aarch64', ROCKY, { architecture: 'arm64' });
        publish(world, 'Rocky-9-EC2-LVM-9.9-20251123.0.x86_64');
        publish(world, 'Rocky-9-EC2-Base-9.9-20991231.0.x86_64', ANYBODY);
        publish(world, 'Rocky-9-EC2-Base-9.8-20251123.0.x86_64', ROCKY, { blockDevices: [{ deviceName: '/dev/xvda' }] });
        first = publish(world, 'Rocky-9-EC2-Base-9.6-20250531.0.x86_64');
        publish(world, 'Rocky-9-EC2-Base-9.5-20260101.0.x86_64');
      },
    });
  });
  afterAll(() => stack.local.close());

  test('is the newest AMI of its owner, for the channel and for the build', async () => {
    expect(stack.ssm.value(LATEST)).toBe(first);
    expect(await built('1.0.0/1', 4)).toBe(first);
  });

  test('a newer one is taken by the next build of the schedule, without a deploy and without a build of its own', async () => {
    const { world } = stack.local;
    const second = publish(world, 'Rocky-9-EC2-Base-9.7-20251123.0.x86_64');
    expect(await stack.until(() => amiOf('1.0.0/2') !== undefined, 10)).toBe(false);
    expect(await built('1.0.0/2', 24)).toBe(second);
  });

  test('one that its owner deprecated is taken no longer, and when none is left the last one stays', async () => {
    const ec2 = stack.local.world.get(Ec2Service);
    const [lookup] = stack.ssm.names().filter((name) => name.includes('/parents/lookups/'));
    const deprecate = (name: string): void => {
      ec2.images.all().find((image) => image.name === name && image.owner === ROCKY)!.deprecationTime = stack.local.world.now;
    };
    deprecate('Rocky-9-EC2-Base-9.7-20251123.0.x86_64');
    expect(await stack.until(() => stack.ssm.value(lookup!) === first, 2)).toBe(true);
    ['Rocky-9-EC2-Base-9.6-20250531.0.x86_64', 'Rocky-9-EC2-Base-9.5-20260101.0.x86_64'].forEach(deprecate);
    expect(await stack.until(() => stack.ssm.value(lookup!) !== first, 2)).toBe(false);
  });

  test('looks for what a deploy asks for at once', async () => {
    const alma = publish(stack.local.world, 'AlmaLinux OS 9.6.20250522 x86_64', '764336703387');
    await stack.deploy(app(ParentImage.almaLinux(OperatingSystemVersion.ALMA_LINUX_9)));
    expect(await built('1.0.1/1', 4)).toBe(alma);
  });
});

test('a lookup that finds nothing fails the deploy, and says what it looked for', async () => {
  await expect(Deployed.start('Linux', app(rocky), { prepare: (world) => { publish(world, 'Rocky-9-EC2-Base-9.9-20991231.0.x86_64', ANYBODY); } })).rejects.toThrow(
    'Linux/Base: nothing to start from: an AMI of 792107900819 named Rocky-9-EC2-Base-9.* (x86_64, root device /dev/sda1, available, not deprecated) in this region does not exist');
});

test('an image that Amazon manages is the parent, and its next version that of the next build', async () => {
  const stack = await Deployed.start('Linux', app(ParentImage.amazonManaged('amazon-linux-2023-x86')));
  try {
    const { managed } = stack.local.world.get(ImageBuilderService).builds;
    const ami = (): string => Object.values(stack.release(LATEST)!.amis)[0]!;
    const [first] = managed.matching({ name: 'amazon-linux-2023-x86', version: 'x.x.x' });
    expect(stack.ssm.value(LATEST)).toBe(first!.ami.id);
    expect(await stack.until(() => stack.release(LATEST)?.version === '1.0.0/1', 4)).toBe(true);
    expect(parentOf(stack, ami())).toBe(first!.ami.id);
    const second = managed.publish('amazon-linux-2023-x86');
    expect(await stack.until(() => stack.release(LATEST)?.version === '1.0.0/2', 24)).toBe(true);
    expect(parentOf(stack, ami())).toBe(second.ami.id);
  } finally {
    await stack.local.close();
  }
});

test('an image that Amazon does not manage is refused by name', async () => {
  const arn = 'arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2024-x86/x.x.x';
  const start = Deployed.start('Linux', app(ParentImage.fromImageBuilderImage(arn, { rootDeviceName: '/dev/xvda' })));
  await expect(start).rejects.toThrow('amazon-linux-2024-x86');
});
