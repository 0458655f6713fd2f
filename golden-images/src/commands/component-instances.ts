import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseSave } from './component-save';
import type { LinuxMachine } from '../components/linux';
import { diskFromArchive, diskFromFolder, QemuMachine, requireQemu, rootKind, type QemuMachineProps } from '../components/qemu';
import { isGood, joined, type Report } from '../components/run';
import { during } from '../rehearsal/signals';

export interface InstancesProps extends Omit<QemuMachineProps, 'disk' | 'copy'> {
  readonly root: string;
  /** Where the disk is kept that is made of a folder or archive. */
  readonly save?: string;
  readonly out: (line: string) => void;
}

/**
 * Runs phases on the instances that Image Builder would take: all but `test` on a build instance, which is shut down after them; `test` on a
 * new one, whose disk is a copy and goes with it (user guide, "How EC2 Image Builder works": tests run on an instance of the new image).
 */
export async function onInstances(
  props: InstancesProps, phases: readonly string[], use: (machine: LinuxMachine, phases: readonly string[]) => Promise<Report>,
): Promise<Report> {
  if (props.save !== undefined) refuseSave(props.root, props.save);
  requireQemu();
  return withDisk(props, async (disk) => {
    const [building, testing] = [phases.filter((each) => each !== 'test'), phases.filter((each) => each === 'test')];
    const built = building.length === 0 ? undefined : await instance({ ...props, disk, copy: false }, (machine) => use(machine, building));
    if (built && (!isGood(built) || testing.length === 0)) return built;
    const tested = await instance({ ...props, disk, copy: true }, (machine) => use(machine, testing));
    return built ? joined(built, tested) : tested;
  });
}

async function instance(props: QemuMachineProps & Pick<InstancesProps, 'out'>, use: (machine: LinuxMachine) => Promise<Report>): Promise<Report> {
  return during(new QemuMachine(props), async (machine) => {
    props.out(`-- ${props.copy ? 'an instance of the disk' : 'the build instance'} starts`);
    await machine.start();
    props.out(`-- it is up after ${machine.bootSeconds.toFixed(0)} s`);
    const report = await use(machine);
    if (isGood(report) && !props.copy) await machine.shutDown();
    return report;
  });
}

/** The disk itself, or one that is made for this run. */
async function withDisk(props: InstancesProps, use: (disk: string) => Promise<Report>): Promise<Report> {
  const kind = rootKind(props.root);
  if (kind === 'disk') return use(props.root);
  const folder = mkdtempSync(join(tmpdir(), 'golden-images-disk-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Also where a signal ends us.
  process.once('exit', remove);
  try {
    const disk = props.save ?? join(folder, 'disk');
    if (kind === 'folder') diskFromFolder(props.root, disk);
    else diskFromArchive(props.root, disk, folder);
    return await use(disk);
  } finally {
    remove();
    process.off('exit', remove);
  }
}
