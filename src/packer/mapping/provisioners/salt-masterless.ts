import type { ProvisionerMapping } from './provisioner';
import { bashQuoted } from '../../../component/step/quoting';
import { Platform } from '../../../image/platform';
import { PackerScript } from '../../packer-script';
import { localPath } from '../context';
import { StagedFolder, type StagedFile } from '../scripts/staged-folder';
import { dropped, each, mapped, refused } from '../treatment';
import { made } from '../written';

export const saltMasterless: ProvisionerMapping = {
  type: 'salt-masterless',
  becomes: 'states and pillars as an asset, and `salt-call --local` on them; Salt must be on the instance',
  platform: Platform.LINUX,
  options: {
    ...each('local_state_tree local_pillar_roots grains_file', mapped('the archive')),
    ...each('custom_state log_level salt_call_args no_exit_on_failure', mapped('arguments of `salt-call`')),
    skip_bootstrap: mapped('nothing: Salt is never installed'),
    ...each('temp_config_dir disable_sudo bootstrap_args salt_bin_dir', dropped('the step has a folder of its own, and is root')),
    ...each('minion_config remote_state_tree remote_pillar_roots formulas guest_os_type', refused('it has no counterpart', 'call salt-call from a script')),
  },
  map(values, context) {
    if (values.flag('skip_bootstrap') !== true) context.notices.warn(values.at, 'Salt is not installed by this step, as Packer would from the web: install it by a provisioner before');
    const files: StagedFile[] = [{ from: localPath(values.required('local_state_tree'), values.place('local_state_tree')), to: 'states' }];
    for (const [option, to] of [['local_pillar_roots', 'pillar'], ['grains_file', 'config/grains']] as const) {
      const path = values.text(option);
      if (path !== undefined) files.push({ from: localPath(path, values.place(option)), to });
    }
    const level = values.text('log_level') ?? 'info';
    if (!/^[a-z]+$/.test(level)) values.fail('log_level', '"log_level" is no level', 'write such as info');
    const state = values.text('custom_state');
    const command = [
      'salt-call --local --config-dir=config --file-root=states --pillar-root=pillar', `-l ${level}`,
      values.flag('no_exit_on_failure') ? '' : '--retcode-passthrough',
      state === undefined ? 'state.highstate' : `state.sls ${bashQuoted(state)}`,
      ...(values.text('salt_call_args')?.trim().split(/\s+/) ?? []).map(bashQuoted),
    ].filter((word) => word !== '').join(' ');
    return [made({ PackerScript }, 'onFiles', new StagedFolder('saltcall', files), { stepName: 'SaltCall', program: 'salt-call', commands: ['mkdir -p config pillar', command] })];
  },
};
