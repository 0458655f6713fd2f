import { parse } from 'yaml';
import { examineDocument, isMapping, type Violation } from '../../../../src/component/document';
import { Platform } from '../../../../src/image/platform';

/** AWS's words (aws/aws-cdk#19909). */
const ALLOWED = 'Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_].';

/**
 * What Image Builder answers to a component document that it does not take; empty for one that it takes.
 *
 * "Parsing step … failed" and "has no inputs" are AWS's words too (CloudSnorkel/cdk-github-runners#964). What else comes after `Error:`
 * is worded here, and all that the user guide forbids is refused (assumption: component-document-refusals).
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
    return `Invalid step name '${step.name}' in phase '${phase.name}'. ${ALLOWED}`;
  }
  const error = inWords(member, step.value, { what, expected });
  return `Parsing step '${step.name}' in phase '${phase.name}' failed. Error: ${error}`;
}

function inWords(member: string, step: unknown, { what, expected }: Pick<Violation, 'what' | 'expected'>): string {
  const { action, inputs } = isMapping(step) ? step : {} as Record<string, unknown>;
  const none = inputs === undefined || inputs === null || (Array.isArray(inputs) && inputs.length === 0);
  if (member === 'inputs' && none) return `Action ${String(action)} has no inputs; it requires an 'inputs'`;
  return `${member}: ${what}; expected: ${expected}.`;
}

function nameOf(parent: unknown, list: string, index: string): { name: unknown; value: unknown } {
  const items = isMapping(parent) ? parent[list] : undefined;
  const value: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
  return { name: isMapping(value) ? value.name : undefined, value };
}
