import type { Construct } from 'constructs';
import { stringify } from 'yaml';
import type { ComponentBindOptions, ComponentSteps } from './component';
import type { ComponentDefinition, RenderedDocument } from './definition';
import type { Step, StepAction } from './step';
import { Platform } from '../image/platform';
import { InvalidInputError } from '../private/errors';

/** A component made of typed steps. */
export class StepsDefinition implements ComponentDefinition {
  public constructor(public readonly name: string, public readonly options: ComponentSteps) {}

  public render(scope: Construct, options: ComponentBindOptions): RenderedDocument {
    const { buildSteps, validateSteps, testSteps } = this.options;
    const phases = Object.entries({ build: buildSteps, validate: validateSteps, test: testSteps })
      .filter(([, steps]) => steps?.length)
      .map(([name, steps]) => ({ name, steps: numbered(steps!.flatMap((step) => actions(scope, step, options))) }));
    if (phases.length === 0) {
      throw new InvalidInputError(scope, { what: 'it has no steps', expected: 'buildSteps, validateSteps or testSteps', fix: 'add a step' });
    }
    // Folded lines would change scripts; aliases are not known to be understood.
    const text = stringify({ schemaVersion: 1.0, phases }, { lineWidth: 0, aliasDuplicateObjects: false });
    return { platform: options.platform, text: text.replace(/^schemaVersion: 1$/m, 'schemaVersion: 1.0') };
  }
}

function actions(scope: Construct, step: Step, options: ComponentBindOptions): StepAction[] {
  const config = step.bind(scope, { platform: options.platform, grantee: options.grantee });
  if (config.platform !== undefined && config.platform !== options.platform) {
    throw new InvalidInputError(scope, {
      what: `a step with ${config.actions[0]?.action} runs only on ${config.platform}, and the image is ${options.platform}`,
      expected: `steps that run on ${options.platform}`,
      fix: `use ${options.platform === Platform.WINDOWS ? 'Step.powershell' : 'Step.bash'}`,
    });
  }
  return config.actions;
}

/** Step names are unique in their phase. */
const numbered = (steps: StepAction[]): unknown[] => steps.map(({ name, timeout, ...step }, index) => ({
  name: `${name}${index + 1}`, ...step, timeoutSeconds: timeout?.toSeconds(),
}));
