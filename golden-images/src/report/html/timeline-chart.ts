import type { Chart } from '../chart';
import { healthBand } from './health-band';
import { fleetLane, imageLane } from './lanes';
import { html, type Html } from './markup';
import { TimeScale } from './scale';

const LEFT = 170;
const WIDTH = 1000;
const RIGHT = 50;
const LANE = 44;
const HEALTH = 110;

/** The chart as SVG: a lane for each image, a lane for each fleet, healthy targets below. */
export function timelineChart(chart: Chart): Html {
  const scale = new TimeScale(chart.startedAt, chart.endedAt, LEFT, WIDTH);
  const lanes = [...chart.images.map((lane) => imageLane(lane, scale, chart.endedAt)), ...chart.fleets.map((lane) => fleetLane(lane, scale))];
  const bottom = 20 + lanes.length * LANE;
  const height = bottom + (chart.healthy.length ? HEALTH : 0) + 24;
  return html`<svg viewBox="0 0 ${LEFT + WIDTH + RIGHT} ${height}" role="img" aria-label="Images, fleets and healthy targets over virtual time">
${scale.ticks().map(({ x, label }) => html`<line class="grid" x1="${x}" y1="10" x2="${x}" y2="${height - 22}"/><text class="tick" x="${x}" y="${height - 6}">${label}</text>`)}
${lanes.map((lane, index) => html`<g transform="translate(0 ${20 + index * LANE})">${lane}<line class="lane" x1="0" y1="38" x2="${LEFT + WIDTH}" y2="38"/></g>\n`)}
${chart.healthy.length ? html`<g transform="translate(0 ${bottom})">${healthBand(chart, scale, HEALTH - 10)}</g>` : undefined}
</svg>${legend}`;
}

const legend = html`<p class="legend"><span class="good">■</span> built, committed · <span class="bad">■</span> failed, rolled back ·
<span class="dull">■</span> cancelled, superseded, aborted · ◆ a channel moves · point at a mark to read more</p>`;
