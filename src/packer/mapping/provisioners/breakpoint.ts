import type { ProvisionerMapping } from './provisioner';
import { dropped, mapped } from '../treatment';

export const breakpoint: ProvisionerMapping = {
  type: 'breakpoint',
  becomes: 'nothing, where it is disabled; otherwise refused',
  options: { disable: mapped('whether it is ignored'), note: dropped('it belongs to the breakpoint') },
  map(values) {
    if (values.flag('disable') !== true) {
      values.fail('disable', 'a breakpoint waits for a person, and nobody sits before a build', 'remove it; a release that waits for a person is the matter of a gate of its channel');
    }
    return [];
  },
};
