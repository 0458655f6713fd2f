import { Duration } from 'aws-cdk-lib';
import { PlacedStep } from './placed-step';
import { toSource } from './sources';
import { Ansible } from '../../component/linux/ansible';
import type { RuntimeSecret } from '../../component/secret';
import { Step } from '../../component/step';
import { WindowsUpdate, type WindowsUpdateOptions } from '../../component/windows/windows-update';
import { PackerScript } from '../packer-script';
import type { PackerScriptOptions } from '../packer-script-options';
import type { ActionPlan, ScriptPlan, ScriptSettings, StepPlan, StepPlanOptions } from '../plan';

/** Secrets by the name of their sensitive variable. */
export type Secrets = Readonly<Record<string, RuntimeSecret>>;

export function toStep(plan: StepPlan, secrets: Secrets): Step {
  const step = new PlacedStep(stepOf(plan, secrets), plan.at);
  return plan.options ? new PlacedStep(withOptions(step, plan.options), plan.at) : step;
}

function withOptions(step: Step, { stepName, timeoutSeconds, maxAttempts }: StepPlanOptions): Step {
  return step.withOptions({
    ...stepName === undefined ? {} : { stepName },
    ...timeoutSeconds === undefined ? {} : { timeout: Duration.seconds(timeoutSeconds) },
    ...maxAttempts === undefined ? {} : { maxAttempts },
  });
}

function stepOf(plan: ActionPlan, secrets: Secrets): Step {
  switch (plan.kind) {
    case 'bash': return Step.bash(...plan.commands);
    case 'powershell': return Step.powershell(...plan.commands);
    case 'sequence': return Step.sequence(...plan.steps.map((step) => toStep(step, secrets)));
    case 'reboot': return Step.reboot();
    case 'download': return Step.download(toSource(plan.source), plan.destination);
    case 'packerScript': return scriptOf(plan.script, secrets);
    case 'onFiles': return PackerScript.onFiles(toSource(plan.folder), { stepName: plan.stepName, program: plan.program, commands: [...plan.commands] });
    case 'ansiblePlaybook': return Ansible.playbook(toSource(plan.folder), plan.settings);
    case 'windowsUpdate': return WindowsUpdate.install(plan.settings as WindowsUpdateOptions);
    case 'checkNoRestartPending': return WindowsUpdate.checkNoRestartPending({ within: Duration.seconds(plan.withinSeconds) });
  }
}

function scriptOf(plan: ScriptPlan, secrets: Secrets): Step {
  const options = scriptOptions(plan.settings, secrets);
  const lines = [...plan.lines];
  switch (plan.language) {
    case 'shell': return PackerScript.shell(lines, { ...options, ...plan.interpreter === undefined ? {} : { interpreter: plan.interpreter } });
    case 'powershell':
    case 'pwsh': return PackerScript[plan.language](lines, { ...options, inline: plan.inline });
    case 'batch': return PackerScript.batch(lines, options);
  }
}

function scriptOptions({ label, environment = {}, secrets: names = {}, validExitCodes }: ScriptSettings, secrets: Secrets): PackerScriptOptions {
  const bound = Object.fromEntries(Object.entries(names).map(([name, variable]) => [name, secrets[variable]!]));
  return { label, environment: { ...environment }, secrets: bound, ...validExitCodes ? { validExitCodes: [...validExitCodes] } : {} };
}
