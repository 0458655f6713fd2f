import { Tags, type Stack } from 'aws-cdk-lib';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import { channelParameterName } from '../../src/contract';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { Deployed } from '../packer/build/deployed';

const app = (sysprep: boolean, team?: string) => (stack: Stack): void => {
  new PatchedBaseImage(stack, 'Desktop', { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025), schedule: BuildSchedule.patchTuesday(), sysprep });
  if (team !== undefined) Tags.of(stack).add('Team', team);
};

describe('an image without Sysprep, from the deploy to its release', () => {
  let stack: Deployed;
  let workflows: ImageBuilderService['workflows'];
  const version = (): string | undefined => stack.release(channelParameterName('citrix', 'desktop', 'latest'))?.version;
  const released = async (wanted: string): Promise<boolean> => {
    expect(await stack.until(() => version() === wanted, 6)).toBe(true);
    const [ami] = Object.values(stack.release(channelParameterName('citrix', 'desktop', 'latest'))!.amis);
    return stack.local.world.get(Ec2Service).image(ami!)!.traits.generalized;
  };

  beforeAll(async () => {
    stack = await Deployed.start('Citrix', app(false));
    ({ workflows } = stack.local.world.get(ImageBuilderService));
  });
  afterAll(() => stack.local.close());

  test('is built by its own workflow, tested, and released', async () => {
    expect(workflows.all().map(({ arn }) => arn)).toEqual([expect.stringMatching(/workflow\/build\/citrix--build-without-sysprep\/1\.0\.0\/1$/)]);
    expect(await released('1.0.0/1')).toBe(false);
  });

  test('new tags are put on the workflow and the component that are there, and no image is built for that', async () => {
    const { components } = stack.local.world.get(ImageBuilderService);
    const before = [...components.all(), ...workflows.all()].map(({ arn }) => arn);
    await stack.deploy(app(false, 'desktops'));
    const after = [...components.all(), ...workflows.all()];
    expect(after.map(({ arn }) => arn)).toEqual(before);
    expect(new Set(after.map(({ tags }) => tags.Team))).toEqual(new Set(['desktops']));
    expect(await stack.until(() => version() !== '1.0.0/1', 6)).toBe(false);
  });

  test('with Sysprep again it is built anew, from a recipe that checks what Sysprep needs, and the workflow is gone', async () => {
    const recipes = (): string[] => stack.local.world.get(ImageBuilderService).recipes.all().map(({ arn }) => arn.split('/').pop()!);
    expect(recipes()).toEqual(['1.0.0']);
    await stack.deploy(app(true, 'desktops'));
    expect(workflows.all()).toEqual([]);
    expect(await released('1.0.1/1')).toBe(true);
    expect(recipes()).toEqual(['1.0.1']);
  });
});
