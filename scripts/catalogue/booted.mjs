// Builds images in a machine that boots: build and validate phases on a build instance, test phases on a new instance of what that left.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentRun } from './component-run.mjs';
import { wrapper } from './entries.mjs';
import { unpackMachine } from './parent.mjs';
import { absent, run, timed } from './run.mjs';

/** What a machine that boots needs besides. */
export const missingForBoot = () => absent(['qemu-system-x86_64', 'mke2fs', 'debugfs']);

export class BootedBuilder {
  constructor({ runner, buckets, work, room }) {
    this.runner = runner;
    this.folder = join(work, 'booted');
    this.documents = join(this.folder, 'documents');
    this.buckets = [...buckets, ['documents', this.documents]];
    this.results = new Map();
    mkdirSync(this.documents, { recursive: true });
    this.parentDisk = join(this.folder, 'parent.disk');
    const parent = join(this.folder, 'parent');
    unpackMachine(room, parent);
    run('mke2fs', ['-q', '-F', '-t', 'ext4', '-m', '0', '-d', parent, this.parentDisk, '8G']);
    rmSync(parent, { recursive: true });
    this.time = spawn(process.execPath, ['scripts/catalogue/time-server.mjs'], { stdio: 'inherit' });
  }

  close() {
    this.time.kill();
  }

  /** Builds an image on a copy of the disk of that on which it stands. `components` have files of documents and names of phases. */
  build(image, components) {
    const below = this.results.get(image.standsOn);
    const documents = components.filter(({ file }) => file);
    const result = below && !below.good
      ? { image, good: false, note: `${image.standsOn} failed`, phases: [], ran: [] }
      : this.perform(image, documents, below?.disk ?? this.parentDisk);
    this.results.set(image.name, result);
    return result;
  }

  perform(image, components, below) {
    console.log(`\n== booted: ${image.name}`);
    const disk = join(this.folder, `${image.name}.disk`);
    run('cp', ['--sparse=always', '--reflink=auto', below, disk]);
    components.forEach(({ name, file }) => writeFileSync(join(this.documents, `${name}.yaml`), readFileSync(file)));
    const report = this.run(image.name, components, disk);
    const phases = (report?.phases ?? []).map(({ name, status, steps }) => ({ phase: name, good: status !== 'Failed', seconds: steps.reduce((sum, { seconds }) => sum + seconds, 0) }));
    const clean = report?.status === 'Success' && components.some(({ name }) => name.endsWith('linux-clean-for-imaging'));
    const left = clean ? tracesOn(disk) : [];
    left.forEach((trace) => console.log(`FAILED: ${image.name}: the disk of the image has ${trace}`));
    const good = report !== undefined && report.status !== 'Failed' && left.length === 0;
    const ran = good ? components.map(({ name }) => name) : [];
    return { image, disk, good, phases, ran, layer: { size: () => Math.round(statSync(disk).blocks / 2048) } };
  }

  /** Whether the test phase of a component holds on an instance of a folder that was built elsewhere. */
  testOf(name, file, root) {
    console.log(`\n== booted: the test of ${name} alone, which must fail`);
    return this.spawn(name, file, ['--root', root, '--phase', 'test'])?.status;
  }

  run(name, components, disk) {
    const file = join(this.folder, `${name}.yaml`);
    writeFileSync(file, wrapper(components));
    const phases = ['build', 'validate', 'test'].filter((phase) => components.some((each) => each.phases.includes(phase)));
    return this.spawn(name, file, ['--root', disk, '--phase', phases.join(',')]);
  }

  /** What the run says of itself; undefined where it came to no end. */
  spawn(name, file, options) {
    const report = join(this.folder, `${name}.json`);
    rmSync(report, { force: true });
    const machine = ['--machine', 'qemu', '--network', 'host', '--report', report, '--console', join(this.folder, `${name}.console`)];
    const { result, seconds } = timed(() => componentRun(this, file, [...machine, ...options]));
    console.log(`(${name}: ${seconds.toFixed(0)} s, status ${result.status})`);
    return statSync(report, { throwIfNoEntry: false }) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  }
}

/** What the shutdown of the build instance has written after the clean-up: seen on the disk itself, on which nothing runs. */
function tracesOn(disk) {
  const names = (folder) => run('debugfs', ['-R', `ls -p ${folder}`, disk]).split('\n').map((line) => line.split('/')).filter(([, inode]) => inode > 0)
    .map((fields) => fields[5]).filter((name) => name !== '.' && name !== '..');
  return [
    ...names('/var/lib/systemd').filter((name) => name === 'random-seed').map(() => 'the seed that systemd-random-seed.service has saved'),
    ...names('/var/log/journal').map((name) => `the journal ${name}`),
    ...run('debugfs', ['-R', 'cat /etc/machine-id', disk]).trim() === '' ? [] : ['a machine id'],
  ];
}
