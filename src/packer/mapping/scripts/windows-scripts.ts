import { environmentOf, withPackerVariables } from './environment';
import { validExitCodes } from './exit-codes';
import { rebootAt, WINDOWS_REBOOT, withoutReboot } from './reboot';
import { linesOf, scriptSettings } from './script-settings';
import { scriptsOf } from './script-text';
import type { StepPlan } from '../../plan';
import type { MappingContext } from '../context';
import { present } from '../present';
import { withoutSysprep } from '../sysprep';
import type { Values } from '../values';

/** The scripts of a provisioner of Windows, each without the Sysprep and with the restart at its end as a step of its own. */
export function windowsScripts(values: Values, context: MappingContext, language: 'powershell' | 'pwsh' | 'batch'): StepPlan[] {
  const environment = environmentOf(values, context);
  const codes = validExitCodes(values);
  return scriptsOf(values).flatMap((script, index, all) => {
    const kept = withoutSysprep(script, context.last && index === all.length - 1, context.part);
    const { text, reboot } = withoutReboot({ ...script, text: kept }, WINDOWS_REBOOT, context.part);
    const settings = scriptSettings(script.fileName ?? 'inline script', withPackerVariables(environment, text, context), codes);
    const plan = language === 'batch'
      ? { language, lines: linesOf(text.replaceAll('\r\n', '\n')), settings }
      : present({ language, lines: linesOf(text), settings, inline: script.fileName === undefined ? true : undefined });
    const step: StepPlan = { kind: 'packerScript', at: script.at, script: plan };
    return [...text.trim() === '' ? [] : [step], ...reboot ? [rebootAt(script.at)] : []];
  });
}
