import type { VersionRecord } from './record';
import type { ChannelIntent, GateIntent } from '../../../contract';

/** Whether a version may enter a channel: now, in so many seconds, or (as things stand) not at all. */
export type GateVerdict =
  | { readonly type: 'open' }
  | { readonly type: 'opens-in'; readonly seconds: number }
  | { readonly type: 'closed'; readonly reason: string };

/** The verdict of all gates of a channel, and of what every channel demands: an AMI in each region it serves. */
export function gateVerdict(channel: ChannelIntent, version: VersionRecord, regions: readonly string[], now: number): GateVerdict {
  const missing = regions.filter((region) => !version.amis[region]);
  if (missing.length > 0) return { type: 'closed', reason: `no AMI in ${missing.join(', ')}` };
  const verdicts = channel.gates.map((gate) => verdictOf(gate, version, now));
  const closed = verdicts.find((verdict) => verdict.type === 'closed');
  if (closed) return closed;
  const seconds = Math.max(0, ...verdicts.map((verdict) => verdict.type === 'opens-in' ? verdict.seconds : 0));
  return seconds > 0 ? { type: 'opens-in', seconds } : { type: 'open' };
}

function verdictOf(gate: GateIntent, version: VersionRecord, now: number): GateVerdict {
  switch (gate.type) {
    case 'image-tests': return version.tested ? { type: 'open' } : { type: 'closed', reason: 'it was not tested' };
    case 'soak': return soak(gate.channel, gate.seconds, version, now);
    // A gate that a newer library declared: what cannot be judged is closed.
    default: return unknownGate(gate);
  }
}

/** Does not compile where a kind of gate has no case above. */
const unknownGate = (gate: never): GateVerdict => ({ type: 'closed', reason: `the gate '${(gate as { type: string }).type}' is not known` });

/** Counted from the moment the version became head, also if a newer one has followed it: otherwise frequent builds never pass. */
function soak(channel: string, seconds: number, version: VersionRecord, now: number): GateVerdict {
  const since = version.heads[channel];
  if (!since) return { type: 'closed', reason: `it was never in '${channel}'` };
  const left = Math.ceil((Date.parse(since) + seconds * 1000 - now) / 1000);
  return left > 0 ? { type: 'opens-in', seconds: left } : { type: 'open' };
}
