import { present } from './present';
import { mapped, type OptionTable } from './treatment';
import type { Values } from './values';
import type { PlatformName, StepPlan } from '../plan';
import type { Position } from '../template/model';

/** What every provisioner has. */
export const COMMON_OPTIONS: OptionTable = {
  pause_before: mapped('a step that waits'),
  max_retries: mapped('attempts: one more than retries'),
  timeout: mapped('timeout of the step'),
};

/** Without effect beside another communicator than ours. */
export const UPLOADS = 'start_retry_timeout remote_folder remote_file remote_path skip_clean';

export function withCommonOptions(values: Values, steps: StepPlan[], platform: PlatformName): StepPlan[] {
  const timeout = values.seconds('timeout') ?? 0;
  const retries = values.number('max_retries') ?? 0;
  if (retries < 0 || retries > 100) values.fail('max_retries', `"max_retries" is ${retries}`, 'write 0 to 100');
  const given = timeout > 0 || retries > 0;
  return [...pause(values, 'pause_before', platform), ...given && steps.length > 0 ? [repeated(values, steps, timeout, retries + 1)] : steps];
}

function repeated(values: Values, steps: StepPlan[], timeout: number, maxAttempts: number): StepPlan {
  const [step] = steps;
  const whole: StepPlan = steps.length === 1 ? step! : { kind: 'sequence', at: values.at, steps };
  return { ...whole, options: present({ ...whole.options, timeoutSeconds: timeout > 0 ? timeout : undefined, maxAttempts }) };
}

/** A step that waits, as Packer does before or after a provisioner. */
export const pause = (values: Values, name: string, platform: PlatformName): StepPlan[] =>
  waiting(values.seconds(name) ?? 0, values.place(name), platform);

/** A step that waits so long. */
export function waiting(seconds: number, at: Position, platform: PlatformName): StepPlan[] {
  if (seconds === 0) return [];
  const commands = platform === 'Windows' ? [`Start-Sleep -Seconds ${seconds}`] : [`sleep ${seconds}`];
  return [{ kind: platform === 'Windows' ? 'powershell' : 'bash', commands, at, options: { stepName: 'Pause' } }];
}
