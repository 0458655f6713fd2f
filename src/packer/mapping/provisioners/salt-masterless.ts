import { checkGuestOs, GUEST_OS_OPTIONS } from './guest-os';
import type { ProvisionerMapping } from './provisioner';
import { staged, stagedFrom } from './staged';
import { bashQuoted } from '../../../component/step/quoting';
import { dropped, each, mapped, refused } from '../treatment';
import type { Values } from '../values';

export const saltMasterless: ProvisionerMapping = {
  type: 'salt-masterless',
  becomes: 'states and pillars as an asset, and `salt-call --local` on them; Salt must be on the instance',
  platform: 'Linux',
  options: {
    ...GUEST_OS_OPTIONS,
    ...each('local_state_tree local_pillar_roots grains_file', mapped('the archive')),
    ...each('custom_state log_level salt_call_args no_exit_on_failure', mapped('arguments of `salt-call`')),
    skip_bootstrap: mapped('nothing: Salt is never installed'),
    ...each('temp_config_dir disable_sudo bootstrap_args salt_bin_dir', dropped('the step has a folder of its own, and is root')),
    ...each('minion_config remote_state_tree remote_pillar_roots formulas', refused('it has no counterpart', 'call salt-call from a script')),
  },
  map(values, { part }) {
    checkGuestOs(values);
    if (values.flag('skip_bootstrap') !== true) part.warn(values.at, 'Salt is not installed by this step, as Packer would from the web: install it by a provisioner before');
    values.required('local_state_tree');
    const files = [
      ...stagedFrom(values, 'local_state_tree', () => 'states'),
      ...stagedFrom(values, 'local_pillar_roots', () => 'pillar'),
      ...stagedFrom(values, 'grains_file', () => 'config/grains'),
    ];
    const commands = ['mkdir -p config pillar', commandOf(values)];
    return [{ kind: 'onFiles', at: values.at, folder: staged('saltcall', files), stepName: 'SaltCall', program: 'salt-call', commands }];
  },
};

function commandOf(values: Values): string {
  const level = values.text('log_level') ?? 'info';
  if (!/^[a-z]+$/.test(level)) values.fail('log_level', '"log_level" is no level', 'write such as info');
  const state = values.text('custom_state');
  return [
    'salt-call --local --config-dir=config --file-root=states --pillar-root=pillar', `-l ${level}`,
    values.flag('no_exit_on_failure') ? '' : '--retcode-passthrough',
    state === undefined ? 'state.highstate' : `state.sls ${bashQuoted(state)}`,
    ...(values.text('salt_call_args')?.trim().split(/\s+/) ?? []).map(bashQuoted),
  ].filter((word) => word !== '').join(' ');
}
