import { differences, selected, type Difference } from './compare';
import { Normaliser } from './normalise';
import type { Outcome, Side } from './side';
import type { Call, Data, Scenario } from './step';
import { watched } from '../watched';

/** A difference, and the calls that led to it. */
export interface Finding extends Difference {
  readonly scenario: string;
  readonly history: readonly string[];
}

/** One side of a running scenario: what it answered so far. */
class Half {
  public readonly normaliser = new Normaliser();
  private readonly outputs = new Map<string, unknown>();

  public constructor(private readonly side: Side) {
    this.outputs.set('facts', side.facts);
  }

  public async perform(step: Call): Promise<Outcome> {
    const outcome = await this.side.call(step, this.resolve(step.input) as object);
    if (step.as && 'output' in outcome) this.outputs.set(step.as, outcome.output);
    return outcome;
  }

  private resolve(data: Data): unknown {
    if (Array.isArray(data)) return data.map((each) => this.resolve(each));
    if (typeof data !== 'object') return data;
    if ('$ref' in data) return this.look(String(data.$ref)) ?? data.missing;
    return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, this.resolve(value)]));
  }

  private look(path: string): unknown {
    const [name, ...members] = path.split('.');
    return members.reduce<unknown>((value, member) => (value as Record<string, unknown> | undefined)?.[member], this.outputs.get(name!));
  }
}

/** Holds both sides to the same calls. `calls` counts those that were compared. */
export async function run(scenario: Scenario, local: Side, other: Side): Promise<{ calls: number; findings: Finding[] }> {
  const halves = [new Half(local), new Half(other)] as const;
  const findings: Finding[] = [];
  const history: string[] = [];
  let calls = 0;
  for (const step of scenario.steps) {
    if ('wait' in step) {
      await Promise.all([local.wait(step.wait.local), other.wait(step.wait.other)]);
      continue;
    }
    const members = watched[step.call];
    if (!members) throw new Error(`${scenario.name}: watched.ts does not say which members of ${step.call} count`);
    const outcomes = [await halves[0].perform(step), await halves[1].perform(step)] as const;
    calls += 1;
    history.push(`${step.call} ${JSON.stringify(step.input)}`);
    const found = differences(step.call, selected(outcomes[0], members, halves[0].normaliser), selected(outcomes[1], members, halves[1].normaliser));
    findings.push(...found.map((each) => ({ ...each, scenario: scenario.name, history: [...history] })));
    // From here on, the two no longer hold the same things.
    if ('error' in outcomes[0] !== 'error' in outcomes[1] && scenario.name.startsWith('random')) break;
  }
  return { calls, findings };
}
