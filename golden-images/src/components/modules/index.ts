import { execution } from './execution';
import { files } from './files';
import type { Modules } from './module';
import { relocation } from './relocation';
import { system } from './system';
import { transfer } from './transfer';

export { StepFailure, type Bench, type Outcome } from './module';
export { probeOf } from './probe';

/** What each action module does. */
export const actions: Modules = { ...execution, ...files, ...relocation, ...transfer, ...system };
