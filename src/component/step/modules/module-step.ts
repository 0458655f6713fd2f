import type { Construct } from 'constructs';
import type { Platform } from '../../../image/platform';
import { RenderedStep, type Step } from '../step';

/** A step with one module of the document format. */
export const moduleStep = (module: string, inputs: unknown, platform?: Platform): Step => checkedModuleStep(module, () => inputs, platform);

/** The same, where inputs are checked once their place in the app is known. */
export const checkedModuleStep = (module: string, inputs: (scope: Construct) => unknown, platform?: Platform): Step =>
  new RenderedStep((scope) => ({ platform, actions: [{ name: module, action: module, inputs: inputs(scope) }] }));
