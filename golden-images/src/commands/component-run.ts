import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { command, type Surroundings } from './command';
import { runOnMachine } from './component-machine';
import * as forms from './forms';
import { flag, many, single, UsageError, type ValuesOf } from './option';
import { readDocument, type ComponentDocument } from '../../../src/component/document';
import { Platform } from '../../../src/image/platform';
import { ParameterError } from '../components/interpreter';
import { lintText, violationLines } from '../components/lint';
import { DryRun, isGood, Narrator, runDocument, tableOf, type Performer, type Report } from '../components/run';

const options = {
  'phase': single('NAMES', phases, 'phases to run, with commas between them (default: build,validate)'),
  'root': single('PATH', forms.text, 'what to run in: a folder with the root file system of a Linux; with --machine qemu a disk, a folder or an archive of tar'),
  'machine': single('KIND', machine, 'chroot, or qemu: boot the root, with a kernel and systemd of its own (default: chroot)'),
  'save': single('FILE', forms.text, 'with --machine qemu, where the disk is kept that is made of a folder or archive (default: it is not kept)'),
  'dry-run': flag('say what would be done, and do nothing'),
  'parameter': many('NAME=VALUE', forms.assignment, 'value of a parameter of the document'),
  'ssm': many('NAME=VALUE', forms.assignment, 'value of a parameter of Parameter Store that the document refers to'),
  's3': many('BUCKET=FOLDER', forms.assignment, 'a folder that stands for a bucket; other buckets are refused'),
  'console': single('FILE', forms.text, 'with --machine qemu, what gets the console of the instances'),
  'network': single('KIND', network, 'none, or host: what is run may use the network of this machine (default: none)'),
  'reboots': single('N', forms.wholeNumber(0, 1000), 'give up a run that asks for more reboots (default: 15, as the agent)'),
  'report': single('FILE', forms.text, 'write what happened as JSON'),
  'json': flag('print what happened as JSON, and nothing else'),
};
type Values = ValuesOf<typeof options>;

/** Runs a component document as the service's agent does. */
export const componentRun = command({
  name: 'component run',
  summary: 'run a component document without AWS',
  operands: 'FILE',
  description: [
    'Runs it as the agent of EC2 Image Builder does: phases, steps, loops, conditions, references, timeouts, attempts, reboots.',
    'In a folder with the root file system of a Linux (--root), in namespaces of its own; or booted (--machine qemu): the phase test then runs',
    'on another instance, made of the disk that the phases before it left; or says what would happen (--dry-run).',
    'Never on this machine itself. Exits with status 0 when the service would go on with the image, 1 when a step failed.',
  ],
  options,
  async run(values, surroundings, operands) {
    if (values['dry-run']) refuseMachine(values);
    const { document, platform } = valid(operands, surroundings);
    const out = values.json ? (): void => undefined : surroundings.out;
    const use = (performer: Performer, wanted: readonly string[]): Promise<Report> => run(document, operands[0]!, values, performer, wanted);
    const asked = wantedPhases(document, values.phase);
    const report = values['dry-run']
      ? await use(new DryRun(new Narrator(out)), asked)
      : await runOnMachine(values, platform, asked, { ...surroundings, out }, use);
    conclude(report, values, surroundings);
    return isGood(report) ? 0 : 1;
  },
});

/** A dry run has no machine of which something could be said. */
function refuseMachine(values: Values): void {
  const given = (['root', 'machine', 'save', 'console', 'network'] as const).find((each) => values[each] !== undefined);
  const idle = given ?? (values.s3.length > 0 ? 's3' : undefined);
  if (idle) throw new UsageError(`--${idle} does not go with --dry-run, which runs nothing on a machine`);
}

/** The document, or every violation of it. */
function valid(operands: readonly string[], { directory }: Surroundings): { document: ComponentDocument; platform: Platform } {
  const [file, ...others] = operands;
  if (file === undefined || others.length > 0) throw new UsageError('component run needs one document: component run FILE');
  if (!existsSync(resolve(directory, file))) throw new UsageError(`there is no ${file}`);
  const text = readFileSync(resolve(directory, file), 'utf8');
  const linted = lintText(file, text);
  if (linted.violations.length > 0) throw new UsageError(`the document is not valid\n${violationLines(linted).join('\n')}`);
  return { document: readDocument(text), platform: linted.platform };
}

async function run(document: ComponentDocument, source: string, values: Values, performer: Performer, wanted: readonly string[]): Promise<Report> {
  try {
    return await runDocument(document, {
      source,
      phases: wanted,
      parameters: Object.fromEntries(values.parameter),
      stored: Object.fromEntries(values.ssm),
      ...values.reboots === undefined ? {} : { limits: { reboots: values.reboots } },
    }, performer);
  } catch (error) {
    if (error instanceof ParameterError) throw new UsageError(`${error.message}: --parameter NAME=VALUE`);
    throw error;
  }
}

/** A phase that was asked for by name must be there; the default takes what there is. */
function wantedPhases(document: ComponentDocument, wanted: readonly string[] | undefined): readonly string[] {
  const known = document.phases.map(({ name }) => name);
  const missing = (wanted ?? []).find((name) => !known.includes(name));
  if (missing !== undefined) throw new UsageError(`the document has no phase '${missing}'; it has ${known.join(', ')}`);
  return wanted ?? ['build', 'validate'];
}

function conclude(report: Report, { json, report: file, 'dry-run': dry }: Values, { directory, out }: Surroundings): void {
  const text = JSON.stringify(report, undefined, 2);
  if (file !== undefined) writeFileSync(resolve(directory, file), `${text}\n`);
  if (json) {
    out(text);
    return;
  }
  if (dry) {
    out('\nNothing was run. What only a machine can tell was taken for the way in which the step runs.');
    return;
  }
  out(`\n${tableOf(report)}\n`);
  out(`${report.status}${report.refusal === undefined ? '' : ` (given up: ${report.refusal.message})`}`);
}

function machine(value: string): 'chroot' | 'qemu' {
  if (value !== 'chroot' && value !== 'qemu') throw new UsageError('chroot or qemu');
  return value;
}

function phases(value: string): readonly string[] {
  const names = value.split(',').map((each) => each.trim());
  if (names.includes('')) throw new UsageError('names of phases, such as build,validate');
  return names;
}

function network(value: string): 'none' | 'host' {
  if (value !== 'none' && value !== 'host') throw new UsageError('none or host');
  return value;
}
