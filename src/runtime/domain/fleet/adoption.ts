import type { Decision } from './decision';
import { basis } from './declared';
import type { FleetObservation, TargetObservation, TemplateVersion } from './observation';
import type { FleetState, Pair } from './state';
import { lastKnownGood } from './state';
import { currentVersion, isBelieved, isLiteral, sourceOf, versionOf } from './versions';

/**
 * Adoption: the group names a numbered version with the literal AMI that its instances already run.
 *
 * AWS rolls back only to what is saved on the group, and not to `$Latest`, `$Default` or an AMI named through SSM
 * (RollbackInstanceRefresh). A refresh cannot put it there: SkipMatching compares launch template versions, so it would
 * replace every instance. UpdateAutoScalingGroup replaces none: it holds for later launches only. The AMI is the same, so a
 * scale-out before and after gets the same image; the *new* image never goes in this way.
 */
export function adoption(state: FleetState, observation: FleetObservation, target: TargetObservation, token: string): Decision['action'] | undefined {
  const good = lastKnownGood(state);
  const current = currentVersion(target);
  const group = target.group!;
  const known = good?.configurations[target.groupName] !== undefined;
  if (!known && current && isBelieved(current) && isLiteral(current) && group.templateVersion === current.number) return undefined;
  const pair = known ? good : launchedPair(state, observation, target);
  if (!pair) return { type: 'wait', reason: `nobody knows which AMI group ${group.name} runs`, seconds: 60 };
  const own = versionOf(target, pair);
  if (own && group.templateVersion === own.number) return undefined;
  if (own) return { type: 'adopt', group, version: own.number, ami: pair.ami };
  return createVersion(target, pair, token);
}

/** Derives our numbered version of a pair; from CloudFormation's newest if nothing has the wanted configuration any more. */
export function createVersion(target: TargetObservation, pair: Pair, token: string): Decision['action'] {
  const source = sourceOf(target, pair);
  if (!source) return { type: 'wait', reason: `no version of launch template ${target.group!.templateId} has the wanted configuration`, seconds: 300 };
  return {
    type: 'create-version',
    templateId: target.group!.templateId,
    source: source.number,
    ami: pair.ami,
    token: `${token}#${target.groupName}#${source.number}#${pair.ami}`,
  };
}

/** What a group that was never committed launches now: so its next launch is the same before and after the adoption. */
function launchedPair(state: FleetState, observation: FleetObservation, target: TargetObservation): Pair | undefined {
  const base = basis(state, target);
  const ami = base && (launchedAmi(state, base, observation) ?? mostCommonAmi(target));
  return ami ? { ami, configurations: { [target.groupName]: base.configurationHash } } : undefined;
}

/** What the fleet's own parameter was created with, whatever somebody wrote to it since. */
function launchedAmi({ initialAmi }: FleetState, { image }: TemplateVersion, { intent }: FleetObservation): string | undefined {
  if (image.startsWith('ami-')) return image;
  return image === `resolve:ssm:${intent.parameterName}` ? initialAmi : undefined;
}

/** Where the AMI comes from a parameter of somebody else: what most of the instances run. */
function mostCommonAmi(target: TargetObservation): string | undefined {
  return mostCommon(target.group!.instances.filter((each) => each.lifecycle === 'InService' && !each.foreign).flatMap((each) => each.ami ?? []));
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
