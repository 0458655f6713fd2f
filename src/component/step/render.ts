import type { Construct } from 'constructs';
import type { StepBindOptions } from './action';
import { writeReferences, type Reference } from './reference';
import type { BoundAction, Step } from './step';
import { Platform } from '../../image/platform';
import { InvalidInputError } from '../../private/errors';

/** Steps by phase, in the order in which the service runs the phases. */
export type StepsByPhase = Readonly<Record<'build' | 'validate' | 'test', Step[]>>;

interface NamedAction extends BoundAction {
  readonly phase: string;
  /** Its name in the document. */
  readonly stepName: string;
}

/** The phases of a document; those without steps are left out. */
export function renderPhases(scope: Construct, steps: StepsByPhase, options: StepBindOptions): { name: string; steps: unknown[] }[] {
  const earlier: NamedAction[] = [];
  return Object.entries(steps).filter(([, each]) => each.length > 0).map(([phase, each]) => {
    const actions = each.flatMap((step) => step._actions(scope, options));
    return {
      name: phase,
      // Step names are unique in their phase.
      steps: actions.map((bound, index) => {
        checkPlatform(scope, bound, options.platform);
        const named = { ...bound, phase, stepName: `${bound.action.name}${index + 1}` };
        const rendered = renderAction(scope, named, earlier);
        earlier.push(named);
        return rendered;
      }),
    };
  });
}

function checkPlatform(scope: Construct, { action, platform }: BoundAction, wanted: Platform): void {
  if (platform !== undefined && platform !== wanted) {
    throw new InvalidInputError(scope, {
      what: `a step with ${action.action} (${action.name}) runs only on ${platform}, and the image is ${wanted}`,
      expected: `steps that run on ${wanted}`,
      fix: `use ${wanted === Platform.WINDOWS ? 'Step.powershell' : 'Step.bash'}, or the step that does the same on ${wanted}`,
    });
  }
}

function renderAction(scope: Construct, named: NamedAction, earlier: NamedAction[]): unknown {
  const { action: { action, inputs, condition, whenTrue, whenFalse, loop, timeout, noTimeout, onFailure, maxAttempts } } = named;
  const write = (value: unknown): unknown => mapTexts(scope, value, (reference) => written(scope, reference, named, earlier));
  return {
    name: named.stepName,
    action,
    timeoutSeconds: noTimeout ? -1 : timeout?.toSeconds(),
    onFailure,
    maxAttempts,
    if: condition && { ...write(condition._render(scope)) as object, then: whenTrue, else: whenFalse },
    loop: loop && write(loop._render(scope)),
    inputs: write(inputs),
  };
}

/** Writes references out. Any other double braces are the user's, and would be taken for references. */
function mapTexts(scope: Construct, value: unknown, write: (reference: Reference) => string): unknown {
  if (typeof value === 'string') {
    return writeReferences(withoutBraces(scope, value), write);
  }
  if (Array.isArray(value)) {
    return value.map((each) => mapTexts(scope, each, write));
  }
  const plain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return plain ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(scope, each, write)])) : value;
}

function withoutBraces(scope: Construct, text: string): string {
  const line = text.split('\n').find((each) => each.includes('{{'));
  if (line !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the text '${line}' holds '{{'`,
      expected: 'text without double braces, which Image Builder takes for a reference to another step',
      fix: 'ship it as a file with Source.asset(…) or Source.text(…); for the output of a step or the value of a loop use step.output(…) and loop.value',
    });
  }
  return text;
}

function written(scope: Construct, reference: Reference, current: NamedAction, earlier: NamedAction[]): string {
  if ('loop' in reference) {
    return reference.loop === current.action.loop ? `{{ loop.${reference.member} }}` : refuse(scope, reference, current, 'a loop of this very step');
  }
  const { step, side, member } = reference;
  // The last of them: a step may be several in the document.
  const found = [...earlier].reverse().find(({ steps }) => steps.includes(step));
  if (found === undefined) {
    return refuse(scope, reference, current, 'a step that stands before it in the same component');
  }
  if (found.phase !== current.phase && current.phase === 'test') {
    return refuse(scope, reference, current, 'a step of the test phase, which runs on an instance of its own');
  }
  const list = Array.isArray(found.action.inputs) && side === 'inputs' ? '[0]' : '';
  return `{{ ${found.phase}.${found.stepName}.${side}${list}.${member} }}`;
}

function refuse(scope: Construct, reference: Reference, { phase, stepName }: NamedAction, expected: string): never {
  throw new InvalidInputError(scope, {
    what: `step ${stepName} of the ${phase} phase refers to ${reference.meaning} that it cannot know`,
    expected,
    fix: 'put the step before it, or hand the value over in a file of the image',
  });
}
