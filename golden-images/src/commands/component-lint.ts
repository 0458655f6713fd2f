import { existsSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { command } from './command';
import * as forms from './forms';
import { single, UsageError } from './option';
import { Platform } from '../../../src/image/platform';
import { AssemblyError } from '../assembly/assembly-error';
import { lint, lintLines, type LintReport } from '../components/lint';
import { WrongPowerShell } from '../components/scripts';

const platforms: Readonly<Record<string, Platform | undefined>> = { linux: Platform.LINUX, windows: Platform.WINDOWS, auto: undefined };

/** Checks component documents before a build would. */
export const componentLint = command({
  name: 'component lint',
  summary: 'check component documents of EC2 Image Builder',
  operands: 'FILE...',
  description: [
    'Files, or folders in which every component document is checked; a folder that cdk synth wrote (cdk.out) is checked with all its components.',
    'The grammar is that of the EC2 Image Builder user guide. Scripts of bash are parsed; those of PowerShell by pwsh, where it is on the path',
    'or named by GOLDEN_IMAGES_PWSH, and a note says so where they were not.',
    'Exits with status 0 when there is nothing to say, 1 when the service or the instance would refuse something.',
  ],
  options: {
    platform: single('NAME', platform, 'linux, windows, or auto: by the modules that a document uses (default: auto)'),
    json: single('FILE', forms.text, 'write what was found as JSON'),
  },
  async run({ platform: wanted, json }, { directory, out }, operands) {
    if (operands.length === 0) throw new UsageError('component lint needs a file or a folder: component lint FILE...');
    const missing = operands.find((each) => !existsSync(resolve(directory, each)));
    if (missing !== undefined) throw new UsageError(`there is no ${missing}`);
    const { files, passedOver, notices } = check(operands.map((each) => resolve(directory, each)), platforms[wanted ?? 'auto']);
    const near = (file: string): string => relative(directory, file);
    const report = { files: files.map((each) => ({ ...each, file: near(each.file) })), passedOver: passedOver.map(near), notices };
    lintLines(report).forEach(out);
    if (json !== undefined) writeFileSync(resolve(directory, json), `${JSON.stringify(report, undefined, 2)}\n`);
    return report.files.some(({ violations }) => violations.length > 0) ? 1 : 0;
  },
});

function check(paths: readonly string[], wanted: Platform | undefined): LintReport {
  try {
    return lint(paths, wanted);
  } catch (error) {
    if (error instanceof AssemblyError || error instanceof WrongPowerShell) throw new UsageError(error.message);
    throw error;
  }
}

function platform(name: string): string {
  if (!Object.hasOwn(platforms, name)) throw new UsageError('linux, windows or auto');
  return name;
}
