import { checkCommand, extraVarsOf, warnOfEnvironment } from './ansible-arguments';
import { adjacentFiles, checkInventoryDirectory, givenFolders, REQUIREMENTS } from './ansible-files';
import type { ProvisionerMapping } from './provisioner';
import { staged } from './staged';
import type { StepPlan } from '../../plan';
import type { MappingContext } from '../context';
import { present } from '../present';
import { dropped, each, mapped, refused, type OptionTable } from '../treatment';
import type { Values } from '../values';

const ALONE = refused('the playbook runs on the build instance itself, the only host of its inventory', 'write the hosts of the playbook as `all`, and remove it');

const SHARED: OptionTable = {
  playbook_file: mapped('the playbook, with the folders beside it'),
  galaxy_file: mapped('`requirementsFile`'),
  extra_arguments: mapped('`--extra-vars`; those of the connection and the output are dropped, others refused'),
  ...each('inventory_file inventory_groups inventory_directory inventory_file_template groups empty_groups', ALONE),
  ...each('galaxy_command galaxy_force_install galaxy_force_with_deps', dropped('what the playbook needs is installed anew in every build')),
  command: mapped('nothing, where it is `ansible-playbook`, as root or not; others are refused'),
};

export const ansibleLocal: ProvisionerMapping = {
  type: 'ansible-local',
  becomes: '`Ansible.playbook`: ansible-core of a pinned version in an environment of its own, `-c local`',
  platform: 'Linux',
  options: {
    ...SHARED,
    playbook_files: mapped('one step each'),
    ...each('playbook_dir playbook_paths role_paths collection_paths group_vars host_vars', mapped('the archive')),
    ...each('staging_directory clean_staging_directory galaxy_roles_path galaxy_collections_path', dropped('the step has a folder of its own')),
  },
  // What Packer calls it there, by which a playbook may name it (provisioner/ansible-local/provisioner.go and provisioner/ansible/provisioner.go).
  map: (values, context) => stepsOf(values, context, '127.0.0.1'),
};

export const ansible: ProvisionerMapping = {
  type: 'ansible',
  becomes: 'as ansible-local: the playbook runs on the build instance; on Windows refused',
  platform: 'Linux',
  options: {
    ...SHARED,
    ...each('roles_path collections_path', mapped('the archive')),
    host_alias: mapped('the name of the instance in the inventory'),
    inventory_directory: mapped('nothing: Packer puts its inventory there; a folder with `group_vars` or `host_vars` is refused'),
    ...each(`user local_port ssh_host_key_file ssh_authorized_key_file ansible_ssh_extra_args ansible_proxy_key_type sftp_command use_sftp use_proxy
      ansible_winrm_use_http keep_inventory_file skip_version_check`, dropped('the playbook runs on the instance, without a connection')),
    ansible_env_vars: mapped('nothing, where it is for the connection or the output; others are not taken over, with a warning'),
  },
  map(values, context) {
    warnOfEnvironment(values);
    checkInventoryDirectory(values);
    return stepsOf(values, context, values.text('host_alias') ?? 'default');
  },
};

function stepsOf(values: Values, context: MappingContext, inventoryHostname: string): StepPlan[] {
  const files = [...values.texts('playbook_file'), ...values.texts('playbook_files')];
  checkCommand(values);
  if (files.length === 0) values.fail('playbook_file', '"playbook_file" is missing', 'name the playbook');
  const playbooks = files.map((file) => adjacentFiles(file, values)).filter((found) => found !== undefined);
  const given = givenFolders(values);
  const settings = {
    inventoryHostname,
    extraVars: extraVarsOf(values),
    version: versionOf(context, values),
    requirementsFile: values.setting('galaxy_file') === undefined ? undefined : REQUIREMENTS,
  };
  return playbooks.map(({ playbook, files: beside }) => ({
    kind: 'ansiblePlaybook', at: values.place('playbook_file'), folder: staged('playbook', [...beside, ...given]), settings: present({ playbook, ...settings }),
  }));
}

function versionOf({ ansibleVersion: version, part }: MappingContext, values: Values): string | undefined {
  if (version === undefined) {
    part.inform(values.at, 'ansible-core is the last one for the Python of the instance, of those that the library pins; `ansibleVersion`, or --ansible-version, is another');
  } else if (!/^[0-9]+\.[0-9]+\.[0-9][a-z0-9.]*$/.test(version)) {
    values.fail('playbook_file', `"${version}" is no version of ansible-core`, 'give such as ansibleVersion: "2.15.13"');
  }
  return version;
}
