import type { Command, Surroundings } from './command';
import { manual, overview } from './help';
import { local } from './local';
import { hint } from './nearest';
import { UsageError } from './option';
import { parse } from './parse';
import { rehearse } from './rehearse';
import { version } from '../../package.json';

/** Exit code for a command line that cannot be understood. */
export const MISUSED = 2;

const commands: readonly Command[] = [local, rehearse];

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
  if (first === 'help') return say(surroundings, manual(find(rest[0]!)));
  if (first.startsWith('-')) throw new UsageError(`unknown option ${first}${hint(first.replace(/^-+/, ''), ['help', 'version'], '--')}`);
  const found = find(first);
  if (rest.includes('--help') || rest.includes('-h')) return say(surroundings, manual(found));
  return found.run(parse(rest, found.options), surroundings);
}

function find(name: string): Command {
  const found = commands.find((each) => each.name === name);
  if (!found) throw new UsageError(`unknown command '${name}'${hint(name, [...commands.map((each) => each.name), 'help'])}`);
  return found;
}

function say(surroundings: Surroundings, text: string): number {
  surroundings.out(text);
  return 0;
}
