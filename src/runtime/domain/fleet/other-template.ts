import type { TargetObservation } from './observation';
import type { FleetState } from './state';

/**
 * Why a group is not what the deploy declares: whoever may call `autoscaling:UpdateAutoScalingGroup` points it to any launch template.
 * The controller may make versions of the declared one only.
 */
export function otherTemplate({ group, declaredTemplateId }: TargetObservation): string | undefined {
  const named = group?.templateId ?? '';
  if (named === '' || declaredTemplateId === undefined || named === declaredTemplateId) return undefined;
  return `it names launch template ${named}; the deploy declares ${declaredTemplateId}`;
}

/** Such a template of which the ledger knows nothing: nothing of it is ever believed. */
export const isStrangersTemplate = (state: FleetState, target: TargetObservation): boolean =>
  otherTemplate(target) !== undefined && state.templates !== undefined && state.templates[target.group!.templateId] === undefined;
