import { join } from 'node:path';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { inFolder } from './helpers/read-text';
import { ParentImage, type ParentImageConfig } from '../../src/image';
import { PackerTemplate } from '../../src/packer/packer-template';
import { OperatingSystemVersion, Platform } from '../../src/platform';

/** A parent of a class of the user's own, which says what it is when an image stands on it, and not before. */
class OwnParent extends ParentImage {
  public bind(): ParentImageConfig {
    throw new Error('no image stands on it yet');
  }
}

const ANSIBLE = { type: 'ansible-local', playbook_file: 'site.yml' };
const POWERSHELL = { type: 'powershell', inline: ['1'] };

/** The platform of an image whose parent is given, and how many components it has. */
const imported = (parent: ParentImage, provisioner: object): [Platform, number] =>
  inFolder({ 'template.json': JSON.stringify({ builders: [{ type: 'amazon-ebs', name: 'web' }], provisioners: [provisioner] }), 'site.yml': '- hosts: all\n' }, (folder) => {
    const { platform, components } = PackerTemplate.fromFile(join(folder, 'template.json'), { parents: { web: parent } }).image('web');
    return [platform, components.length];
  });

describe('what the mapping knows of a parent that is given, before an image stands on it', () => {
  test.each([
    ['ubuntu', ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04), ANSIBLE, Platform.LINUX],
    ['amazonLinux2023', ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64), ANSIBLE, Platform.LINUX],
    ['windowsServer', ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022), POWERSHELL, Platform.WINDOWS],
    ['fromAmiId with a system', ParentImage.fromAmiId('ami-01234567', { osVersion: OperatingSystemVersion.WINDOWS_SERVER_2022 }), POWERSHELL, Platform.WINDOWS],
    ['lookup', ParentImage.lookup({ owner: 'self', names: ['base-*'], osVersion: OperatingSystemVersion.UBUNTU_22_04 }), ANSIBLE, Platform.LINUX],
    ['amazonManaged', ParentImage.amazonManaged('windows-server-2022-english-full-base-x86'), POWERSHELL, Platform.WINDOWS],
    ['ecsOptimized', ParentImage.ecsOptimized(), ANSIBLE, Platform.LINUX],
    ['redHatEnterpriseLinux', ParentImage.redHatEnterpriseLinux(OperatingSystemVersion.RHEL_9), { type: 'shell', inline: ['true'] }, Platform.LINUX],
  ])('%s', (_, parent, provisioner, platform) => expect(imported(parent, provisioner)).toEqual([platform, 1]));

  test('of a class of the user what the template says', () => {
    expect(imported(new OwnParent(), POWERSHELL)).toEqual([Platform.WINDOWS, 1]);
    expect(imported(new OwnParent(), { type: 'shell', inline: ['true'] })).toEqual([Platform.LINUX, 1]);
    expect(imported(new OwnParent(), ANSIBLE)).toEqual([Platform.LINUX, 1]);
  });

  test('a provisioner of the other platform is refused', () => {
    expect(() => imported(ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04), POWERSHELL)).toThrow(/runs on Windows only, and the image of "web" is Linux/);
  });
});
