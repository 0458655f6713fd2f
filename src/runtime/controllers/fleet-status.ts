import { readDocument } from './documents';
import { SCHEMA_VERSION, type FleetIntent, type FleetStatusDocument } from '../../contract';
import { phase, type CommittedPair, type FleetState } from '../domain/fleet';
import type { FleetPorts } from '../ports-fleet';

const HEARTBEAT_MILLISECONDS = 3_600_000;
/** A standard parameter holds 4 KB. */
const BLOCKED = 8;
const REASON = 160;

/** Publishes what a fleet is doing, when that changed or the last word is an hour old. */
export async function publishStatus(intent: FleetIntent, state: FleetState, waitingFor: string | undefined, ports: FleetPorts): Promise<void> {
  const now = ports.clock.now();
  const status = statusOf(state, waitingFor, now);
  const published = await readDocument<FleetStatusDocument>(ports, intent.statusName);
  const fresh = published && now - Date.parse(published.heartbeat) < HEARTBEAT_MILLISECONDS;
  if (fresh && same(published, status)) return;
  if (published?.waitingFor !== status.waitingFor) ports.log.info('fleet-waiting', { fleet: state.fleet, phase: status.phase, reason: waitingFor });
  await ports.parameters.put(intent.statusName, JSON.stringify(status), 'text');
}

export function statusOf(state: FleetState, waitingFor: string | undefined, now: number): FleetStatusDocument {
  const good = state.committed[0];
  const { rollout } = state;
  return {
    schemaVersion: SCHEMA_VERSION,
    fleet: state.fleet,
    phase: phase(state),
    ...(good ? { lastKnownGood: publicPair(good) } : {}),
    blocked: state.blocked.slice(-BLOCKED).map(({ version, reason }) => ({ version, reason: reason.slice(0, REASON) })),
    ...(rollout ? { rollout: { version: rollout.version ?? rollout.ami, startedAt: new Date(rollout.startedAt).toISOString() } } : {}),
    ...(waitingFor ? { waitingFor: waitingFor.slice(0, 2 * REASON) } : {}),
    heartbeat: new Date(now).toISOString(),
  };
}

const publicPair = ({ version, ami, configurations, committedAt }: CommittedPair): NonNullable<FleetStatusDocument['lastKnownGood']> => ({
  ...(version === undefined ? {} : { version }), ami, configurationHash: Object.values(configurations).join('+'), committedAt,
});

const same = (a: FleetStatusDocument, b: FleetStatusDocument): boolean =>
  JSON.stringify({ ...a, heartbeat: '' }) === JSON.stringify({ ...b, heartbeat: '' });
