import { followedRelease } from './followed-release';
import { lastPublished } from './published';
import { ledgerKey, type FleetIntent, type FleetStanding, type RegistryDocument, type ReleaseDocument, type TargetIntent } from '../../contract';
import { asksForEventsSince, standingOf, type FleetObservation, type FleetState, type TargetObservation } from '../domain/fleet';
import type { FleetPorts, Mishaps } from '../ports-fleet';

const QUIET: Mishaps = { launchFailures: [], interrupted: [], failedChecks: [] };

/** Reads all that a decision on a fleet may need. */
export async function observeFleet(intent: FleetIntent, registry: RegistryDocument, state: FleetState, ports: FleetPorts): Promise<FleetObservation> {
  const region = regionOf(registry.stackId);
  const { release, record, unreadable } = await followedRelease(intent.follows, registry.namespace, ports.ledger);
  const targets = await Promise.all(intent.targets.map(async (target) => observeTarget(target, state, ports)));
  const since = asksForEventsSince(state, targets);
  const amis = [release?.amis[region], state.rollout?.ami, ...state.committed.map((each) => each.ami)];
  return {
    now: ports.clock.now(),
    region,
    namespace: registry.namespace,
    intent,
    ...(release ? { release } : {}),
    ...optional('releaseUnreadable', unreadable),
    ...optional('knownAmis', record?.versions.flatMap(({ amis: each }) => each[region] ?? [])),
    ...optional('canary', await observeCanary(intent, registry, release, ports)),
    ...optional('parameterValue', (await ports.parameters.get(intent.parameterName))?.value),
    ...optional('initialAmi', state.committed.length === 0 ? await lastPublished(intent.parameterName, ports) : undefined),
    stack: await ports.stacks.state(registry.stackId),
    targets,
    ...optional('stackEvents', since === undefined ? undefined : await ports.deploys.events(registry.stackId, since)),
    alarms: intent.rollout.alarmNames.length > 0 ? await ports.alarms.states(intent.rollout.alarmNames) : [],
    usableImages: await ports.machineImages.usable([...new Set(amis.filter((each) => each !== undefined))]),
  };
}

async function observeTarget({ groupName, launchTemplateId }: TargetIntent, state: FleetState, ports: FleetPorts): Promise<TargetObservation> {
  const group = await ports.groups.describe(groupName, launchTemplateId);
  if (!group) return { groupName, versions: [], refreshes: [], ...QUIET };
  return {
    groupName,
    group,
    versions: await ports.templates.versions(group.templateId),
    refreshes: await ports.refreshes.list(groupName, group.templateId),
    ...(state.rollout ? await ports.groups.mishaps(groupName, state.rollout.startedAt) : QUIET),
  };
}

/** The fleet that must try the release first. One of another stack is heard by that stack's image alone. */
async function observeCanary(
  { name, follows }: FleetIntent, { namespace }: RegistryDocument, release: ReleaseDocument | undefined, { ledger }: FleetPorts,
): Promise<FleetStanding | undefined> {
  const first = release?.canaryFleet;
  if (!first || first.name === name || follows.publisher) return undefined;
  const { document } = await ledger.read<FleetState>(ledgerKey.fleet(namespace, first.name));
  return document && standingOf(document);
}

const regionOf = (stackId: string): string => stackId.split(':')[3] ?? '';

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
