import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Surroundings } from './command';
import { onInstances } from './component-instances';
import { UsageError } from './option';
import { Platform } from '../../../src/image/platform';
import { Chroot } from '../components/chroot';
import { documentsOn, type LinuxMachine } from '../components/linux';
import { MachineLost, MachineUnusable } from '../components/machine';
import { Narrator, OnMachine, type Performer, type Report } from '../components/run';
import { during } from '../rehearsal/signals';

/** What the command line says of the machine. */
export interface MachineValues {
  readonly root?: string;
  readonly machine?: 'chroot' | 'qemu';
  readonly save?: string;
  readonly console?: string;
  readonly network?: 'none' | 'host';
  readonly s3: readonly (readonly [string, string])[];
}

/** Runs phases of a document on what can carry them out. */
export type Use = (performer: Performer, phases: readonly string[]) => Promise<Report>;

/** Runs phases in the root that the command line names. */
export async function runOnMachine(
  values: MachineValues, platform: Platform, phases: readonly string[], { out, directory }: Pick<Surroundings, 'out' | 'directory'>, use: Use,
): Promise<Report> {
  if (values.root === undefined) throw new UsageError('a component changes the machine it runs on: give --root PATH, a root file system, or --dry-run');
  if (platform === Platform.WINDOWS) throw new UsageError('the document is for Windows, which has no root to run in here: use --dry-run');
  const lost = (['save', 'console'] as const).find((each) => values[each] !== undefined);
  if (lost && values.machine !== 'qemu') throw new UsageError(`--${lost} goes with --machine qemu: a chroot changes its folder and has no console`);
  const buckets = Object.fromEntries(values.s3.map(([bucket, folder]) => [bucket, folderOf(bucket, resolve(directory, folder))]));
  const props = { root: resolve(directory, values.root), hostNetwork: values.network === 'host', buckets };
  const narrator = new Narrator(out);
  const on = (machine: LinuxMachine, wanted: readonly string[]): Promise<Report> =>
    use(new OnMachine(machine, narrator, documentsOn(machine)), wanted);
  try {
    if (values.machine !== 'qemu') return await during(await Chroot.open(props), (machine) => on(machine, phases));
    const absolute = (file?: string): string | undefined => (file === undefined ? undefined : resolve(directory, file));
    return await onInstances({ ...props, save: absolute(values.save), console: absolute(values.console), out }, phases, on);
  } catch (error) {
    if (error instanceof MachineUnusable || error instanceof MachineLost) throw new UsageError(error.message);
    throw error;
  }
}

function folderOf(bucket: string, folder: string): string {
  if (!existsSync(folder)) throw new UsageError(`--s3 ${bucket}=${folder}: there is no such folder`);
  return folder;
}
