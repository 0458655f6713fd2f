import { Duration, type StackProps } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Account, SurfaceStack } from './account';
import { desktops, otherDesktop, windowsCatalogue, windowsUpdates } from './catalogue';
import { windowsModules } from './modules';
import { existingAmi, shelfOf } from './shelf';
import { windowsComponents } from './windows';
import {
  BuildInfrastructure,
  BuildSchedule,
  type Channel,
  type Component,
  Gate,
  type IImage,
  OperatingSystemVersion,
  ParentImage,
  PatchedBaseImage,
  Platform,
  RoleImage,
} from 'cdk-golden-images';

/** Windows: every step, entry of the catalogue and road to Sysprep. */
export class WindowsStack extends SurfaceStack {
  public readonly web: Channel;

  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const { vpc, key, media, secret, license } = new Account(this);
    const shelf = shelfOf(media);
    const infrastructure = new BuildInfrastructure(this, 'Builds', { vpc, encryptionKey: key });
    const base = (name: string, version: OperatingSystemVersion, updates: Component): IImage =>
      new PatchedBaseImage(this, name, {
        parent: ParentImage.windowsServer(version),
        infrastructure,
        updates,
        schedule: BuildSchedule.patchTuesday({ delay: Duration.days(3) }),
      });
    const newest = base('Windows2025', OperatingSystemVersion.WINDOWS_SERVER_2025, windowsUpdates());
    const older = base('Windows2022', OperatingSystemVersion.WINDOWS_SERVER_2022, windowsUpdates());
    new RoleImage(this, 'Steps', {
      parent: newest,
      infrastructure,
      components: [...windowsComponents(shelf, { secret, parameter: license, key }), ...windowsModules()],
    });
    const catalogue = new RoleImage(this, 'Catalogue', {
      parent: older,
      infrastructure,
      components: windowsCatalogue(shelf),
      sysprep: true,
    });
    Object.entries(desktops(shelf)).forEach(
      ([name, components]) =>
        new RoleImage(this, name, { parent: older, infrastructure, components, sysprep: name !== 'citrix' }),
    );
    new PatchedBaseImage(this, 'WindowsOnArm', {
      parent: ParentImage.fromAmiId(existingAmi(this, 'windowsAmi'), {
        platform: Platform.WINDOWS,
        architecture: InstanceArchitecture.ARM_64,
        rootDeviceName: '/dev/sda1',
      }),
      infrastructure,
      schedule: BuildSchedule.patchTuesday(),
      updates: windowsUpdates(),
    });
    this.web = catalogue.addChannel('production', { gates: [Gate.soak(Duration.hours(24))] });
  }
}

/** A base that is updated as the library does it by itself. */
export class DesktopStack extends SurfaceStack {
  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const infrastructure = new BuildInfrastructure(this, 'Builds', { vpc: new Account(this).vpc });
    const parent = new PatchedBaseImage(this, 'Base', {
      parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025),
      infrastructure,
      schedule: BuildSchedule.patchTuesday(),
    });
    new RoleImage(this, 'Desktop', { parent, infrastructure, components: otherDesktop() });
  }
}
