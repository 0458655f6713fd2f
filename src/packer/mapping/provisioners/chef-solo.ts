import { checkGuestOs, GUEST_OS_OPTIONS } from './guest-os';
import type { ProvisionerMapping } from './provisioner';
import { staged, stagedFrom } from './staged';
import { bashQuoted } from '../../../component/step/quoting';
import type { Setting } from '../../template/model';
import { textOf } from '../text';
import { dropped, each, mapped, refused } from '../treatment';
import type { Values } from '../values';

const FOLDERS = { data_bags_path: 'data_bag_path', environments_path: 'environment_path', roles_path: 'role_path' } as const;

export const chefSolo: ProvisionerMapping = {
  type: 'chef-solo',
  becomes: 'cookbooks as an asset, and `chef-solo` on them; Chef must be on the instance',
  platform: 'Linux',
  options: {
    ...GUEST_OS_OPTIONS,
    ...each('cookbook_paths data_bags_path environments_path roles_path', mapped('the archive')),
    ...each('run_list json chef_environment chef_license', mapped('arguments of `chef-solo`')),
    skip_install: mapped('nothing: Chef is never installed'),
    ...each('staging_directory prevent_sudo', dropped('the step has a folder of its own, and is root')),
    ...each('install_command version', dropped('Chef is not installed by this step: install it by a provisioner before')),
    ...each('remote_cookbook_paths encrypted_data_bag_secret_path config_template execute_command',
      refused('it has no counterpart', 'call chef-solo from a script')),
  },
  map(values, { part }) {
    checkGuestOs(values);
    if (values.flag('skip_install') !== true) part.warn(values.at, 'Chef is not installed by this step, as Packer would from the web: install it by a provisioner before');
    const cookbooks = stagedFrom(values, 'cookbook_paths', (_, index) => `cookbooks-${index}`);
    const folders = Object.entries(FOLDERS).flatMap(([option, key]) =>
      stagedFrom(values, option, () => option).map((file) => ({ file, line: `${key} File.join(__dir__, '${option}')` })));
    const config = [`cookbook_path [${cookbooks.map(({ to }) => `File.join(__dir__, '${to}')`).join(', ')}]`, ...folders.map(({ line }) => line)];
    const node = { ...attributes(values), run_list: values.texts('run_list') };
    const environment = values.text('chef_environment');
    const license = values.text('chef_license');
    const command = [
      'chef-solo --no-color -c solo.rb -j node.json', environment && `-E ${bashQuoted(environment)}`, license && `--chef-license ${bashQuoted(license)}`,
    ];
    return [{
      kind: 'onFiles',
      at: values.at,
      folder: staged('chefsolo', [...cookbooks, ...folders.map(({ file }) => file)]),
      stepName: 'ChefSolo',
      program: 'chef-solo',
      commands: [
        `printf '%s\\n' ${config.map(bashQuoted).join(' ')} > solo.rb`,
        `printf '%s' ${bashQuoted(JSON.stringify(node))} > node.json`,
        command.filter(Boolean).join(' '),
      ],
    }];
  },
};

/** Attributes of the node, as JSON. */
function attributes(values: Values): Record<string, unknown> {
  return Object.fromEntries([...values.map('json')].map(([name, setting]) => [name, jsonOf(setting, values)]));
}

function jsonOf(setting: Setting, values: Values): unknown {
  if (setting.kind === 'list') return setting.value.map((item) => jsonOf(item, values));
  if (setting.kind === 'map') return Object.fromEntries([...setting.value].map(([name, item]) => [name, jsonOf(item, values)]));
  return setting.kind === 'scalar' ? setting.value : textOf(setting, 'json', values.part);
}
