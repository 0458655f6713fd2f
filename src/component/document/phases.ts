import { checkReferences } from './references';
import { checkFields, isMapping, type Mapping } from './shape';
import { checkStep } from './step';
import { shown, type Violation } from './violation';
import type { Platform } from '../../image/platform';

/**
 * "You must include at least one of the following phases" (user guide, "Use the AWSTOE component document framework"); container-host-test runs
 * beside them, and others are taken and never run (assumption: custom-phase-names).
 */
const REQUIRED = ['build', 'validate', 'test'];

/** Phases whose steps run on another instance than those before: nothing is handed over. */
const ON_NEW_INSTANCE = ['test', 'container-host-test'];

/** `phases`, their steps, and what the steps refer to. */
export function checkPhases(phases: unknown, variables: ReadonlySet<string>, platform: Platform): Violation[] {
  if (!Array.isArray(phases) || phases.length === 0) {
    return [{ path: 'phases', what: phases === undefined ? 'it is missing' : `it is ${shown(phases)}`, expected: 'a list with build, validate or test' }];
  }
  const names = phases.map((phase) => (isMapping(phase) ? phase.name : undefined));
  const none = names.some((name) => REQUIRED.includes(String(name)))
    ? []
    : [{ path: 'phases', what: `it has ${names.map(shown).join(', ')}`, expected: 'at least one of build, validate, test' }];
  const twice = duplicates(names).map((index) => ({ path: `phases[${index}].name`, what: `'${names[index]}' is taken`, expected: 'a name once' }));
  const earlier = new Map<string, string>();
  return [...none, ...twice, ...phases.flatMap((phase, index) => checkPhase(`phases[${index}]`, phase, variables, earlier, platform))];
}

function checkPhase(
  path: string, phase: unknown, variables: ReadonlySet<string>, earlier: Map<string, string>, platform: Platform,
): Violation[] {
  const violations = checkFields(path, phase, { name: { kind: 'string', required: true }, steps: { kind: 'any', required: true } });
  if (!isMapping(phase) || violations.length > 0) {
    return violations;
  }
  if (!Array.isArray(phase.steps) || phase.steps.length === 0) {
    return [{ path: `${path}.steps`, what: `it is ${shown(phase.steps)}`, expected: 'a list of steps' }];
  }
  if (ON_NEW_INSTANCE.includes(String(phase.name))) {
    earlier.clear();
  }
  const names = phase.steps.map((step) => (isMapping(step) ? step.name : undefined));
  const twice = duplicates(names)
    .map((index) => ({ path: `${path}.steps[${index}].name`, what: `'${names[index]}' is taken`, expected: 'a name once in the phase' }));
  return [...twice, ...phase.steps.flatMap((step, index) => {
    const at = `${path}.steps[${index}]`;
    return [...checkStep(at, step, platform), ...isMapping(step) ? checkStepReferences(at, String(phase.name), step, variables, earlier) : []];
  })];
}

function checkStepReferences(
  path: string, phase: string, step: Mapping, variables: ReadonlySet<string>, earlier: Map<string, string>,
): Violation[] {
  const loop = isMapping(step.loop) ? { name: step.loop.name as string | undefined } : undefined;
  const { inputs, if: condition, loop: loops, ...others } = step;
  const violations = [
    ...checkReferences(`${path}.inputs`, inputs, { variables, earlier, loop }),
    ...checkReferences(`${path}.if`, condition, { variables, earlier }),
    ...checkReferences(`${path}.loop`, loops, { variables, earlier }),
    ...Object.entries(others).filter(([, value]) => String(value).includes('{{'))
      .map(([key, value]) => ({ path: `${path}.${key}`, what: `it is ${shown(value)}`, expected: 'no reference: those stand in inputs, if and loop' })),
  ];
  earlier.set(`${phase}.${step.name}`, String(step.action));
  return violations;
}

/** Positions of values that came before. */
const duplicates = (values: unknown[]): number[] =>
  values.map((value, index) => (value !== undefined && values.indexOf(value) < index ? index : -1)).filter((index) => index >= 0);
