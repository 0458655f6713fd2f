import { evaluate } from '../condition';
import { done, StepFailure, textOf, type Bench, type Modules, type Outcome } from './module';
import { probeOf } from './probe';
import { isMapping, type Mapping } from '../../../../src/component/document';
import type { Task, TaskEnd } from '../machine';

/** "ExecuteBash", "ExecutePowerShell": exit codes that ask for a reboot, after which the same step runs again. */
const REBOOT = { Linux: 194, Windows: 3010 } as const;

/** General execution modules. */
export const execution: Modules = {
  ExecuteBash: (inputs, bench) => execute({ kind: 'script', language: 'bash', text: commandsOf(inputs) }, bench),
  ExecutePowerShell: (inputs, bench) => execute(
    (inputs as Mapping).file === undefined
      ? { kind: 'script', language: 'powershell', text: commandsOf(inputs) }
      : { kind: 'script-file', path: String((inputs as Mapping).file) },
    bench,
  ),
  ExecuteBinary: (inputs, bench) => {
    const { path, arguments: args } = inputs as { path: unknown; arguments?: unknown[] };
    return execute({ kind: 'program', path: String(path), args: (args ?? []).map(String) }, bench);
  },
  ExecuteDocument: async (inputs) => {
    const { document, phases, parameters } = inputs as Mapping;
    return { type: 'document', location: String(document), phases: phasesOf(phases), parameters: parametersOf(parameters) };
  },
  Assert: async (inputs, { machine }) => (evaluate(inputs as Mapping, probeOf(machine))
    ? done()
    : { type: 'failed', message: `it does not hold: ${JSON.stringify(inputs)}` }),
};

/** Runs a task whose exit code decides. */
export async function execute(task: Task, bench: Bench): Promise<Outcome> {
  const end = await bench.run(task);
  const { exitCode, timedOut } = end;
  if (timedOut) return { type: 'timed-out' };
  if (exitCode === REBOOT[bench.machine.system]) return { type: 'reboot', again: true, exitCode };
  return exitCode === 0 ? { type: 'done', outputs: outputOf(end), exitCode } : { type: 'failed', message: `exit code ${exitCode}`, exitCode };
}

/** Without the line break at the end: user guide, "Step and iteration outputs" (assumption: stdout-trimmed). */
const outputOf = ({ stdout }: TaskEnd): { stdout: string } => ({ stdout: stdout.replace(/\r?\n$/, '') });

const commandsOf = (inputs: unknown): string => ((inputs as Mapping).commands as unknown[]).map(String).join('\n');

const phasesOf = (phases: unknown): string[] => textOf(phases).split(',').map((each) => each.trim()).filter((each) => each !== '');

/** Pairs of name and value, or maps with one key. */
function parametersOf(parameters: unknown): Record<string, string> {
  const list = Array.isArray(parameters) ? parameters : parameters === undefined ? [] : [parameters];
  return Object.fromEntries(list.flatMap((each): [string, string][] => {
    if (!isMapping(each)) throw new StepFailure(`parameters hold ${JSON.stringify(each)}; a map of a name and its value is expected`);
    return 'name' in each && 'value' in each ? [[String(each.name), String(each.value)]] : Object.entries(each).map(([name, value]) => [name, String(value)]);
  }));
}
