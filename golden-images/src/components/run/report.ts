import { isMapping, type ComponentDocument } from '../../../../src/component/document';
import { statusOf, type Instruction, type Refusal, type RunOptions, type RunStatus, type StepResult } from '../interpreter';

export interface PhaseReport {
  readonly name: string;
  readonly status: RunStatus;
  readonly steps: readonly StepResult[];
}

/** What a run came to. */
export interface Report {
  readonly document: string;
  readonly status: RunStatus;
  readonly phases: readonly PhaseReport[];
  readonly reboots: number;
  readonly seconds: number;
  /** Why the run was given up: without this it might never have ended. */
  readonly refusal?: Refusal;
}

/** What a step was told to keep to itself, and values of Parameter Store, stand in no report. */
function withoutSecrets(results: readonly StepResult[], secrets: readonly string[]): StepResult[] {
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return secrets.reduce((text, secret) => text.split(secret).join('***'), value);
    if (Array.isArray(value)) return value.map(mask);
    return isMapping(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mask(each)])) : value;
  };
  return results.map(({ quiet, outputs, nested, ...step }) => ({
    ...mask(step) as typeof step,
    outputs: quiet ? {} : mask(outputs) as typeof outputs,
    ...nested ? { nested: withoutSecrets(nested, secrets) } : {},
  }));
}

export function reportOf(document: ComponentDocument, options: RunOptions, end: Extract<Instruction, { type: 'end' }>, reboots: number): Report {
  const results = withoutSecrets(end.results, Object.values(options.stored ?? {}).filter((each) => each !== ''));
  const names = [...new Set(results.map(({ phase }) => phase))];
  const phases = names.map((name) => {
    const steps = results.filter(({ phase }) => phase === name);
    return { name, status: statusOf(steps), steps };
  });
  return {
    document: options.source ?? document.name ?? '',
    status: end.status,
    phases,
    reboots,
    seconds: end.results.reduce((sum, { seconds }) => sum + seconds, 0),
    ...end.refusal === undefined ? {} : { refusal: end.refusal },
  };
}

/** Whether the service would go on with the image. */
export const isGood = ({ status }: Report): boolean => status !== 'Failed';

/** Two runs of a document as one: a good one, and what followed it. */
export const joined = (first: Report, second: Report): Report => ({
  ...second,
  status: second.status === 'Success' ? first.status : second.status,
  phases: [...first.phases, ...second.phases],
  reboots: first.reboots + second.reboots,
  seconds: first.seconds + second.seconds,
});

/** The report as a table: one line a step, those of nested documents under theirs. */
export function tableOf({ phases }: Report): string {
  const rows = [['phase', 'step', 'module', 'status', 'attempts', 'seconds', 'reboots', 'exit', 'why'], ...phases.flatMap(({ steps }) => steps.flatMap((each) => rowsOf(each, 0)))];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}

function rowsOf(result: StepResult, depth: number): string[][] {
  const { phase, step, action, status, attempts, seconds, reboots, exitCode, message, nested } = result;
  const row = [`${'  '.repeat(depth)}${phase}`, step, action, status, String(attempts), seconds.toFixed(1), String(reboots), exitCode === undefined ? '' : String(exitCode), message ?? ''];
  return [row, ...(nested ?? []).flatMap((each) => rowsOf(each, depth + 1))];
}
