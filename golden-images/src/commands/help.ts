import type { Command } from './command';
import type { Option } from './option';

const columns = (rows: ReadonlyArray<readonly [string, string]>): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

/** What `golden-images --help` prints. */
export function overview(commands: readonly Command[]): string {
  return [
    'Usage: golden-images COMMAND [options]',
    '',
    'Rehearses the images and fleets of an AWS CDK app in a local AWS, on virtual time: a model. Checks and runs component documents.',
    '',
    'Commands:',
    ...columns([...commands.map(({ name, summary }) => [name, summary] as const), ['help COMMAND', 'how a command is used']]),
    '',
    'Options:',
    ...columns([['-h, --help', 'this text'], ['-v, --version', 'the version']]),
  ].join('\n');
}

/** What `golden-images help COMMAND` prints. */
export function manual({ name, summary, description, options, operands }: Command): string {
  const rows = Object.entries(options).map(([option, each]) => [usage(option, each), each.description] as const);
  return [`Usage: golden-images ${name}${operands === undefined ? '' : ` ${operands}`} [options]`, '', `${summary[0]!.toUpperCase()}${summary.slice(1)}.`, ...description, '', 'Options:', ...columns(rows)].join('\n');
}

const usage = (name: string, option: Option): string =>
  option.kind === 'switch' ? `--${name}` : `--${name} ${option.form}${option.kind === 'many' ? ' …' : ''}`;
