import { forEach, isTrue, StepFailure, type Bench, type Modules } from './module';
import type { HashAlgorithm } from '../condition';
import { matcher } from './wildcard';
import type { Task } from '../machine';

/** Modules that download and upload. */
export const transfer: Modules = {
  S3Download: forEach(undefined, '', async ({ source, destination, overwrite }, bench) => {
    const { bucket, key } = s3(String(source));
    const keys = key.endsWith('*') ? await listed(bucket, key, bench) : [key];
    if (keys.length === 0) throw new StepFailure(`nothing in ${bucket} begins with ${key.slice(0, -1)}`);
    for (const each of keys) {
      const target = key.endsWith('*')
        ? bench.paths.join(String(destination), each.slice(key.lastIndexOf('/') + 1))
        : into(String(destination), each, bench);
      if (key.endsWith('*')) bench.machine.files.makeFolder(bench.paths.dirname(target));
      await receive({ kind: 's3-download', bucket, key: each, destination: target }, target, isTrue(overwrite, true), bench);
    }
  }),
  S3Upload: forEach(undefined, '', async ({ source, destination, recurse }, bench) => {
    const { bucket, key } = s3(String(destination));
    const sources = uploads(String(source), isTrue(recurse, false), bench);
    if (sources.length === 0) throw new StepFailure(`${String(source)} stands for no file`);
    for (const [path, name] of sources) {
      const target = key === '' || key.endsWith('/') ? `${key}${name}` : key;
      await succeed({ kind: 's3-upload', bucket, key: target, source: path }, bench);
    }
  }),
  WebDownload: forEach('destination', '\n', async ({ source, destination, overwrite, checksum, algorithm, ignoreCertificateErrors }, bench) => {
    const url = String(source);
    const target = into(String(destination), new URL(url).pathname, bench);
    const wanted = checksum === undefined || checksum === null
      ? undefined
      : { hash: String(checksum), algorithm: String(algorithm).toUpperCase() as HashAlgorithm };
    if (wanted && isTrue(overwrite, true) && bench.machine.files.kind(target) === 'file' && fits(target, wanted, bench)) {
      return target;
    }
    bench.machine.files.makeFolder(bench.paths.dirname(target));
    const task: Task = { kind: 'web-download', url, destination: target, ignoreCertificateErrors: isTrue(ignoreCertificateErrors, false) };
    await receive(task, target, isTrue(overwrite, true), bench);
    if (wanted && !fits(target, wanted, bench)) {
      const found = bench.machine.files.hash(target, wanted.algorithm);
      bench.machine.files.remove(target);
      throw new StepFailure(`${url} has the ${wanted.algorithm} ${found}, not ${wanted.hash}`);
    }
    return target;
  }),
};

const fits = (path: string, { hash, algorithm }: { hash: string; algorithm: HashAlgorithm }, { machine }: Bench): boolean =>
  machine.files.hash(path, algorithm).toLowerCase() === hash.toLowerCase();

async function receive(task: Task, target: string, overwrite: boolean, bench: Bench): Promise<void> {
  const { files } = bench.machine;
  if (files.kind(target) !== undefined && !overwrite) throw new StepFailure(`${target} exists, and overwrite is false`);
  await succeed(task, bench);
}

async function succeed(task: Task, bench: Bench): Promise<string> {
  const { exitCode, stdout, timedOut } = await bench.run(task);
  if (timedOut) throw new StepFailure('timed out');
  if (exitCode !== 0) throw new StepFailure(stdout.trim() || `exit code ${exitCode}`);
  return stdout;
}

/** Keys that a pattern with `*` at its end stands for. */
async function listed(bucket: string, pattern: string, bench: Bench): Promise<string[]> {
  const stdout = await succeed({ kind: 's3-list', bucket, prefix: pattern.slice(0, -1) }, bench);
  return stdout.split('\n').filter((each) => each !== '');
}

function s3(location: string): { bucket: string; key: string } {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(location) ?? [];
  if (bucket === undefined) throw new StepFailure(`'${location}' is no s3://bucket/key`);
  return { bucket, key };
}

/** A destination that is a folder takes the name of what is downloaded. */
const into = (destination: string, source: string, { machine, paths }: Bench): string =>
  (paths.endsInSeparator(destination) || machine.files.kind(destination) === 'folder' ? paths.join(destination, source.split('/').at(-1) ?? '') : destination);

/** Files to upload, with the names they get. */
function uploads(source: string, recurse: boolean, { machine: { files }, paths }: Bench): [string, string][] {
  if (files.kind(source) === 'file') return [[source, paths.basename(source)]];
  const pattern = files.kind(source) === 'folder' ? '*' : paths.basename(source);
  const folder = files.kind(source) === 'folder' ? source : paths.dirname(source);
  if (files.kind(folder) !== 'folder') return [];
  const walk = (at: string, prefix: string, wanted: (name: string) => boolean): [string, string][] =>
    files.names(at).filter(wanted).flatMap((name) => {
      const path = paths.join(at, name);
      if (files.kind(path) === 'file') return [[path, `${prefix}${name}`] as [string, string]];
      return recurse && files.kind(path) === 'folder' ? walk(path, `${prefix}${name}/`, () => true) : [];
    });
  return walk(folder, '', matcher(pattern));
}
