import type { Chart, FleetLane, ImageLane } from '../chart';
import { healthBand } from './health-band';
import { html, type Content, type Html } from './markup';
import { TimeScale } from './scale';

const LEFT = 170;
const WIDTH = 1000;
const LANE = 44;
const HEALTH = 110;

const clock = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}`;

/** The chart as SVG: a lane for each image, a lane for each fleet, healthy targets below. */
export function timelineChart(chart: Chart): Html {
  const scale = new TimeScale(chart.startedAt, chart.endedAt, LEFT, WIDTH);
  const lanes = [...chart.images.map((lane) => imageLane(lane, scale, chart.endedAt)), ...chart.fleets.map((lane) => fleetLane(lane, scale))];
  const bottom = 20 + lanes.length * LANE;
  const height = bottom + (chart.healthy.length ? HEALTH : 0) + 24;
  return html`<svg viewBox="0 0 ${LEFT + WIDTH + 20} ${height}" role="img" aria-label="Images, fleets and healthy targets over virtual time">
${scale.ticks().map(({ x, label }) => html`<line class="grid" x1="${x}" y1="10" x2="${x}" y2="${height - 22}"/><text class="tick" x="${x}" y="${height - 6}">${label}</text>`)}
${lanes.map((lane, index) => html`<g transform="translate(0 ${20 + index * LANE})">${lane}</g>`)}
${chart.healthy.length ? html`<g transform="translate(0 ${bottom})">${healthBand(chart, scale, HEALTH - 10)}</g>` : undefined}
</svg>`;
}

function imageLane({ name, builds, moves }: ImageLane, scale: TimeScale, end: string): Content {
  return [
    laneLabel(`image ${name}`),
    builds.map(({ version, startedAt, endedAt, status }) => {
      const x = scale.x(startedAt);
      const width = Math.max(3, scale.x(endedAt ?? end) - x);
      return html`<rect class="build ${status.toLowerCase()}" x="${x}" y="6" width="${width}" height="12"><title>${name} ${version}: ${status}, ${clock(startedAt)}</title></rect>`;
    }),
    moves.map(({ channel, at, target }) => {
      const x = scale.x(at);
      return html`<path class="move" d="M${x} 20l5 6l-5 6l-5 -6z"><title>channel ${name}:${channel} moves to ${target}, ${clock(at)}</title></path>`;
    }),
  ];
}

function fleetLane({ name, rollouts }: FleetLane, scale: TimeScale): Content {
  return [
    laneLabel(`fleet ${name}`),
    rollouts.map(({ version, kind, outcome, startedAt, endedAt }) => {
      const x = scale.x(startedAt);
      const width = Math.max(4, scale.x(endedAt) - x);
      return html`<rect class="rollout ${outcome}" x="${x}" y="8" width="${width}" height="20"><title>${kind} ${version}: ${outcome}, ${clock(startedAt)} to ${clock(endedAt)}</title></rect>`;
    }),
  ];
}

const laneLabel = (text: string): Html => html`<line class="lane" x1="0" y1="40" x2="${LEFT + WIDTH}" y2="40"/><text class="label" x="0" y="24">${text}</text>`;
