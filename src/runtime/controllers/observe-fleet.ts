import { readDocument } from './documents';
import {
  ledgerKey, releaseDocumentName, SCHEMA_VERSION, type FleetIntent, type FleetStatusDocument, type RegistryDocument,
  type ReleaseDocument, type TargetIntent, type TemplateDocument,
} from '../../contract';
import { asksForEventsSince, type FleetObservation, type FleetState, type TargetObservation } from '../domain/fleet';
import type { SeedsRecord } from '../domain/seeds';
import { SchemaVersionError, TransientError } from '../ports';
import type { FleetPorts, Mishaps } from '../ports-fleet';

const QUIET: Mishaps = { launchFailures: [], interrupted: [], failedChecks: [] };

/** Reads all that a decision on a fleet may need. */
export async function observeFleet(intent: FleetIntent, registry: RegistryDocument, state: FleetState, ports: FleetPorts): Promise<FleetObservation> {
  const region = regionOf(registry.stackId);
  const release = await readOrNothing<ReleaseDocument>(ports, releaseDocumentName(intent.follows.parameterName));
  const canary = release?.canaryFleet;
  const targets = await Promise.all(intent.targets.map(async (target) => observeTarget(target, intent, registry, state, ports)));
  const since = asksForEventsSince(state, targets);
  const amis = [release?.amis[region], state.rollout?.ami, ...state.committed.map((each) => each.ami)];
  return {
    now: ports.clock.now(),
    region,
    namespace: registry.namespace,
    intent,
    ...(release ? { release } : {}),
    ...optional('canaryStatus', canary && canary.name !== intent.name ? await readOrNothing<FleetStatusDocument>(ports, canary.statusName) : undefined),
    ...optional('parameterValue', (await ports.parameters.get(intent.parameterName))?.value),
    ...optional('initialAmi', state.initialAmi === undefined ? await seed(intent, ports) : undefined),
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
    versions: await ports.templates.versions(group.templateId),
    ...optional('declarations', (await readLedger<TemplateDocument>(ledgerKey.template(registry.namespace, group.templateId), ports))?.declarations),
    ...optional('ofOtherFleets', await ofOtherFleets(name, group.templateId, registry, ports)),
    ...(templateVersions === 'any' ? { anyVersion: true } : {}),
    refreshes: await ports.refreshes.list(groupName, group.templateId),
    ...(state.rollout ? await ports.groups.mishaps(groupName, state.rollout.startedAt) : QUIET),
  };
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

const seed = async ({ parameterName }: FleetIntent, ports: FleetPorts): Promise<string | undefined> =>
  (await readLedger<SeedsRecord>(ledgerKey.seeds, ports))?.parameters[parameterName]?.ami;

async function readLedger<T extends { readonly schemaVersion: number }>(key: string, { ledger }: FleetPorts): Promise<T | undefined> {
  const { document } = await ledger.read<T>(key);
  if (document && document.schemaVersion > SCHEMA_VERSION) throw new SchemaVersionError(key, document.schemaVersion, SCHEMA_VERSION);
  return document;
}

/** Documents of other stacks and accounts: what cannot be read keeps the fleet as it is, with its gates closed. */
async function readOrNothing<T extends { readonly schemaVersion: number }>(ports: FleetPorts, name: string): Promise<T | undefined> {
  try {
    return await readDocument<T>(ports, name);
  } catch (error) {
    if (error instanceof TransientError) throw error;
    ports.log.warn('document-unreachable', { parameter: name, reason: (error as Error).message });
    return undefined;
  }
}

const regionOf = (stackId: string): string => stackId.split(':')[3] ?? '';

const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
