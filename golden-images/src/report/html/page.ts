import { html, Html, type Content } from './markup';
import { style } from './style';
import { timelineChart } from './timeline-chart';
import type { Report } from '../report';

const NOTICE = 'This is a model: it happened in the local AWS, on virtual time, and not in an AWS account. IAM, logs and notifications are recorded, not enforced.';

/** A report as one page that needs nothing else: no script, no font, no image, no network. */
export function page(report: Report): string {
  return `<!DOCTYPE html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<h1>${report.title}</h1>
<p class="model">${NOTICE}</p>
${checks(report)}
<h2>Over time</h2>
${timelineChart(report.chart)}
${summary(report)}
<h2>Timeline</h2>
${table(['Virtual time', 'What happened'], report.timeline.map(({ at, text }) => [html`<time datetime="${at}">${at.slice(0, 19).replace('T', ' ')}</time>`, text]))}
</body>
</html>`.text}\n`;
}

function checks({ checks: all }: Report): Content {
  const mark = (holds: boolean): Html => (holds ? html`<span class="holds">✔</span>` : html`<span class="fails">✘</span>`);
  return table(['', 'Promise', 'Seen'], all.map(({ what, holds, seen }) => [mark(holds), what, seen]));
}

function summary({ images, fleets, minHealthyObserved, leftovers }: Report): Content {
  return [
    html`<h2>Images</h2>`,
    table(['Image', 'Version', 'State'], images.flatMap(({ name, versions }) => versions.map(({ version, state }) => [name, version, state]))),
    html`<h2>Fleets</h2>`,
    table(['Fleet', 'Version', 'Kind', 'Outcome', 'Instances touched', 'Minutes to halt'], fleets.flatMap(({ name, rollouts }) =>
      rollouts.map((each) => [name, each.version, each.kind, each.outcome, each.instancesTouched, each.minutesToHalt?.toFixed(1)]))),
    minHealthyObserved === undefined ? undefined : html`<p>Never fewer than ${minHealthyObserved} healthy targets after the first release.</p>`,
    html`<h2>Left over</h2>`,
    table(['Type', 'Name'], leftovers.map(({ type, name }) => [type, name])),
  ];
}

function table(head: string[], rows: Content[][]): Html {
  if (rows.length === 0) return html`<p>None.</p>`;
  return html`<table><thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table>`;
}
