import { followedRelease } from './followed-release';
import { seededAmi } from './known-value';
import {
  ledgerKey, SCHEMA_VERSION, type FleetIntent, type FleetStanding, type RegistryDocument, type ReleaseDocument, type TargetIntent,
  type TemplateDocument,
} from '../../contract';
import { asksForEventsSince, standingOf, type FleetObservation, type FleetState, type TargetObservation } from '../domain/fleet';
import { SchemaVersionError } from '../ports';
import type { FleetPorts, Mishaps } from '../ports-fleet';

const QUIET: Mishaps = { launchFailures: [], interrupted: [], failedChecks: [] };

/** Reads all that a decision on a fleet may need. */
export async function observeFleet(intent: FleetIntent, registry: RegistryDocument, state: FleetState, ports: FleetPorts): Promise<FleetObservation> {
  const region = regionOf(registry.stackId);
  const { release, record, unreadable } = await followedRelease(intent.follows, registry.namespace, ports.ledger);
  const targets = await Promise.all(intent.targets.map(async (target) => observeTarget(target, intent, registry, state, ports)));
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
    ...optional('initialAmi', state.initialAmi === undefined ? await seededAmi(intent.parameterName, ports) : undefined),
    stack: await ports.stacks.state(registry.stackId),
    targets,
    ...optional('stackEvents', since === undefined ? undefined : await ports.deploys.events(registry.stackId, since)),
    alarms: intent.rollout.alarmNames.length > 0 ? await ports.alarms.states(intent.rollout.alarmNames) : [],
    usableImages: await ports.machineImages.usable([...new Set(amis.filter((each) => each !== undefined))]),
  };
}

async function observeTarget(
  { groupName, launchTemplateId, templateVersions }: TargetIntent, { name }: FleetIntent, registry: RegistryDocument, state: FleetState,
  ports: FleetPorts,
): Promise<TargetObservation> {
  const group = await ports.groups.describe(groupName, launchTemplateId);
  if (!group) return { groupName, versions: [], refreshes: [], ...QUIET };
  return {
    groupName,
    group,
    ...optional('declaredTemplateId', launchTemplateId),
    versions: await ports.templates.versions(group.templateId),
    ...optional('declarations', (await readLedger<TemplateDocument>(ledgerKey.template(registry.namespace, group.templateId), ports))?.declarations),
    ...optional('ofOtherFleets', await ofOtherFleets(name, group.templateId, registry, ports)),
    ...(templateVersions === 'any' ? { anyVersion: true } : {}),
    refreshes: await ports.refreshes.list(groupName, group.templateId),
    ...(state.rollout ? await ports.groups.mishaps(groupName, state.rollout.startedAt) : QUIET),
  };
}

/** The fleet that must try the release first. One of another stack is heard by that stack's image alone. */
async function observeCanary(
  { name, follows }: FleetIntent, { namespace }: RegistryDocument, release: ReleaseDocument | undefined, ports: FleetPorts,
): Promise<FleetStanding | undefined> {
  const first = release?.canaryFleet;
  if (!first || first.name === name || follows.publisher) return undefined;
  const document = await readLedger<FleetState>(ledgerKey.fleet(namespace, first.name), ports);
  return document && standingOf(document);
}

/** Groups of two fleets may share a launch template. */
async function ofOtherFleets(
  name: string, templateId: string, { namespace, fleets }: RegistryDocument, ports: FleetPorts,
): Promise<string[] | undefined> {
  const others = fleets.filter((each) => each.name !== name && each.targets.some(({ launchTemplateId }) => launchTemplateId === templateId));
  if (others.length === 0) return undefined;
  const states = await Promise.all(others.map(async (each) => readLedger<FleetState>(ledgerKey.fleet(namespace, each.name), ports)));
  return states.flatMap((each) => Object.values(each?.templates?.[templateId]?.own ?? {}));
}

async function readLedger<T extends { readonly schemaVersion: number }>(key: string, { ledger }: FleetPorts): Promise<T | undefined> {
  const { document } = await ledger.read<T>(key);
  if (document && document.schemaVersion > SCHEMA_VERSION) throw new SchemaVersionError(key, document.schemaVersion, SCHEMA_VERSION);
  return document;
}

const regionOf = (stackId: string): string => stackId.split(':')[3] ?? '';

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
