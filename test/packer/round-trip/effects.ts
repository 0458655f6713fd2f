import { sha256, type Documents } from './road';
import type { DocumentStep, Mapping } from '../../../src/component/document';

/** What a step does to the machine, whoever does it. */
export type Effect = readonly [kind: string, ...details: unknown[]];

const UPDATES = /^# golden-images: (\{"step":"WindowsUpdate".*\})$/m;
const bare = (name: string): string => name.replace(/\d+$/, '');
const commandsOf = ({ inputs }: DocumentStep): string => ((inputs as Mapping).commands as string[]).join('\n');
const firstInput = ({ inputs }: DocumentStep): Mapping => (inputs as Mapping[])[0]!;
const runs = ({ maxAttempts, timeoutSeconds }: DocumentStep): readonly number[] => [maxAttempts, timeoutSeconds];

/** Of the documents of a template. */
export const effects = ({ steps, file }: Documents): Effect[] => steps.map((step): Effect => {
  switch (step.action) {
    case 'ExecuteBash':
    case 'ExecutePowerShell': return scripted(step, bare(step.name), `${guardOf(step)}${commandsOf(step)}`);
    case 'Reboot': return ['restart'];
    case 'UpdateOS': return ['update'];
    case 'S3Download': return ['file', sha256(file(String(firstInput(step).source))), firstInput(step).destination];
    case 'Assert': return ['check', checksumOf(JSON.stringify(step.inputs))];
    default: return [bare(step.name)];
  }
});

/** What the condition of a step is in a script: updates by dnf are only for systems that have it. */
function guardOf({ condition }: DocumentStep): string {
  const program = condition?.comparison.binaryExists;
  return program === undefined ? '' : `if ! command -v '${String(program)}' >/dev/null; then\n  exit 0\nfi\n`;
}

const checksumOf = (text: string): string | undefined => /[0-9a-f]{64}/.exec(text)?.[0];

function scripted(step: DocumentStep, name: string, body: string): Effect {
  if (name === 'MakeFolder' || name === 'RemoveMedia') return [name];
  const [, options] = UPDATES.exec(body) ?? [];
  if (options === undefined) return ['script', body, ...runs(step)];
  const { searchCriteria, filters, updateLimit } = JSON.parse(options);
  return searchCriteria === 'BrowseOnly=0 and IsInstalled=0' && updateLimit === 1000 ? ['update'] : ['windows-update', searchCriteria, filters, updateLimit];
}

/** Of the documents of a rendered template: what the renderer wraps around a step, and the mapping around a provisioner, is taken off. */
export function unwrappedEffects({ steps, file }: Documents): Effect[] {
  const found: Effect[] = [];
  let text: string | undefined;
  let arrived: string | undefined;
  for (const step of steps) {
    if (step.action === 'Reboot') found.push(['restart']);
    if (step.action === 'S3Download') {
      const content = file(String(firstInput(step).source));
      if (/golden-images-[0-9a-f]{64}/.test(String(firstInput(step).destination))) arrived = sha256(content);
      else text = content.toString().replace(/^\uFEFF/, '');
    }
    if (step.action !== 'ExecuteBash' && step.action !== 'ExecutePowerShell') continue;
    if (UPDATES.test(commandsOf(step))) found.push(scripted(step, step.name, commandsOf(step)));
    if (bare(step.name) !== 'PackerScript') continue;
    found.push(...rendered(step, text ?? inDocument(commandsOf(step)), arrived));
    text = undefined;
  }
  return found;
}

/** The text of a script that stands in the document. */
const inDocument = (commands: string): string => /^printf '%s' '((?:[^']|'\\'')*)' > "\$script"$/m.exec(commands)![1]!.replaceAll("'\\''", "'");

/** What a quoted word of bash or PowerShell says. */
const spoken = (word: string): string => [...word.matchAll(/'((?:[^']|'')*)'|\[char\]0x([0-9A-F]{4})/g)]
  .map(([, quoted, code]) => quoted?.replaceAll("''", "'") ?? String.fromCharCode(parseInt(code!, 16))).join('');

function rendered(step: DocumentStep, text: string, arrived: string | undefined): Effect[] {
  const [, title, body] = /^(?:#!\/bin\/bash\n)?# \S+, \w+: (\S+)\n([^]*?)(?:\nexit 0)?\n*$/.exec(text) ?? [];
  // What the renderer adds of its own: it waits for the way in, and generalizes Windows.
  if (title === undefined || body === undefined) return [];
  switch (bare(title)) {
    // The restart is a step of its own, before which the disks are synchronised.
    case 'Reboot': return [];
    case 'UpdateOS': return [['update']];
    case 'Checksum': return [['check', checksumOf(body.slice(body.indexOf('printf') + 1).replace(/script-\S+/g, ''))]];
    case 'Download': return [['file', arrived, spoken(/^\$?target ?= ?(.*)$/m.exec(body)![1]!)]];
    case 'MakeFolder':
    case 'RemoveMedia':
    case 'RemoveFile': return [[bare(title)]];
    default: return [['script', body, ...runs(step)]];
  }
}
