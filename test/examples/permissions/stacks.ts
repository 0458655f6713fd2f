import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { InstanceProfile, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Agents } from '../../../src/catalog';
import { Component, RuntimeSecret, SecretScript, Source, Step } from '../../../src/component';
import { ControlPlaneSettings, type ControlPlaneSettingsProps } from '../../../src/control-plane';
import { Fleet } from '../../../src/fleet';
import {
  BuildInfrastructure, BuildSchedule, DiskExport, DiskImport, ParentImage, PatchedBaseImage, RegisteredImage,
} from '../../../src/image';
import { PackerBuild, PackerConnection } from '../../../src/packer/build';
import { OperatingSystemVersion } from '../../../src/platform';
import { newBase, newStack } from '../../image/fixture';

const TEMPLATE = join(__dirname, '../../packer/build/template');
const tool = (name: string): Source => Source.https(`https://tools.example.com/${name}`, 'b'.repeat(64));

/** An image that comes from an imported disk and goes to a bucket. */
export function disks(): Stack {
  const stack = newStack('Disks');
  new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.fromImportedDisk('erp-server'), schedule: BuildSchedule.daily(), encrypted: false, diskExport: DiskExport.vmdk({ bucket: new Bucket(stack, 'Bucket') }),
  });
  return stack;
}

/** Importing disks and ISO files, under a key of one's own, by a user. */
export function imports(): Stack {
  const stack = newStack('Imports');
  const encryptionKey = new Key(stack, 'Key');
  const isoInfrastructure = new BuildInfrastructure(stack, 'Iso', { encryptionKey });
  new DiskImport(stack, 'Import', { isoInfrastructure, encryptionKey }).grantImport(new User(stack, 'Person'));
  return stack;
}

/** All that components, infrastructures and workflows give the role of build instances and of the service. */
export function builds(): Stack {
  const stack = newStack('Builds');
  const key = new Key(stack, 'Key');
  const bucket = new Bucket(stack, 'Files', { encryptionKey: key });
  const secret = RuntimeSecret.secretsManager(new Secret(stack, 'Password', { encryptionKey: key }), { jsonField: 'password' });
  const parameter = RuntimeSecret.parameter(StringParameter.fromSecureStringParameterAttributes(stack, 'License', { parameterName: '/license', encryptionKey: key }));
  new PatchedBaseImage(stack, 'Linux', {
    parent: ParentImage.amazonLinux2023(),
    schedule: BuildSchedule.daily(),
    infrastructure: new BuildInfrastructure(stack, 'Infrastructure', { encryptionKey: key, logBucket: bucket }),
    components: [
      Component.fromSteps('Secrets', { buildSteps: [SecretScript.bash({ PASSWORD: secret, LICENSE: parameter }, 'use')] }),
      Component.fromSteps('Files', { buildSteps: [Step.download(Source.bucket(bucket, 'site.tar.gz', 'b'.repeat(64)), '/srv/site.tar.gz')] }),
      Agents.inspectorSbom({ bucket, generatorVersion: '1.17.5', generatorSha256: 'b'.repeat(64) }),
    ],
  });
  new PatchedBaseImage(stack, 'Windows', { parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022), schedule: BuildSchedule.daily(), sysprep: false });
  return stack;
}

/** Instances that are launched from an image under a key of the app. */
export function launches(): Stack {
  const stack = newStack('Launches');
  const encryptionKey = new Key(stack, 'Key');
  const infrastructure = new BuildInfrastructure(stack, 'Infrastructure', { encryptionKey });
  const image = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), infrastructure });
  new Fleet(stack, 'Fleet', { follows: image.channel('latest') });
  return stack;
}

/** Packer in AWS CodeBuild with all that may be asked of it. */
export function packer(settings: ControlPlaneSettingsProps = {}): Stack {
  const stack = newStack('Packer');
  ControlPlaneSettings.apply(stack, settings);
  const key = new Key(stack, 'Key');
  const image = new RegisteredImage(stack, 'Golden', { parent: newBase(stack) });
  const role = new Role(stack, 'InstanceRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  new PackerBuild(stack, 'Build', {
    image,
    template: Source.asset(TEMPLATE),
    runTag: { key: 'Name', value: 'Packer Builder' },
    packer: tool('packer.zip'),
    parentVariable: 'source_ami',
    schedule: BuildSchedule.daily(),
    vpc: new Vpc(stack, 'Vpc'),
    instanceProfile: new InstanceProfile(stack, 'Profile', { role }),
    connection: PackerConnection.sessionManager(tool('plugin.rpm')),
    secretVariables: { password: new Secret(stack, 'Password', { encryptionKey: key }) },
    volumeKey: key,
    encryptionKey: key,
  });
  image.grantRegister(new User(stack, 'Person'));
  const shared = new RegisteredImage(stack, 'Shared', { initialAmi: ParentImage.amazonLinux2023(), owners: ['999999999999'], copyAmis: true });
  shared.grantRegister(new User(stack, 'Robot'), { claimsTests: true, directInvocation: true });
  return stack;
}
