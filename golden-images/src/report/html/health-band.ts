import type { Chart } from '../chart';
import { html, type Content } from './markup';
import type { TimeScale } from './scale';

/** Healthy targets over time, as steps. */
export function healthBand({ healthy, startedAt, endedAt }: Chart, scale: TimeScale, height: number): Content {
  const top = Math.max(1, ...healthy.map((sample) => sample.healthy));
  const y = (count: number): number => Math.round((height - 8 - (count / top) * (height - 24)) * 10) / 10;
  const points = [[scale.x(startedAt), y(0)]];
  for (const { at, healthy: count } of healthy) {
    const x = scale.x(at);
    // Changes that fall on the same point show as one stroke, from where they began to where they ended.
    points.push([x, points.at(-1)![1]!], [x, y(count)]);
  }
  points.push([scale.x(endedAt), points.at(-1)![1]!]);
  return [
    html`<text class="label" x="0" y="24">healthy targets</text>`,
    [0, top].map((count) => html`<text class="count" x="${scale.x(startedAt) - 8}" y="${y(count) + 4}">${count}</text>`),
    html`<path class="healthy" d="${`M${points.map(([px, py]) => `${px} ${py}`).join('L')}`}"/>`,
  ];
}
