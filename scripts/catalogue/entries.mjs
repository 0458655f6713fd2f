// Every entry of the library's catalogue for Linux is run in a machine that boots, or excused with a reason: the list comes from what the library exports.
import { documentText } from './document-text.mjs';

/** The component by which an entry is known, or why it is not run. */
const ENTRIES = {
  'OperatingSystem.updates': { component: 'update-linux' },
  'LinuxBaseline.timeSync': { component: 'linux-time-sync' },
  'LinuxBaseline.cis': { component: 'linux-cis' },
  'LinuxBaseline.optionalHardening': { component: 'linux-optional-hardening' },
  'OpenScap.hardening': { component: 'openscap-anssi-bp28-minimal' },
  'LinuxBaseline.ssmAgentCheck': { excuse: 'no mirror of Debian has the agent of Systems Manager, which it asks for' },
  'LinuxBaseline.cleanForImaging': { component: 'linux-clean-for-imaging' },
  'WebServer.nginx': { component: 'nginx' },
  'WebServer.apache': { component: 'apache' },
  'Agents.cloudWatch': { excuse: 'no mirror of Debian has the package of the agent, which Amazon hands out in buckets only' },
  'Agents.inspectorSbom': { excuse: 'the generator is no package of Debian, and Amazon hands it out in a bucket only' },
  'Vda.dcv': { excuse: 'no mirror of Debian has the server, and Amazon offers it for Amazon Linux, Red Hat, SUSE and Ubuntu, not for Debian' },
  'Vda.dcvTest': { excuse: 'it tests the server of Vda.dcv' },
  'Stig.hardening': { excuse: 'the component is Amazon\'s own: its document is not here' },
  'WindowsBaseline.cis': { excuse: 'only for Windows' },
  'WindowsBaseline.timeSync': { excuse: 'only for Windows' },
  'WindowsBaseline.ssmAgentCheck': { excuse: 'only for Windows' },
  'WindowsBaseline.cleanForImaging': { excuse: 'only for Windows' },
  'OperatingSystem.windowsUpdates': { excuse: 'only for Windows' },
  'WebServer.iis': { excuse: 'only for Windows' },
  'Vda.citrix': { excuse: 'only for Windows' },
  'Vda.remoteDesktopSessionHost': { excuse: 'only for Windows' },
};

/** What is neither run nor excused, and what is excused and does not exist. `ran` are names of components whose phases all ran well. */
export function unaccounted(exported, ran, entries = ENTRIES) {
  return [
    ...exported.filter((entry) => !entries[entry]).map((entry) => `${entry} is new: run it in test/catalogue/app.ts, or excuse it in scripts/catalogue/entries.mjs`),
    ...Object.keys(entries).filter((entry) => !exported.includes(entry)).map((entry) => `${entry} is no entry of the library any more`),
    ...exported.filter((entry) => entries[entry]?.component && !ran.some((name) => name.endsWith(entries[entry].component)))
      .map((entry) => `${entry}: no component ${entries[entry].component} ran`),
  ];
}

/** Entries with the reason why they do not run. */
export const excuses = (entries = ENTRIES) => Object.entries(entries).filter(([, { excuse }]) => excuse).map(([entry, { excuse }]) => `NOT RUN: ${entry}: ${excuse}`);

/** Static methods of the exported classes: each makes a component. */
export const entriesOf = (library) => Object.entries(library)
  .filter(([, exported]) => typeof exported === 'function' && /^class\b/.test(Function.prototype.toString.call(exported)))
  .flatMap(([name, exported]) => Object.getOwnPropertyNames(exported)
    .filter((method) => typeof exported[method] === 'function' && !['length', 'name', 'prototype'].includes(method))
    .map((method) => `${name}.${method}`));

/** The documents of an image in one, as the service runs them: phase by phase, in the order of the recipe. */
export const wrapper = (components) => documentText(['build', 'validate', 'test'].flatMap((phase) => {
  const steps = components.filter(({ phases }) => phases.includes(phase)).map(({ name, parameters }) => ({
    name: name.replace(/[^A-Za-z0-9_-]/g, '-'),
    action: 'ExecuteDocument',
    inputs: {
      document: `s3://documents/${name}.yaml`,
      phases: phase,
      ...parameters.length > 0 ? { parameters: parameters.map((each) => ({ name: each.slice(0, each.indexOf('=')), value: each.slice(each.indexOf('=') + 1) })) } : {},
    },
  }));
  return steps.length > 0 ? [{ name: phase, steps }] : [];
}));
