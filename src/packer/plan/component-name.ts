import type { DefinitionPlan } from './definition-plan';
import type { TemplatePlan } from './template-plan';

/** Name of the component of a definition, without what is the same for all: that of the file, and a number where the template has several. */
export const componentName = ({ definitions }: TemplatePlan, { id, builderName }: DefinitionPlan, prefix: string): string =>
  (definitions.length === 1 ? prefix : `${prefix}-${id}-${builderName.split('.').pop()}`);
