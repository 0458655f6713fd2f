import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { echo } from './fixture';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import { Source } from '../../src/component';
import { Fleet, RolloutTarget } from '../../src/fleet';
import { BuildInfrastructure, BuildSchedule, DiskExport, ParentImage, PatchedBaseImage, RegisteredImage, RoleImage } from '../../src/image';
import { PackerBuild } from '../../src/packer/build';
import { Deployed } from '../packer/build/deployed';

interface Where {
  /** The construct that holds it. */
  readonly scope?: (stack: Stack) => Construct;
  /** Begins the ids of constructs. */
  readonly id?: string;
  /** Name of the base. */
  readonly base?: string;
}

const tool = (name: string) => Source.https(`https://tools.example.com/${name}`, 'b'.repeat(64));

/** An app with everything that has a fixed name, and a group that stays where it is. */
const app = ({ scope: scopeOf = (stack) => stack, id = '', base: imageName = 'base' }: Where) => (stack: Stack): void => {
  const scope = scopeOf(stack);
  const bucket = new Bucket(stack, 'Disks');
  const infrastructure = new BuildInfrastructure(scope, 'Farm');
  const base = new PatchedBaseImage(scope, `${id}Base`, {
    imageName,
    parent: ParentImage.amazonLinux2023(),
    schedule: BuildSchedule.daily(),
    infrastructure,
    encrypted: false,
    diskExport: DiskExport.raw({ bucket }),
  });
  const role = new RoleImage(scope, `${id}Role`, { imageName: 'role', parent: base, components: [echo()], infrastructure });
  const image = new RegisteredImage(scope, `${id}Web`, { imageName: 'web', initialAmi: ParentImage.amazonLinux2023() });
  new PackerBuild(scope, `${id}Packer`, {
    image, template: Source.asset(join(__dirname, '../packer/build/template')), runTag: { key: 'Name', value: 'Packer Builder' }, packer: tool('packer.zip'),
  });
  const fleet = new Fleet(scope, `${id}Servers`, { fleetName: 'servers', follows: role.latest });
  group(stack, fleet);
};

function group(stack: Stack, fleet: Fleet): void {
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }] });
  fleet.addTarget(RolloutTarget.autoScalingGroup(new AutoScalingGroup(stack, 'Group', {
    vpc, instanceType: new InstanceType('t3.small'), machineImage: fleet.machineImage, vpcSubnets: { subnetType: SubnetType.PUBLIC },
  })));
}

const NAMED = /^AWS::ImageBuilder::|^Custom::|^AWS::(CodeBuild::Project|CloudWatch::Alarm|SSM::Parameter)$/;

class Moved {
  public static async deploy(before: Where, after: Where): Promise<Moved> {
    const deployed = await Deployed.start('Shop', app(before));
    try {
      const moved = new Moved(deployed, Moved.named(deployed));
      await deployed.deploy(app(after));
      return moved;
    } finally {
      // What is looked at afterwards stands in the world, which needs no server for that.
      await deployed.local.close();
    }
  }

  /** Everything with a fixed name: logical id and physical id. */
  private static named({ local }: Deployed): string[] {
    const resources = [...local.world.get(CloudFormationService).stackState('Shop')!.resources.values()];
    return resources.filter(({ type }) => NAMED.test(type)).map(({ logicalId, physicalId }) => `${logicalId} ${physicalId}`).sort();
  }

  private constructor(private readonly deployed: Deployed, public readonly before: string[]) {}

  public get after(): string[] {
    return Moved.named(this.deployed);
  }

  public get distributions(): string[] {
    return this.deployed.local.world.get(ImageBuilderService).distributions.all().map(({ name }) => name);
  }
}

test.each<[string, Where]>([
  ['is wrapped in another construct', { scope: (stack) => new Construct(stack, 'Team') }],
  ['moves deep into the tree', { scope: (stack) => new Construct(new Construct(stack, 'Company'), 'Team') }],
  ['gets other construct ids', { id: 'New' }],
])('an app with fixed names that %s deploys, and keeps every resource that has a name', async (_, after) => {
  const moved = await Moved.deploy({}, after);
  expect(moved.before.length).toBeGreaterThan(15);
  expect(moved.after).toEqual(moved.before);
  expect(moved.distributions).toEqual(['shop--base']);
});

test('an image that gets another name is another image, beside which the others stay', async () => {
  const moved = await Moved.deploy({}, { base: 'foundation' });
  const other = (lines: string[]) => lines.filter((line) => !/Base|Foundation/.test(line) && !line.startsWith('GoldenImagesRecipeRole'));
  expect(other(moved.after)).toEqual(other(moved.before));
  expect(moved.after.filter((line) => /:image-(pipeline|recipe)\//.test(line)).map((line) => line.split('/')[1]).sort())
    .toEqual(['shop--foundation', 'shop--foundation', 'shop--role', 'shop--role']);
  expect(moved.distributions).toEqual(['shop--foundation']);
});
