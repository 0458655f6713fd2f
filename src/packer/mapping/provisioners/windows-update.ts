import type { ProvisionerMapping } from './provisioner';
import { parseFilters } from '../../../component/windows/update-filter';
import { WindowsUpdate } from '../../../component/windows/windows-update';
import { Platform } from '../../../image/platform';
import { checked } from '../checked';
import { dropped, each, mapped, refused } from '../treatment';
import { made } from '../written';

/** rgl/packer-plugin-windows-update 0.18: the same keys as ours. */
export const windowsUpdate: ProvisionerMapping = {
  type: 'windows-update',
  becomes: '`WindowsUpdate.install`: the same criteria, ordered filters and limit, restarts between',
  platform: Platform.WINDOWS,
  options: {
    search_criteria: mapped('`searchCriteria`'),
    filters: mapped('`filters`, in order'),
    update_limit: mapped('`updateLimit`'),
    restart_timeout: dropped('Image Builder restarts the instance and waits for it'),
    restart_check_command: dropped('Image Builder restarts the instance and waits for it'),
    restart_command: refused('Image Builder restarts the instance by itself', 'remove it'),
    ...each('username password', dropped('updates are installed as SYSTEM')),
  },
  map(values) {
    const filters = values.texts('filters');
    const updateLimit = values.number('update_limit') ?? 0;
    if (filters.length > 0) checked(values.place('filters'), (scope) => parseFilters(scope, filters));
    const searchCriteria = values.text('search_criteria');
    if (searchCriteria !== undefined && (searchCriteria.trim() === '' || /\{\{|[\r\n]/.test(searchCriteria))) {
      values.fail('search_criteria', '"search_criteria" is not one line of criteria', "write such as 'IsInstalled=0'");
    }
    if (updateLimit < 0) values.fail('update_limit', `"update_limit" is ${updateLimit}`, 'write a whole number from 1');
    return [made({ WindowsUpdate }, 'install', {
      ...searchCriteria === undefined ? {} : { searchCriteria },
      ...filters.length > 0 ? { filters } : {},
      ...updateLimit > 0 ? { updateLimit } : {},
    })];
  },
};
