import { checkOverwritten, writeText } from './published';
import { SCHEMA_VERSION, type FleetIntent, type FleetStatusDocument } from '../../contract';
import { phase, standingOf, type FleetState } from '../domain/fleet';
import type { FleetPorts } from '../ports-fleet';

const HEARTBEAT_MILLISECONDS = 3_600_000;
/** A standard parameter holds 4 KB. */
const BLOCKED = 8;
const REASON = 160;

/** Publishes what a fleet is doing, when that changed, somebody else wrote it, or the last word is an hour old. */
export async function publishStatus(intent: FleetIntent, state: FleetState, waitingFor: string | undefined, ports: FleetPorts): Promise<void> {
  const now = ports.clock.now();
  const status = statusOf(state, waitingFor, now);
  const found = await ports.parameters.get(intent.statusName);
  const published = await checkOverwritten(intent.statusName, found, ports) ? undefined : parse(found?.value);
  const fresh = published && now - Date.parse(published.heartbeat) < HEARTBEAT_MILLISECONDS;
  if (fresh && same(published, status)) return;
  if (published?.waitingFor !== status.waitingFor) ports.log.info('fleet-waiting', { fleet: state.fleet, phase: status.phase, reason: waitingFor });
  await writeText(intent.statusName, JSON.stringify(status), found, ports);
}

export function statusOf(state: FleetState, waitingFor: string | undefined, now: number): FleetStatusDocument {
  const { blocked, ...standing } = standingOf(state);
  return {
    schemaVersion: SCHEMA_VERSION,
    fleet: state.fleet,
    phase: phase(state),
    ...standing,
    blocked: blocked.slice(-BLOCKED).map(({ version, reason }) => ({ version, reason: reason.slice(0, REASON) })),
    ...(waitingFor ? { waitingFor: waitingFor.slice(0, 2 * REASON) } : {}),
    heartbeat: new Date(now).toISOString(),
  };
}

function parse(text = ''): FleetStatusDocument | undefined {
  try {
    return JSON.parse(text) as FleetStatusDocument;
  } catch {
    return undefined;
  }
}

const same = (a: FleetStatusDocument, b: FleetStatusDocument): boolean =>
  JSON.stringify({ ...a, heartbeat: '' }) === JSON.stringify({ ...b, heartbeat: '' });
