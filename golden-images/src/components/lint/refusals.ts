import { examineDocument, isMapping, type Violation } from '../../../../src/component/document';
import { Platform } from '../../../../src/image/platform';
import { parse } from 'yaml';

/**
 * What Image Builder answers to a component document that it does not take; empty for one that it takes.
 *
 * The sentences about names of steps and about steps that cannot be parsed are AWS's: aws/aws-cdk#19909, CloudSnorkel/cdk-github-runners#964.
 * What comes after `Error:` is worded here, and all that the user guide forbids is refused (assumption: component-document-refusals).
 */
export function documentRefusals(text: string, platform: string): string[] {
  // macOS has the modules of Linux (user guide, "Action modules supported by AWSTOE component manager").
  const { violations } = examineDocument(text, platform === 'Windows' ? Platform.WINDOWS : Platform.LINUX);
  return violations.map((violation) => refusal(violation, text));
}

function refusal({ path, what, expected }: Violation, text: string): string {
  const [, phaseIndex, stepIndex, member] = /^phases\[(\d+)\]\.steps\[(\d+)\]\.(.+)$/.exec(path) ?? [];
  if (member === undefined) return `${path}: ${what}; expected: ${expected}.`;
  const phase = nameOf(parse(text), 'phases', phaseIndex!);
  const step = nameOf(phase.value, 'steps', stepIndex!);
  if (member === 'name' && step.name !== undefined && !/^[0-9A-Za-z_-]+$/.test(String(step.name))) {
    return `Invalid step name '${step.name}' in phase '${phase.name}'. Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_].`;
  }
  return `Parsing step '${step.name}' in phase '${phase.name}' failed. Error: ${inWords(member, step.value, { what, expected })}`;
}

function inWords(member: string, step: unknown, { what, expected }: Pick<Violation, 'what' | 'expected'>): string {
  const { action, inputs } = isMapping(step) ? step : {} as Record<string, unknown>;
  const none = inputs === undefined || inputs === null || (Array.isArray(inputs) && inputs.length === 0);
  return member === 'inputs' && none ? `Action ${String(action)} has no inputs; it requires an 'inputs'` : `${member}: ${what}; expected: ${expected}.`;
}

function nameOf(parent: unknown, list: string, index: string): { name: unknown; value: unknown } {
  const items = isMapping(parent) ? parent[list] : undefined;
  const value: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
  return { name: isMapping(value) ? value.name : undefined, value };
}
