import { execution } from './execution';
import { files } from './files';
import type { ActionModules } from './module';
import { system } from './system';
import { transfer } from './transfer';
import { windows } from './windows';

export type { ActionModule } from './module';

/** Every action module, by name. */
export const modules: ActionModules = { ...execution, ...transfer, ...files, ...windows, ...system };
