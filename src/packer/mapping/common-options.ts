import { mapped, type OptionTable } from './treatment';
import type { Values } from './values';
import { derived, made } from './written';
import { Step } from '../../component/step';
import { Platform } from '../../image/platform';

/** What every provisioner has. */
export const COMMON_OPTIONS: OptionTable = {
  pause_before: mapped('a step that waits'),
  max_retries: mapped('attempts: one more than retries'),
  timeout: mapped('timeout of the step'),
};

/** Without effect beside another communicator than ours. */
export const UPLOADS = 'start_retry_timeout remote_folder remote_file remote_path skip_clean';

export function withCommonOptions(values: Values, steps: Step[], platform: Platform): Step[] {
  const timeout = values.duration('timeout');
  const retries = values.number('max_retries') ?? 0;
  if (retries < 0 || retries > 100) values.fail('max_retries', `"max_retries" is ${retries}`, 'write 0 to 100');
  const given = timeout !== undefined && timeout.toSeconds() > 0 || retries > 0;
  const repeated = given && steps.length > 0 ? [derived(steps.length === 1 ? steps[0]! : made({ Step }, 'sequence', ...steps), 'withOptions', { ...timeout ? { timeout } : {}, maxAttempts: retries + 1 })] : steps;
  return [...pause(values, 'pause_before', platform), ...repeated];
}

/** A step that waits, as Packer does before or after a provisioner. */
export function pause(values: Values, name: string, platform: Platform): Step[] {
  const seconds = values.duration(name)?.toSeconds() ?? 0;
  if (seconds === 0) return [];
  const step = platform === Platform.WINDOWS ? made({ Step }, 'powershell', `Start-Sleep -Seconds ${seconds}`) : made({ Step }, 'bash', `sleep ${seconds}`);
  return [derived(step, 'withOptions', { stepName: 'Pause' })];
}
