import type { Construct } from 'constructs';
import { stringify } from 'yaml';
import type { ComponentBindOptions, ComponentSteps } from './component';
import type { ComponentDefinition, RenderedDocument } from './definition';
import { renderPhases } from './step/render';
import { InvalidInputError } from '../private/errors';

/** A component made of typed steps. */
export class StepsDefinition implements ComponentDefinition {
  public constructor(public readonly name: string, public readonly options: ComponentSteps, public readonly inCatalog = false) {}

  public render(scope: Construct, options: ComponentBindOptions): RenderedDocument {
    const { buildSteps = [], validateSteps = [], testSteps = [] } = this.options;
    const phases = renderPhases(scope, { build: buildSteps, validate: validateSteps, test: testSteps }, options);
    if (phases.length === 0) {
      throw new InvalidInputError(scope, { what: 'it has no steps', expected: 'buildSteps, validateSteps or testSteps', fix: 'add a step' });
    }
    // Folded lines would change scripts; aliases are not known to be understood.
    const text = stringify({ schemaVersion: 1.0, phases }, { lineWidth: 0, aliasDuplicateObjects: false });
    return { platform: options.platform, text: text.replace(/^schemaVersion: 1$/m, 'schemaVersion: 1.0') };
  }
}
