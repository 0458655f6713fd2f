import type { ProvisionerMapping } from './provisioner';
import { bashQuoted } from '../../../component/step/quoting';
import { Platform } from '../../../image/platform';
import { PackerScript } from '../../packer-script';
import type { Setting } from '../../template/model';
import { localPath } from '../context';
import { StagedFolder, type StagedFile } from '../scripts/staged-folder';
import { dropped, each, mapped, refused } from '../treatment';
import { textOf, type Values } from '../values';
import { made } from '../written';

const FOLDERS = { data_bags_path: 'data_bag_path', environments_path: 'environment_path', roles_path: 'role_path' } as const;

export const chefSolo: ProvisionerMapping = {
  type: 'chef-solo',
  becomes: 'cookbooks as an asset, and `chef-solo` on them; Chef must be on the instance',
  platform: Platform.LINUX,
  options: {
    ...each('cookbook_paths data_bags_path environments_path roles_path', mapped('the archive')),
    ...each('run_list json chef_environment chef_license', mapped('arguments of `chef-solo`')),
    skip_install: mapped('nothing: Chef is never installed'),
    ...each('staging_directory prevent_sudo', dropped('the step has a folder of its own, and is root')),
    ...each('install_command version', dropped('Chef is not installed by this step: install it by a provisioner before')),
    ...each('remote_cookbook_paths encrypted_data_bag_secret_path config_template execute_command guest_os_type',
      refused('it has no counterpart', 'call chef-solo from a script')),
  },
  map(values, context) {
    if (values.flag('skip_install') !== true) context.notices.warn(values.at, 'Chef is not installed by this step, as Packer would from the web: install it by a provisioner before');
    const files: StagedFile[] = values.list('cookbook_paths').map((item, index) => (
      { from: localPath(textOf(item, 'cookbook_paths'), item.at), to: `cookbooks-${index}` }));
    const config = [`cookbook_path [${files.map(({ to }) => `File.join(__dir__, '${to}')`).join(', ')}]`];
    for (const [option, key] of Object.entries(FOLDERS)) {
      const path = values.text(option);
      if (path === undefined) continue;
      files.push({ from: localPath(path, values.place(option)), to: option });
      config.push(`${key} File.join(__dir__, '${option}')`);
    }
    const node = { ...plain(values), run_list: values.texts('run_list') };
    const environment = values.text('chef_environment');
    const license = values.text('chef_license');
    return [made({ PackerScript }, 'onFiles', new StagedFolder('chefsolo', files), {
      stepName: 'ChefSolo',
      program: 'chef-solo',
      commands: [
        `printf '%s\\n' ${config.map(bashQuoted).join(' ')} > solo.rb`,
        `printf '%s' ${bashQuoted(JSON.stringify(node))} > node.json`,
        ['chef-solo --no-color -c solo.rb -j node.json', environment && `-E ${bashQuoted(environment)}`, license && `--chef-license ${bashQuoted(license)}`].filter(Boolean).join(' '),
      ],
    })];
  },
};

/** Attributes of the node, as JSON. */
function plain(values: Values): Record<string, unknown> {
  return Object.fromEntries([...values.map('json')].map(([name, setting]) => [name, jsonOf(setting)]));
}

function jsonOf(setting: Setting): unknown {
  if (setting.kind === 'list') return setting.value.map(jsonOf);
  if (setting.kind === 'map') return Object.fromEntries([...setting.value].map(([name, item]) => [name, jsonOf(item)]));
  return setting.kind === 'scalar' ? setting.value : textOf(setting, 'json');
}

