import type { Construct } from 'constructs';
import type { Platform } from '../../../image/platform';
import type { StepBindOptions, StepConfig } from '../action';
import { Step } from '../step';

/** A step with one module of the document format. */
export class ModuleStep extends Step {
  public constructor(
    private readonly module: string,
    private readonly inputs: (scope: Construct, options: StepBindOptions) => unknown,
    private readonly platform?: Platform,
  ) {
    super();
  }

  public bind(scope: Construct, options: StepBindOptions): StepConfig {
    return { platform: this.platform, actions: [{ name: this.module, action: this.module, inputs: this.inputs(scope, options) }] };
  }
}

/** A step whose inputs are known from the start. */
export const moduleStep = (module: string, inputs: unknown, platform?: Platform): Step => new ModuleStep(module, () => inputs, platform);
