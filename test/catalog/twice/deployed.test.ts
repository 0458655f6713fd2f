import { type Stack } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { Agents, OperatingSystem, WebServer } from '../../../src/catalog';
import { Component } from '../../../src/component';
import { channelParameterName } from '../../../src/contract';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';
import { Deployed } from '../../packer/build/deployed';

interface Wanted {
  readonly components: Component[];
  readonly parent?: ParentImage;
  readonly updates?: Component;
}

const app = (images: Record<string, Wanted>) => (stack: Stack): void => Object.entries(images).forEach(([id, wanted]) => {
  new PatchedBaseImage(stack, id, { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.patchTuesday(), ...wanted });
});

const shop: Wanted = { components: [WebServer.nginx(), Agents.cloudWatch()] };
const blog: Wanted = { components: [WebServer.nginx({ documentRoot: '/srv/blog' }), Agents.cloudWatch({ namespace: 'Blog' })] };
const named: Wanted = { components: [Component.named('nginx-blog', WebServer.nginx({ documentRoot: '/srv/blog' })), Agents.cloudWatch()] };
const windows: Wanted = {
  parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025),
  updates: OperatingSystem.windowsUpdates(),
  components: [Agents.cloudWatch(), WebServer.iis(), OperatingSystem.windowsUpdates({ maxPasses: 3 })],
};
const other: Wanted = { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022), components: [WebServer.iis({ features: ['Web-Asp-Net45'] })] };
const arm: Wanted = { parent: ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64), components: [WebServer.apache(), Agents.cloudWatch()] };

describe('entries of the catalogue with several contents, deployed', () => {
  let stack: Deployed;
  const names = (): string[] => stack.local.world.get(ImageBuilderService).components.all().map(({ arn }) => /component\/([^/]+)/.exec(arn)![1]!).sort();
  const version = (image: string): string | undefined => stack.release(channelParameterName('shops', image, 'latest'))?.version;
  const released = (...images: string[]): Promise<boolean> => stack.until(() => images.every((image) => version(image) !== undefined), 12);

  beforeAll(async () => { stack = await Deployed.start('Shops', app({ Shop: shop })); });
  afterAll(() => stack.local.close());

  test('a second one comes beside the first, and its image is built', async () => {
    expect(await released('shop')).toBe(true);
    const before = names();
    await stack.deploy(app({ Shop: shop, Blog: blog, Windows: windows, Other: other, Arm: arm }));
    expect(names()).toEqual(expect.arrayContaining(before));
    expect(names().filter((name) => /--(?:nginx|cloudwatch-agent|iis|windows-updates)(?:-[0-9a-f]{8})?$/.test(name))).toHaveLength(9);
    expect(await released('blog', 'windows', 'other', 'arm')).toBe(true);
    expect(version('shop')).toBe('1.0.0/1');
  });

  test('one that comes before the first takes its name, and nothing is built for that', async () => {
    await stack.deploy(app({ Blog: blog, Shop: shop }));
    expect(await stack.until(() => version('shop') !== '1.0.0/1' || version('blog') !== '1.0.0/1', 6)).toBe(false);
    await stack.deploy(app({ Blog: named, Shop: shop }));
    expect(names().filter((name) => name.includes('nginx'))).toEqual(['shops--nginx', 'shops--nginx-blog']);
  });
});
