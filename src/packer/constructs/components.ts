import { toStep, type Secrets } from './steps';
import { Component } from '../../component/component';
import { legalised } from '../mapping/builders/names';
import type { DefinitionPlan, ProvisionerPlan, TemplatePlan } from '../plan';
import { componentName } from '../plan/component-name';

/** Components of a definition. */
export interface DefinitionComponents {
  /** Updates of the operating system, with which it begins. */
  readonly updates?: Component;
  readonly components: Component[];
}

/** The components of each definition, by its id: images that run the same have the same. */
export function toComponents(plan: TemplatePlan, prefix: string, secrets: Secrets): ReadonlyMap<string, DefinitionComponents> {
  return new Map(plan.definitions.map((definition) => [definition.id, componentsOf(plan, definition, prefix, secrets)]));
}

function componentsOf(plan: TemplatePlan, definition: DefinitionPlan, prefix: string, secrets: Secrets): DefinitionComponents {
  const name = legalised(componentName(plan, definition, prefix));
  const updates = component(`${name}-updates`, definition.updates, secrets);
  const others = component(name, definition.others, secrets);
  return { updates, components: others ? [others] : [] };
}

function component(name: string, provisioners: readonly ProvisionerPlan[], secrets: Secrets): Component | undefined {
  const buildSteps = provisioners.flatMap(({ steps }) => steps).map((step) => toStep(step, secrets));
  return buildSteps.length === 0 ? undefined : Component.fromSteps(name, { description: 'Provisioners of a Packer template', buildSteps });
}
