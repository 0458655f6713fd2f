import type { ProvisionerMapping } from './provisioner';
import { filterProblem } from '../../../component/windows/filter-problem';
import { present } from '../present';
import { dropped, each, mapped, refused } from '../treatment';
import type { Values } from '../values';

/** rgl/packer-plugin-windows-update 0.18: the same keys as ours. */
export const windowsUpdate: ProvisionerMapping = {
  type: 'windows-update',
  becomes: '`WindowsUpdate.install`: the same criteria, ordered filters and limit, restarts between',
  platform: 'Windows',
  options: {
    search_criteria: mapped('`searchCriteria`'),
    filters: mapped('`filters`, in order'),
    update_limit: mapped('`updateLimit`'),
    update_max_retries: dropped('updates that fail are tried again by the step itself'),
    restart_timeout: dropped('Image Builder restarts the instance and waits for it'),
    restart_check_command: dropped('Image Builder restarts the instance and waits for it'),
    restart_command: refused('Image Builder restarts the instance by itself', 'remove it'),
    ...each('username password', dropped('updates are installed as SYSTEM')),
  },
  map(values) {
    const filters = values.texts('filters');
    const problem = filters.length > 0 ? filterProblem(filters) : undefined;
    if (problem) values.fail('filters', `${problem.what}; expected ${problem.expected}`, problem.fix);
    const settings = { searchCriteria: criteriaOf(values), filters: filters.length > 0 ? filters : undefined, updateLimit: limitOf(values) };
    return [{ kind: 'windowsUpdate', at: values.at, settings: present(settings) }];
  },
};

function criteriaOf(values: Values): string | undefined {
  const criteria = values.text('search_criteria');
  if (criteria === undefined || criteria.trim() !== '' && !/\{\{|[\r\n]/.test(criteria)) return criteria;
  return values.fail('search_criteria', '"search_criteria" is not one line of criteria', "write such as 'IsInstalled=0'");
}

function limitOf(values: Values): number | undefined {
  const limit = values.number('update_limit') ?? 0;
  if (limit < 0) values.fail('update_limit', `"update_limit" is ${limit}`, 'write a whole number from 1');
  return limit > 0 ? limit : undefined;
}
