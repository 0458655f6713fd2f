/** What to do about builders that are not taken over. */
export interface OtherBuilder {
  readonly why: string;
  readonly instead: string;
  /** Whether its provisioners run on a machine, so that they can be taken over as components. */
  readonly machine?: boolean;
}

const CODEBUILD = 'let Packer go on building it, and register its AMIs as versions of a RegisteredImage';
const NOT_AWS = 'it makes no AMI';
const RENDER = 'keep the template for it, or render the same steps for it by `golden-images render`';
const MACHINE: OtherBuilder = { why: NOT_AWS, instead: RENDER, machine: true };

/** By type; a star at the end stands for any text. The first that fits counts. */
export const OTHER_BUILDERS: Readonly<Record<string, OtherBuilder>> = {
  'amazon-ebssurrogate': { why: 'it builds on a volume beside the root volume', instead: CODEBUILD },
  'amazon-chroot': { why: 'it builds from within a running instance', instead: CODEBUILD },
  'amazon-instance': { why: 'it makes AMIs on instance store, which Image Builder does not', instead: CODEBUILD },
  'amazon-ebsvolume': { why: 'it makes volumes, not AMIs', instead: 'make a volume by AWS::EC2::Volume' },
  'azure-chroot': { why: 'it builds from within a running machine', instead: RENDER },
  'azure-*': MACHINE,
  'vsphere-*': MACHINE,
  'vmware-*': MACHINE,
  'hyperv-*': MACHINE,
  'virtualbox-*': MACHINE,
  'parallels-*': MACHINE,
  'proxmox-*': MACHINE,
  'qemu': MACHINE,
  'googlecompute': MACHINE,
  'docker': { why: 'it makes a container image', instead: 'build it by a Dockerfile' },
  'null': { why: 'it provisions a machine that runs, and makes no image', instead: 'use Systems Manager for machines that run' },
  'file': { why: NOT_AWS, instead: 'keep the template for it' },
  '*': { why: 'it makes no AMI that is known here', instead: CODEBUILD },
};

export function otherBuilder(type: string): OtherBuilder {
  const key = Object.keys(OTHER_BUILDERS).find((each) => (each.endsWith('*') ? type.startsWith(each.slice(0, -1)) : each === type))!;
  return OTHER_BUILDERS[key]!;
}
