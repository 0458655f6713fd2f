import { basename } from 'node:path';
import type { ProvisionerMapping } from './provisioner';
import { bashQuoted } from '../../../component/step/quoting';
import { Platform } from '../../../image/platform';
import { PackerScript } from '../../packer-script';
import { localPath } from '../context';
import { StagedFolder, type StagedFile } from '../scripts/staged-folder';
import { dropped, each, mapped, refused } from '../treatment';
import { textOf } from '../values';
import { made } from '../written';

export const puppetMasterless: ProvisionerMapping = {
  type: 'puppet-masterless',
  becomes: 'manifests and modules as an asset, and `puppet apply` on them; Puppet must be on the instance',
  platform: Platform.LINUX,
  options: {
    ...each('manifest_file manifest_dir module_paths hiera_config_path', mapped('the archive')),
    ...each('facter extra_arguments', mapped('facts and arguments of `puppet apply`')),
    ignore_exit_codes: mapped('every exit code is success'),
    ...each('staging_directory working_directory clean_staging_directory prevent_sudo puppet_bin_dir', dropped('the step has a folder of its own, and is root')),
    ...each('execute_command guest_os_type elevated_user elevated_password', refused('it has no counterpart', 'call puppet from a script')),
  },
  map(values) {
    const manifest = localPath(values.required('manifest_file'), values.place('manifest_file'));
    const files: StagedFile[] = [{ from: manifest, to: `manifests/${basename(manifest)}` }];
    const folder = values.text('manifest_dir');
    if (folder !== undefined) files.push({ from: localPath(folder, values.place('manifest_dir')), to: 'manifests' });
    const modules = values.list('module_paths').map((item, index) => ({ from: localPath(textOf(item, 'module_paths'), item.at), to: `modules-${index}` }));
    const hiera = values.text('hiera_config_path');
    if (hiera !== undefined) files.push({ from: localPath(hiera, values.place('hiera_config_path')), to: 'hiera.yaml' });
    const facts = [...values.map('facter')].map(([name, value]) => {
      if (!/^[A-Za-z_]\w*$/.test(name)) values.fail('facter', 'a fact has no valid name', 'write letters, digits and underscores');
      return `export FACTER_${name}=${bashQuoted(textOf(value, 'facter'))}`;
    });
    const command = [
      'puppet apply --detailed-exitcodes',
      modules.length > 0 && `--modulepath=${modules.map(({ to }) => to).join(':')}`,
      hiera !== undefined && '--hiera_config=hiera.yaml',
      ...values.texts('extra_arguments').map(bashQuoted),
      bashQuoted(`manifests/${basename(manifest)}`),
    ].filter(Boolean).join(' ');
    // With detailed exit codes 2 says that something was changed.
    const accepted = values.flag('ignore_exit_codes') ? '*' : '0|2';
    const commands = [...facts, 'status=0', `${command} || status=$?`, `case "$status" in ${accepted}) ;; *) fail "puppet apply: exit code $status" ;; esac`];
    return [made({ PackerScript }, 'onFiles', new StagedFolder('puppetapply', [...files, ...modules]), { stepName: 'PuppetApply', program: 'puppet', commands })];
  },
};
