import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { fresh, median } from './fresh';
import { table } from './table';
import { lint } from '../golden-images/src/components';

const DOCUMENTS = 1000;
const RUNS = 7;

/** What one fresh process measured. */
export interface LintRun {
  readonly wall: number;
  readonly cpu: number;
  readonly characters: number;
}

/** Checks of a thousand documents, beside the reading of their YAML alone, which no check can do without. */
export function lintTable(): string {
  const sides = ['component lint', 'YAML parser alone', 'component lint of braces that are never closed'] as const;
  const runs = Array.from({ length: RUNS }, () => sides.map((_, index) => fresh<LintRun>(process.argv[1]!, 'lint', String(index))));
  const of = (side: number, what: keyof LintRun): number => median(runs.map((each) => each[side]![what]));
  return table([`${DOCUMENTS} component documents, or one of 64 KB`, 'characters', `wall ms (median of ${RUNS})`, 'CPU ms', 'CPU ms a document'], sides.map((name, side) => [
    name, of(side, 'characters'), of(side, 'wall'), of(side, 'cpu'), (of(side, 'cpu') / (side === 2 ? 1 : DOCUMENTS)).toFixed(2),
  ]));
}

/** In the fresh process: 0 checks, 1 only parses, 2 checks what is as hard as a document may be. */
export function lintOnce(side: number): LintRun {
  const folder = mkdtempSync(join(tmpdir(), 'golden-images-bench-'));
  const texts = side === 2 ? [hostileText()] : Array.from({ length: DOCUMENTS }, (_, index) => documentText(index));
  texts.forEach((text, index) => {
    const place = join(folder, `team-${index % 20}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `component-${index}.yml`), text);
  });
  const [began, before] = [performance.now(), process.cpuUsage()];
  if (side !== 1) refuseAny(lint([folder]).files.flatMap(({ violations }) => violations));
  else texts.forEach((text) => parse(text));
  const { user, system } = process.cpuUsage(before);
  const wall = performance.now() - began;
  rmSync(folder, { recursive: true });
  return { wall, cpu: (user + system) / 1000, characters: texts.reduce((sum, { length }) => sum + length, 0) };
}

function refuseAny(violations: readonly unknown[]): void {
  if (violations.length > 0) throw new Error(`the documents are meant to be valid: ${JSON.stringify(violations[0])}`);
}

/** As large as Image Builder takes; 150 KB of the same took 18 seconds once. */
function hostileText(): string {
  const document = (script: string) => ({
    name: 'hostile', schemaVersion: 1.0, phases: [{ name: 'build', steps: [{ name: 'A', action: 'ExecuteBash', inputs: { commands: [script] } }] }],
  });
  return JSON.stringify(document(`cat <<'END'\n${'{{ '.repeat(21_000)}\nEND`));
}

/** Eight steps with parameters, a condition, a loop and references: as long as real ones are. */
function documentText(index: number): string {
  const script = Array.from({ length: 12 }, (_, line) => `echo "line ${line} of {{ Package }} ${index}"`).join('\n');
  return stringify({
    name: `component-${index}`,
    description: 'A component as teams write them',
    schemaVersion: 1.0,
    parameters: [{ Package: { type: 'string', default: 'nginx', description: 'what is installed' } }],
    constants: [{ Folder: { type: 'string', value: '/srv/media' } }],
    phases: [
      {
        name: 'build',
        steps: [
          { name: 'Folder', action: 'CreateFolder', inputs: [{ path: '{{ Folder }}' }] },
          { name: 'Download', action: 'S3Download', maxAttempts: 3, inputs: [{ source: 's3://media/a.zip', destination: '{{ Folder }}/a.zip' }] },
          { name: 'Install', action: 'ExecuteBash', timeoutSeconds: 600, inputs: { commands: ['set -eu', script, 'unzip {{ build.Download.inputs[0].destination }}'] } },
          { name: 'Tools', action: 'ExecuteBash', loop: { name: 'Tool', forEach: ['jq', 'tar'] }, inputs: { commands: ['dnf -y install "{{ Tool.value }}"'] } },
          { name: 'Restart', action: 'Reboot', if: { and: [{ fileExists: '/var/run/reboot-required' }, { not: { binaryExists: 'apt-get' } }] } },
        ],
      },
      { name: 'validate', steps: [{ name: 'Version', action: 'ExecuteBash', onFailure: 'Ignore', inputs: { commands: [script] } }] },
      {
        name: 'test',
        steps: [
          { name: 'Get', action: 'ExecuteBash', inputs: { commands: ['curl -fs http://127.0.0.1/'] } },
          { name: 'Same', action: 'Assert', inputs: { stringEquals: 'ok', value: '{{ test.Get.outputs.stdout }}' } },
        ],
      },
    ],
  });
}
