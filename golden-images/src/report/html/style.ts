/** The style of the page: light and dark, no external resource. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e6e6e6); --faint: light-dark(#d6dae0, #3a4048); --paper: light-dark(#fff, #16181b);
  --good: light-dark(#1a7f4b, #3fb37a); --bad: light-dark(#c0392b, #e8695b); --busy: light-dark(#2563a8, #6aa5e3); --dull: light-dark(#8a929c, #7c848d); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.model { border-left: 4px solid var(--busy); padding-left: .75rem; }
svg { width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); } svg .label { font-size: 13px; } svg .tick { text-anchor: middle; } svg .count { text-anchor: end; }
svg .version { font-size: 11px; }
.grid { stroke: var(--faint); stroke-dasharray: 2 4; } .lane { stroke: var(--faint); }
.build { fill: var(--busy); } .build.available { fill: var(--good); } .build.failed { fill: var(--bad); } .build.cancelled { fill: var(--dull); }
.move { fill: var(--ink); } .healthy { fill: none; stroke: var(--good); stroke-width: 2; }
.rollout { fill: var(--busy); } .rollout.committed { fill: var(--good); } .rollout.rolled-back { fill: var(--bad); }
.rollout.superseded, .rollout.aborted { fill: var(--dull); }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1rem .2rem 0; border-bottom: 1px solid var(--faint); vertical-align: top; }
.legend { color: var(--dull); } .good { color: var(--good); } .bad { color: var(--bad); } .dull { color: var(--dull); }
.holds { color: var(--good); } .fails { color: var(--bad); font-weight: 600; }
time { font-variant-numeric: tabular-nums; white-space: nowrap; }
`;
