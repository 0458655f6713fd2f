import type { FleetFacts } from './fleet-facts';
import type { PlannedFault } from './planned-fault';
import type { Check } from '../report/report';
import type { Summary } from '../report/summary';

export interface VerdictFacts {
  readonly summary: Pick<Summary, 'images' | 'fleets'>;
  readonly fleets: readonly FleetFacts[];
  readonly faults: readonly PlannedFault[];
  /** Instances that were ever launched from a sick image. */
  readonly sickInstances: number;
}

/** What must be so at the end of the days. */
export function verdict(facts: VerdictFacts): Check[] {
  return [built(facts), ...facts.fleets.map((fleet) => current(fleet, facts)), ...asked(facts), ...unasked(facts)];
}

function built({ summary }: VerdictFacts): Check {
  const versions = summary.images.flatMap(({ versions: all }) => all).filter(({ state }) => state !== 'build-failed');
  return { what: 'at least one image was built', holds: versions.length > 0, seen: `${versions.length} versions` };
}

/** The fleet runs what its channel holds; where that is sick on purpose, its last known good image. */
function current(fleet: FleetFacts, facts: VerdictFacts): Check {
  const keeps = fleet.channelSick && plans(facts, 'sick') > 0;
  const amis = Object.keys(fleet.running);
  const uniform = amis.every((ami) => ami === fleet.ami);
  const holds = fleet.committed !== undefined && !fleet.rolling && !fleet.amiSick && uniform && (keeps || fleet.ami === fleet.channelAmi);
  const instances = Object.entries(fleet.running).map(([ami, count]) => `${count} × ${ami}`).join(', ') || 'no instance';
  const seen = `${fleet.committed === undefined ? 'never committed' : `committed on ${fleet.committed}`}${fleet.rolling ? ', a rollout is under way' : ''}; ${instances}`;
  return { what: `fleet ${fleet.name} runs ${keeps ? 'its last known good image' : `what ${fleet.follows} holds`}`, holds, seen };
}

/** What was asked to go wrong did, and did no more harm than promised. */
function asked(facts: VerdictFacts): Check[] {
  const checks: Check[] = [];
  const sick = plans(facts, 'sick');
  if (sick > 0 && facts.fleets.length > 0) {
    const most = sick * facts.fleets.reduce((sum, { canaryInstances }) => sum + canaryInstances, 0);
    checks.push({ what: 'the sick image reached a fleet', holds: facts.sickInstances > 0, seen: facts.sickInstances > 0 ? 'its canary ran it' : 'it did not: allow more days, or ask for an earlier one' });
    checks.push({ what: `at most ${most === 1 ? 'one instance' : `${most} instances`} ran it`, holds: facts.sickInstances <= most, seen: `${facts.sickInstances}` });
  }
  const fail = plans(facts, 'fail');
  if (fail > 0) checks.push({ what: 'the build that was asked to fail failed', holds: failedBuilds(facts) >= fail, seen: `${failedBuilds(facts)} failed` });
  return checks;
}

/** What nobody asked to go wrong did not. */
export function unasked(facts: VerdictFacts): Check[] {
  const checks: Check[] = [];
  const back = facts.summary.fleets.flatMap(({ name, rollouts }) => rollouts.filter(({ outcome }) => outcome === 'rolled-back').map(({ version }) => `${name}: ${version}`));
  if (plans(facts, 'sick') === 0) checks.push({ what: 'no rollout was rolled back', holds: back.length === 0, seen: back.join(', ') || 'none' });
  if (plans(facts, 'fail') === 0) checks.push({ what: 'no build failed', holds: failedBuilds(facts) === 0, seen: `${failedBuilds(facts)} failed` });
  return checks;
}

const plans = ({ faults }: VerdictFacts, kind: PlannedFault['kind']): number => faults.filter((fault) => fault.kind === kind).length;

const failedBuilds = ({ summary }: VerdictFacts): number =>
  summary.images.flatMap(({ versions }) => versions).filter(({ state }) => state === 'build-failed').length;
