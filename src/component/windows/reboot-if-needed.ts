import type { StepAction } from '../step/action';
import { Condition } from '../step/condition';

/** Says that something asked for a restart. One for all: whoever restarts, restarts for all. */
export const REBOOT_FLAG = 'C:\\Windows\\Temp\\golden-images-reboot.flag';

/**
 * Restarts where the flag is there, and removes it. An installer's own 3010 must not reach Image Builder, which would restart and run the
 * same installer again; the Reboot module goes on with the next step. (Image Builder user guide, "Reboot".) An installer that is told not to
 * restart does not, also where it says 1641 (assumption: installer-keeps-no-restart).
 */
export const rebootIfNeeded = (): StepAction[] => {
  const condition = Condition.fileExists(REBOOT_FLAG);
  return [
    { name: 'RebootIfNeeded', action: 'Reboot', condition },
    { name: 'RebootDone', action: 'DeleteFile', inputs: [{ path: REBOOT_FLAG }], condition },
  ];
};

/** PowerShell that leaves the flag. */
export const writeFlag = (flag = REBOOT_FLAG): string => `New-Item -ItemType File -Force -Path '${flag}' | Out-Null`;
