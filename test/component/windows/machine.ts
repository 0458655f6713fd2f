import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { simulate, type Happening, type Simulation, type Turn } from '../../../golden-images/src/components/simulator';

/** What comes of a script that acts on an exit code, by reading its branches as PowerShell would. */
export interface Outcome {
  readonly fails?: string;
  readonly flags: string[];
}

/** Reads `if (@(…) -contains $code) { … } elseif … else { … }`. */
export function outcomeOf(script: string, code: number): Outcome {
  const chain = script.slice(script.indexOf('if (@('));
  for (const [, codes, body] of chain.matchAll(/if \(@\(([-\d, ]+)\) -contains \$code\) \{\n([\s\S]*?)\n\} else/g)) {
    if (codes!.split(', ').map(Number).includes(code)) {
      return { flags: [...body!.matchAll(/New-Item -ItemType File -Force -Path '([^']+)'/g)].map(([, path]) => path!) };
    }
  }
  const [, known] = /\$meaning = @\{ (.*) \}\["\$code"\]/.exec(chain) ?? [];
  const meaning = new RegExp(`'${code}' = '((?:[^']|'')*)'`).exec(known ?? '')?.[1];
  return { fails: meaning ?? 'not in the table of exit codes', flags: [] };
}

/** A machine on which programs end with these codes, one after the other; then with 0. */
export const runWith = (document: string, codes: (turn: Turn, program: number) => number, mostReboots = 50): Promise<Simulation> => {
  let programs = 0;
  const happens = (turn: Turn): Happening | undefined => {
    if (turn.task.kind !== 'script') {
      return undefined;
    }
    const { text } = turn.task;
    const folders = [...text.matchAll(/-DestinationPath '([^']+)'|ExtractToDirectory\('[^']+', '([^']+)'\)/g)]
      .map(([, unpacked, extracted]) => [`${unpacked ?? extracted}\\content`, '']);
    const creates = Object.fromEntries(folders);
    if (!text.includes('-contains $code')) {
      return { creates };
    }
    const { fails, flags } = outcomeOf(text, codes(turn, programs++));
    return fails === undefined ? { creates: { ...creates, ...Object.fromEntries(flags.map((flag) => [flag, ''])) } } : { exitCode: 1, stdout: fails, creates };
  };
  return simulate(withChecksums(document), { system: 'Windows', happens, mostReboots });
};

/** What is downloaded there is its own address: checksums are made those of that. */
function withChecksums(document: string): string {
  const parsed = parse(document);
  let source = '';
  for (const { action, inputs } of parsed.phases.flatMap(({ steps }: any) => steps)) {
    source = action === 'S3Download' ? inputs[0].source : source;
    if (inputs?.fileSHA256Equals !== undefined) {
      inputs.fileSHA256Equals = createHash('sha256').update(source).digest('hex');
    }
  }
  return stringify(parsed, { lineWidth: 0, aliasDuplicateObjects: false }).replace(/^schemaVersion: 1$/m, 'schemaVersion: 1.0');
}
