import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { simulate, type Happening, type Simulation, type Turn } from '../../../golden-images/src/components/simulator';

/** What comes of a script that acts on an exit code, by reading its branches as PowerShell would. */
export interface Outcome {
  readonly fails?: string;
  readonly flags: string[];
  /** Ends with 3010: restart, and the same step again. */
  readonly again?: boolean;
}

/** Reads `if (@(…) -contains $code) { … } elseif … else { … }`. */
export function outcomeOf(script: string, code: number, retried = false): Outcome {
  const chain = script.slice(script.indexOf('if (@('));
  for (const [, unless, codes, body] of chain.matchAll(/if \((-not \$retried -and )?@\(([-\d, ]+)\) -contains \$code\) \{\n([\s\S]*?)\n\} else/g)) {
    if (codes!.split(', ').map(Number).includes(code) && !(unless !== undefined && retried)) {
      const flags = [...body!.matchAll(/New-Item -ItemType File -Force -Path '([^']+)'/g)].map(([, path]) => path!);
      return { flags, ...body!.includes('exit 3010') ? { again: true } : {} };
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
    const folders = [...text.matchAll(/robocopy\.exe '[^']+' '([^']+)'|ExtractToDirectory\('[^']+', '([^']+)'\)/g)]
      .map(([, unpacked, extracted]) => [`${unpacked ?? extracted}\\content`, '']);
    const creates = Object.fromEntries(folders);
    if (!text.includes('-contains $code')) {
      return { creates };
    }
    const retryFlag = /\$retried = Test-Path -LiteralPath '([^']+)'/.exec(text)?.[1];
    const retried = retryFlag !== undefined && turn.hasFile(retryFlag);
    const { fails, flags, again } = outcomeOf(text, codes(turn, programs++), retried);
    flags.forEach((flag) => Object.assign(creates, { [flag]: '' }));
    return { exitCode: fails !== undefined ? 1 : again ? 3010 : 0, stdout: fails, creates, deletes: retried ? [retryFlag] : [] };
  };
  return simulate(withChecksums(document), { system: 'Windows', happens, mostReboots });
};

/** What is downloaded there is its own address: checksums are made those of that. */
export function withChecksums(document: string): string {
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
