import type { Chart } from '../chart';
import { html, type Content } from './markup';
import type { TimeScale } from './scale';

/** Healthy targets over time, as steps. */
export function healthBand(chart: Chart, scale: TimeScale, height: number): Content {
  const top = Math.max(1, ...chart.healthy.map(({ healthy }) => healthy));
  const y = (count: number): number => Math.round((height - 8 - (count / top) * (height - 24)) * 10) / 10;
  const points = steps(chart, scale).map(([x, count]) => `${x} ${y(count)}`);
  return [
    html`<text class="label" x="0" y="24">healthy targets</text>`,
    [0, top].map((count) => html`<text class="count" x="${scale.x(chart.startedAt) - 8}" y="${y(count) + 4}">${count}</text>`),
    html`<path class="healthy" d="${`M${points.join('L')}`}"/>`,
  ];
}

/** Corners of the line. Of all that happens at one point of the axis only the extremes and the end show. */
function steps({ healthy, startedAt, endedAt }: Chart, scale: TimeScale): Array<[x: number, count: number]> {
  const byX = new Map<number, number[]>();
  for (const { at, healthy: count } of healthy) byX.set(scale.x(at), [...byX.get(scale.x(at)) ?? [], count]);
  let last = 0;
  const corners: Array<[number, number]> = [[scale.x(startedAt), 0]];
  for (const [x, counts] of byX) {
    corners.push([x, last], [x, Math.min(...counts)], [x, Math.max(...counts)]);
    last = counts.at(-1)!;
    corners.push([x, last]);
  }
  return [...corners, [scale.x(endedAt), last]];
}
