import { attributes, Expression, variable, type HclLine, type HclValue } from './hcl';
import { SYSPREP_AMAZON, SYSPREP_AZURE, SYSPREP_COMMAND, WAAGENT, WINRM } from './last-steps';
import type { Variable } from './variables';
import type { Plan } from '../plan/plan';

/** Where an image is built. */
export const SOURCES = ['amazon-ebs', 'vsphere-iso', 'azure-arm', 'null'] as const;
export type SourceType = typeof SOURCES[number];

/** A builder of Packer, with what is specific to a site as variables. */
export interface Source {
  readonly variables: readonly Variable[];
  readonly body: readonly HclLine[];
  /** The plugin that has it; none for what Packer itself has. */
  readonly plugin?: { readonly name: string; readonly source: string; readonly version: string };
  /** What has to be done last to a machine that becomes an image. */
  readonly last?: { readonly title: string; readonly notes: string; readonly script: string };
  /** Files beside the template. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A value with the variable that gives it. */
const given = (variables: readonly Variable[], others: Readonly<Record<string, HclValue | undefined>> = {}): HclLine[] =>
  attributes({ ...Object.fromEntries(variables.map(({ name }) => [name, variable(name)])), ...others });

export function sourceOf(type: SourceType, plan: Plan): Source {
  return { 'amazon-ebs': amazon, 'vsphere-iso': vsphere, 'azure-arm': azure, 'null': machine }[type](plan);
}

const isWindows = ({ language }: Plan): boolean => language.name === 'powershell';

const text = (name: string, description: string, value?: HclValue): Variable => (
  { name, description, ...value === undefined ? {} : { default: value } }
);
const secret = (name: string, description: string): Variable => ({ name, description, sensitive: true });

/** Over HTTPS, with a certificate that the machine made for itself. */
const WINRM_ACCESS = { communicator: 'winrm', winrm_use_ssl: true, winrm_insecure: true, winrm_timeout: '30m' };

function amazon(plan: Plan): Source {
  const parent = plan.lineage[0]!.parent;
  const user = text('ssh_username', 'User of the parent image who may become root by sudo.', userOf(parent));
  const variables = [
    text('region', 'Region in which the image is built, such as eu-central-1.'),
    text('source_ami', `AMI to start from. In AWS the image starts from ${parent}${howToFind(parent)}`, /^ami-[0-9a-f]+$/.test(parent) ? parent : undefined),
    text('instance_type', 'Type of the build instance.', isWindows(plan) ? 'm5.large' : 't3.small'),
    text('subnet_id', 'Subnet of the build instance; none is one of the default VPC.', ''),
  ];
  const access = isWindows(plan)
    ? { ...WINRM_ACCESS, winrm_username: 'Administrator', user_data_file: new Expression('"${path.root}/user-data/winrm.txt"'), disable_stop_instance: true }
    : { communicator: 'ssh', ssh_username: variable('ssh_username') };
  return {
    variables: [...variables, ...isWindows(plan) ? [] : [user]],
    body: given(variables, { ami_name: new Expression('local.image_name'), encrypt_boot: true, ...access }),
    plugin: { name: 'amazon', source: 'github.com/hashicorp/amazon', version: '>= 1.2.0' },
    ...isWindows(plan) ? { last: SYSPREP_AMAZON, files: { 'user-data/winrm.txt': WINRM } } : {},
  };
}

const howToFind = (parent: string): string =>
  (parent.startsWith('ssm:') ? `: aws ssm get-parameter --name ${parent.slice(4)} --query Parameter.Value --output text` : '');

const userOf = (parent: string): string => (/ubuntu|canonical/.test(parent) ? 'ubuntu' : /debian/.test(parent) ? 'admin' : 'ec2-user');

function vsphere(plan: Plan): Source {
  const variables = [
    text('vcenter_server', 'Host name of vCenter.'),
    text('username', 'User of vCenter.'),
    passwordFor('password'),
    text('datacenter', 'Data centre in which the machine is made.'),
    text('cluster', 'Cluster on which it runs.'),
    text('datastore', 'Datastore that holds its disk.'),
    text('folder', 'Folder for the template.', ''),
    text('guest_os_type', 'Kind of guest of vSphere.', isWindows(plan) ? 'windows2019srvNext_64Guest' : 'otherLinux64Guest'),
    { ...text('iso_paths', 'Installation media, such as ["[datastore] iso/server.iso"].'), type: 'list(string)' },
    { ...text('floppy_files', 'Answer files of the installation, which must let Packer in.', []), type: 'list(string)' },
    { ...text('boot_command', 'Keys that start the installation.', []), type: 'list(string)' },
    { ...text('CPUs', 'Processors of the machine.', 2), type: 'number' },
    { ...text('RAM', 'Its memory in MB.', 4096), type: 'number' },
  ];
  const disk = [
    { ...text('disk_size', 'Size of the disk in MB.', isWindows(plan) ? 61440 : 20480), type: 'number' },
    text('network', 'Network of the build.'),
  ];
  const access = accessVariables(plan);
  return {
    variables: [...variables, ...disk, ...access],
    body: [
      ...given(variables, { vm_name: new Expression('local.image_name'), convert_to_template: true }),
      { kind: 'space' },
      { kind: 'block', header: 'storage', body: attributes({ disk_size: variable('disk_size'), disk_thin_provisioned: true }) },
      { kind: 'space' },
      { kind: 'block', header: 'network_adapters', body: attributes({ network: variable('network') }) },
      { kind: 'space' },
      ...given(access, isWindows(plan)
        ? { communicator: 'winrm', winrm_timeout: '4h', shutdown_command: SYSPREP_COMMAND, shutdown_timeout: '1h' }
        : { communicator: 'ssh', ssh_timeout: '1h' }),
    ],
    plugin: { name: 'vsphere', source: 'github.com/hashicorp/vsphere', version: '>= 1.2.0' },
  };
}

const passwordFor = (name: string): Variable => secret(name, `Password of that user: give it by PKR_VAR_${name}.`);

const accessVariables = (plan: Plan): Variable[] => (isWindows(plan)
  ? [text('winrm_username', 'Administrator that the answer file makes.', 'Administrator'), passwordFor('winrm_password')]
  : [text('ssh_username', 'User that the installation makes, who is root or may become root by sudo.'), passwordFor('ssh_password')]);

function azure(plan: Plan): Source {
  const variables = [
    text('subscription_id', 'Subscription in which the image is built.'),
    text('location', 'Region in which it is built, such as germanywestcentral.'),
    text('managed_image_resource_group_name', 'Resource group that gets the image.'),
    text('image_publisher', 'Publisher of the parent image.', isWindows(plan) ? 'MicrosoftWindowsServer' : undefined),
    text('image_offer', 'Offer of the parent image.', isWindows(plan) ? 'WindowsServer' : undefined),
    text('image_sku', 'SKU of the parent image.', isWindows(plan) ? '2022-datacenter-g2' : undefined),
    text('vm_size', 'Size of the build machine.', 'Standard_D2s_v3'),
  ];
  const access = isWindows(plan)
    ? { os_type: 'Windows', ...WINRM_ACCESS, winrm_username: 'packer' }
    : { os_type: 'Linux', communicator: 'ssh', ssh_username: 'packer' };
  return {
    variables,
    body: given(variables, { managed_image_name: new Expression('local.image_name'), use_azure_cli_auth: true, ...access }),
    plugin: { name: 'azure', source: 'github.com/hashicorp/azure', version: '>= 2.0.0' },
    last: isWindows(plan) ? SYSPREP_AZURE : WAAGENT,
  };
}

function machine(plan: Plan): Source {
  const windows = isWindows(plan);
  const prefix = windows ? 'winrm' : 'ssh';
  const variables = [
    text(`${prefix}_host`, 'A machine that is there already.'),
    { ...text(`${prefix}_port`, 'Its port.', windows ? 5986 : 22), type: 'number' },
    text(`${prefix}_username`, windows ? 'An administrator of it.' : 'User of it who is root, or may become root by sudo.'),
    windows ? passwordFor('winrm_password') : text('ssh_private_key_file', 'Key of that user.'),
  ];
  return { variables, body: given(variables, { communicator: prefix, ...windows ? { winrm_use_ssl: true, winrm_insecure: true } : {} }) };
}
