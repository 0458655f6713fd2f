import type { Construct } from 'constructs';
import { Platform } from '../../image/platform';
import type { StepAction, StepBindOptions } from '../step/action';
import { powershellScript } from '../step/powershell';
import { RenderedStep, type Step } from '../step/step';

/** A step of Windows, of several actions. */
export const windowsStep = (name: string, render: (scope: Construct, options: StepBindOptions) => StepAction[]): Step =>
  new RenderedStep((scope, options) => ({
    platform: Platform.WINDOWS,
    // On Linux the document refuses the step for its platform; nothing else of it is looked at, so that this is what the user reads.
    actions: options.platform === Platform.WINDOWS ? render(scope, options) : [{ name, action: 'ExecutePowerShell' }],
  }));

/** One script, under a name of its own. */
export const scriptActions = (scope: Construct, options: StepBindOptions, name: string, lines: string[]): StepAction[] =>
  powershellScript(lines)(scope, options).actions.map((action) => (action.action === 'ExecutePowerShell' ? { ...action, name } : action));

/** A step of one script. */
export const scriptStep = (name: string, lines: (scope: Construct, options: StepBindOptions) => string[]): Step =>
  windowsStep(name, (scope, options) => scriptActions(scope, options, name, lines(scope, options)));
