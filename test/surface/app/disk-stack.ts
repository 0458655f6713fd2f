import type { StackProps } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Account, SurfaceStack } from './account';
import { linuxUpdates } from './catalogue';
import {
  BuildInfrastructure,
  BuildSchedule,
  DiskExport,
  DiskImport,
  OperatingSystemVersion,
  ParentImage,
  PatchedBaseImage,
  Platform,
} from 'cdk-golden-images';

/** Disks that come from elsewhere and go elsewhere. */
export class DiskStack extends SurfaceStack {
  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const { vpc, logs, media, key } = new Account(this);
    const infrastructure = new BuildInfrastructure(this, 'Builds', {
      vpc,
      subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    });
    new DiskImport(this, 'Import', {
      accessLogBucket: logs,
      encryptionKey: key,
      isoInfrastructure: infrastructure,
    }).grantImport(new Role(this, 'Importer', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    const base = (name: string, diskExport: DiskExport): PatchedBaseImage =>
      new PatchedBaseImage(this, name, {
        parent: ParentImage.fromImportedDisk('erp-server', {
          platform: Platform.LINUX,
          version: 'x.x.x',
          rootDeviceName: '/dev/sda1',
          osVersion: OperatingSystemVersion.RHEL_9,
        }),
        infrastructure,
        schedule: BuildSchedule.daily(),
        encrypted: false,
        diskExport,
        updates: linuxUpdates(),
      });
    base('Vsphere', DiskExport.vmdk({ bucket: media, prefix: 'vsphere' }));
    base('HyperV', DiskExport.vhd({ bucket: media }));
    base('Kvm', DiskExport.raw({ bucket: media }));
  }
}

/** The same with a bucket of the user's. */
export class OwnDiskStack extends SurfaceStack {
  public constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new DiskImport(this, 'Import', { bucket: new Account(this).media });
  }
}
