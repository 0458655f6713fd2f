import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What one call takes. Not every dependent action of AWS's page is needed: those that are not are spared, with the reason. */
export interface Row {
  /** Package of the client, and the name of its command. */
  readonly command: string;
  /** As IAM names it. */
  readonly action: string;
  /** What AWS checks besides, with the rights of the caller. */
  readonly needs: readonly string[];
  readonly spared?: Readonly<Record<string, string>>;
  /** Page of AWS that says so. */
  readonly source: string;
}

const root = join(__dirname, '../../..');

/** One row a command. The dependent actions stand on AWS's pages only, in no data set. */
export const table: readonly Row[] = JSON.parse(readFileSync(join(__dirname, 'commands.json'), 'utf8'));

/** Every command that is left in what a program is bundled to. */
export async function commandsIn(...entryPoints: string[]): Promise<string[]> {
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints, outdir: 'none', bundle: true, write: false, platform: 'node', format: 'esm', packages: 'external',
  });
  return [...new Set(outputFiles.flatMap(({ text }) => commandsOf(text)))].sort();
}

function commandsOf(bundle: string): string[] {
  const imports = [...bundle.matchAll(/import \{([^}]*)\} from "@aws-sdk\/([a-z0-9-]+)"/g)];
  const imported = imports.flatMap(([, names, client]) => [...names!.matchAll(/(\w+)Command\b(?: as (\w+))?/g)]
    .map(([, name, alias]) => ({ command: `${client} ${name}`, local: alias ?? `${name}Command` })));
  // AWS CodeBuild is called by its protocol, without a client.
  const calls = bundle.includes('CodeBuild_20161006') ? [...bundle.matchAll(/this\.call\("(\w+)"/g)] : [];
  return [
    ...imported.filter(({ local }) => bundle.includes(`new ${local}(`)).map(({ command }) => command),
    ...calls.map(([, operation]) => `codebuild ${operation}`),
  ];
}

/** The row of a command; a command without one is a mistake. */
export function rowOf(command: string): Row {
  const row = table.find((each) => each.command === command);
  if (!row) throw new Error(`${command} has no row in commands.json: add its action and what else AWS checks, with the page that says so`);
  return row;
}

/** Actions that commands take, all together. */
export const actionsOf = (commands: readonly string[]): string[] =>
  [...new Set(commands.map(rowOf).flatMap(({ action, needs }) => [action, ...needs]))].sort();
