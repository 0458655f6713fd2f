import { mapped, type OptionTable } from '../treatment';
import type { Values } from '../values';

export const GUEST_OS_OPTIONS: OptionTable = { guest_os_type: mapped('nothing, where it is `unix`; anything else is refused') };

/** What Packer takes the machine for: these provisioners are for Linux here. */
export function checkGuestOs(values: Values): void {
  const system = values.text('guest_os_type');
  if (system !== undefined && system !== 'unix') values.fail('guest_os_type', `"guest_os_type" is ${system.slice(0, 40)}, and the steps are for Linux`, 'write unix, or remove it');
}
