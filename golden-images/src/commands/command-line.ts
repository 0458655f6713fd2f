import type { Command, Surroundings } from './command';
import { componentLint } from './component-lint';
import { componentRun } from './component-run';
import { diskImport } from './disk-import';
import { manual, overview } from './help';
import { local } from './local';
import { manifest } from './manifest';
import { hint } from './nearest';
import { UsageError } from './option';
import { packerExplain } from './packer-explain';
import { packerImport } from './packer-import';
import { parse } from './parse';
import { register } from './register';
import { rehearse } from './rehearse';
import { renderImage } from './render';
import { version } from '../../package.json';

/** Exit code for a command line that cannot be understood. */
export const MISUSED = 2;

const commands: readonly Command[] = [
  componentLint, componentRun, diskImport, local, rehearse, register, manifest, packerImport, packerExplain, renderImage,
];

/** Runs a command line and gives its exit code. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await dispatch(args, surroundings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    surroundings.err(`golden-images: ${error.message}`);
    return MISUSED;
  }
}

async function dispatch(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-v') return say(surroundings, version);
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) return say(surroundings, overview(commands));
  if (first === undefined) {
    surroundings.err(overview(commands));
    return MISUSED;
  }
  if (first === 'help') return help(rest, surroundings);
  if (first.startsWith('-')) throw new UsageError(`unknown option ${first}${hint(first.replace(/^-+/, ''), ['help', 'version'], '--')}`);
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length > 0 && (rest.length === 0 || rest[0]!.startsWith('-'))) return chooseFrom(group, rest, surroundings);
  const { found, others } = find(args);
  if (others.includes('--help') || others.includes('-h')) return say(surroundings, manual(found));
  const { values, operands } = parse(others, found.options, found.operands !== undefined);
  return found.run(values, surroundings, operands);
}

function help(words: readonly string[], surroundings: Surroundings): number {
  const group = commands.filter(({ name }) => words.length === 1 && name.startsWith(`${words[0]} `));
  return group.length > 0 ? chooseFrom(group, ['--help'], surroundings) : say(surroundings, manual(find(words).found));
}

/** The command that the first words name, and what comes after them. */
function find(words: readonly string[]): { readonly found: Command; readonly others: readonly string[] } {
  const found = commands.find(({ name }) => words.slice(0, name.split(' ').length).join(' ') === name);
  if (found) return { found, others: words.slice(found.name.split(' ').length) };
  const group = commands.some(({ name }) => name.startsWith(`${words[0]} `));
  const meant = group && words[1] !== undefined ? `${words[0]} ${words[1]}` : words[0]!;
  throw new UsageError(`unknown command '${meant}'${hint(meant, [...commands.map((each) => each.name), 'help'])}`);
}

/** The first of two words alone: its help is that of all commands which begin with it. */
function chooseFrom(group: readonly Command[], rest: readonly string[], surroundings: Surroundings): number {
  if (rest[0] === '--help' || rest[0] === '-h') return say(surroundings, group.map(manual).join('\n\n'));
  throw new UsageError(`expected one of ${group.map(({ name }) => name).join(', ')}`);
}

function say(surroundings: Surroundings, text: string): number {
  surroundings.out(text);
  return 0;
}
