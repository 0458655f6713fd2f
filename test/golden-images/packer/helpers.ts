import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in a folder. */
export async function run(directory: string, ...args: string[]): Promise<Said> {
  const said = { out: '', err: '' };
  const code = await runCommandLine(args, {
    directory,
    terminal: false,
    out: (text) => { said.out += `${text}\n`; },
    err: (text) => { said.err += `${text}\n`; },
    write: () => undefined,
  });
  return { code, ...said };
}

/** Does something in a folder with files, which is then gone. */
export async function withFiles<T>(files: Record<string, string>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'packer-command-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
