import type { FleetLane, ImageLane } from '../chart';
import { html, type Content, type Html } from './markup';
import type { TimeScale } from './scale';

/** Room that the label of a version takes. */
const LABEL = 46;

const clock = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`;

interface Bar {
  readonly version: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly style: string;
  readonly title: string;
}

/** Builds as bars, moves of the channels as diamonds below. */
export function imageLane({ name, builds, moves }: ImageLane, scale: TimeScale, end: string): Content {
  const bars = builds.map(({ version, startedAt, endedAt = end, status }) =>
    ({ version, startedAt, endedAt, style: `build ${status.toLowerCase()}`, title: `${name} ${version}: ${status}, ${clock(startedAt)}` }));
  return [
    html`<text class="label" x="0" y="20">image ${name}</text>`,
    barsOf(bars, scale),
    moves.map(({ channel, at, target }) => {
      const x = scale.x(at);
      return html`<path class="move" d="M${x} 20l5 6l-5 6l-5 -6z"><title>channel ${name}:${channel} moves to ${target}, ${clock(at)}</title></path>`;
    }),
  ];
}

/** Rollouts as bars. */
export function fleetLane({ name, rollouts }: FleetLane, scale: TimeScale): Content {
  const bars = rollouts.map(({ version, kind, outcome, startedAt, endedAt }) =>
    ({ version, startedAt, endedAt, style: `rollout ${outcome}`, title: `${kind} ${version}: ${outcome}, ${clock(startedAt)} to ${clock(endedAt)}` }));
  return [html`<text class="label" x="0" y="20">fleet ${name}</text>`, barsOf(bars, scale)];
}

/** Each bar with its version beside it, where there is room. */
function barsOf(bars: readonly Bar[], scale: TimeScale): Html[] {
  return bars.map(({ version, startedAt, endedAt, style, title }, index) => {
    const x = scale.x(startedAt);
    const width = Math.max(3, Math.round((scale.x(endedAt) - x) * 10) / 10);
    const next = bars[index + 1] ? scale.x(bars[index + 1]!.startedAt) : Infinity;
    const label = next - x - width > LABEL ? html`<text class="version" x="${x + width + 3}" y="16">${version}</text>` : undefined;
    return html`<rect class="${style}" x="${x}" y="6" width="${width}" height="12"><title>${title}</title></rect>${label}`;
  });
}
