import { run, type Finding } from './harness/run';
import { localAws, moto } from './harness/sides';
import type { Scenario } from './harness/step';
import { explains, knownDifferences } from './known-differences';
import { autoScaling } from './scenarios/auto-scaling';
import { cloudWatch } from './scenarios/cloudwatch';
import { eventBridge } from './scenarios/events';
import { identity } from './scenarios/identity';
import { images } from './scenarios/images';
import { instances } from './scenarios/instances';
import { launchTemplates } from './scenarios/launch-templates';
import { loadBalancing } from './scenarios/load-balancing';
import { network } from './scenarios/network';
import { sqs } from './scenarios/sqs';
import { ssm } from './scenarios/ssm';
import { topicsAndKeys } from './scenarios/topics-and-keys';
import { sequences } from './sequences';

const scenarios: Scenario[] = [
  ...ssm, ...images, ...launchTemplates, ...instances, ...network, ...autoScaling, ...loadBalancing, ...sqs, ...eventBridge, ...cloudWatch,
  ...identity, ...topicsAndKeys,
];

/** Each scenario in a new world and a moto that was emptied. */
async function all(chosen: readonly Scenario[], endpoint: string): Promise<{ calls: number; findings: Finding[] }> {
  let calls = 0;
  const findings: Finding[] = [];
  for (const scenario of chosen) {
    const sides = [await localAws(), await moto(endpoint)] as const;
    const result = await run(scenario, ...sides);
    await Promise.all(sides.map((side) => side.close()));
    calls += result.calls;
    findings.push(...result.findings);
  }
  return { calls, findings };
}

function tell(finding: Finding): void {
  console.log(`\n${finding.call} ${finding.member}   (${finding.scenario})\n  local: ${finding.local}\n  moto:  ${finding.other}`);
  const history = process.env.VERBOSE || finding.scenario.startsWith('random') ? finding.history : finding.history.slice(-1);
  history.forEach((line) => console.log(`    ${line}`));
}

/** One of each kind: that with the shortest way to it. */
function distinct(findings: readonly Finding[]): Finding[] {
  const kinds = new Map<string, Finding>();
  for (const finding of findings) {
    const kind = `${finding.call} ${finding.member} ${finding.member === 'error' ? `${finding.local.split(' ')[0]} ${finding.other.split(' ')[0]}` : ''}`;
    const known = kinds.get(kind);
    if (!known || known.history.length > finding.history.length) kinds.set(kind, finding);
  }
  return [...kinds.values()];
}

async function main(): Promise<void> {
  const seed = Number(process.env.SEED ?? 42);
  const only = process.argv[2] ?? '';
  const random = sequences(seed, Number(process.env.RUNS ?? 20));
  const chosen = [...scenarios, ...random].filter((scenario) => scenario.name.includes(only));
  const { calls, findings } = await all(chosen, process.env.MOTO_ENDPOINT!);
  const unlisted = findings.filter((finding) => !knownDifferences.some((known) => explains(known, finding)));
  const gone = only ? [] : knownDifferences.filter((known) => !findings.some((finding) => explains(known, finding)));
  distinct(unlisted).forEach(tell);
  gone.forEach((known) => console.log(`\nno longer a difference, take it off the list: ${known.call} ${known.member} (${known.reason})`));
  const randoms = chosen.filter((scenario) => random.includes(scenario)).length;
  console.log(`\n${chosen.length - randoms} scenarios and ${randoms} random sequences (seed ${seed}), ${calls} calls compared with moto: `
    + `${distinct(findings).length} kinds of differences, ${distinct(unlisted).length} of them not in known-differences.ts; ${gone.length} listed ones gone`);
  process.exitCode = unlisted.length + gone.length > 0 ? 1 : 0;
}

void main();
