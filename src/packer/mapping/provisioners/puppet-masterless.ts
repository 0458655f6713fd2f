import { checkGuestOs, GUEST_OS_OPTIONS } from './guest-os';
import type { ProvisionerMapping } from './provisioner';
import { staged, stagedFrom } from './staged';
import { bashQuoted } from '../../../component/step/quoting';
import { textOf } from '../text';
import { dropped, each, mapped, refused } from '../treatment';
import type { Values } from '../values';

export const puppetMasterless: ProvisionerMapping = {
  type: 'puppet-masterless',
  becomes: 'manifests and modules as an asset, and `puppet apply` on them; Puppet must be on the instance',
  platform: 'Linux',
  options: {
    ...GUEST_OS_OPTIONS,
    ...each('manifest_file manifest_dir module_paths hiera_config_path', mapped('the archive')),
    ...each('facter extra_arguments', mapped('facts and arguments of `puppet apply`')),
    puppet_bin_dir: mapped('the folder of `puppet`'),
    ignore_exit_codes: mapped('every exit code is success'),
    ...each('staging_directory working_directory clean_staging_directory prevent_sudo', dropped('the step has a folder of its own, and is root')),
    ...each('execute_command elevated_user elevated_password', refused('it has no counterpart', 'call puppet from a script')),
  },
  map(values) {
    checkGuestOs(values);
    if (values.required('manifest_file') === undefined) return [];
    const manifest = stagedFrom(values, 'manifest_file', (name) => `manifests/${name}`);
    const modules = stagedFrom(values, 'module_paths', (_, index) => `modules-${index}`);
    const hiera = stagedFrom(values, 'hiera_config_path', () => 'hiera.yaml');
    const files = [...manifest, ...stagedFrom(values, 'manifest_dir', () => 'manifests'), ...hiera, ...modules];
    const folder = values.text('puppet_bin_dir');
    const puppet = folder === undefined ? 'puppet' : `${folder.replace(/\/$/, '')}/puppet`;
    const command = [
      `${folder === undefined ? puppet : bashQuoted(puppet)} apply --detailed-exitcodes`,
      modules.length > 0 && `--modulepath=${modules.map(({ to }) => to).join(':')}`,
      hiera.length > 0 && '--hiera_config=hiera.yaml',
      ...values.texts('extra_arguments').map(bashQuoted),
      ...manifest.map(({ to }) => bashQuoted(to)),
    ].filter(Boolean).join(' ');
    // With detailed exit codes 2 says that something was changed.
    const accepted = values.flag('ignore_exit_codes') ? '*' : '0|2';
    const commands = [...factsOf(values), 'status=0', `${command} || status=$?`, `case "$status" in ${accepted}) ;; *) fail "puppet apply: exit code $status" ;; esac`];
    return [{ kind: 'onFiles', at: values.at, folder: staged('puppetapply', files), stepName: 'PuppetApply', program: puppet, commands }];
  },
};

const factsOf = (values: Values): string[] => [...values.map('facter')].map(([name, value]) => {
  if (!/^[A-Za-z_]\w*$/.test(name)) values.fail('facter', 'a fact has no valid name', 'write letters, digits and underscores');
  return `export FACTER_${name}=${bashQuoted(textOf(value, 'facter', values.part) ?? '')}`;
});
