import { existing } from './files';
import { isTrue, StepFailure, forEach, type Bench, type Module, type Modules } from './module';
import { expand } from './wildcard';

type Kind = 'file' | 'folder';

/** Modules that copy and move, and modules that say whose files are. */
export const relocation: Modules = {
  CopyFile: relocate('file', 'copy'),
  CopyFolder: relocate('folder', 'copy'),
  MoveFile: relocate('file', 'move'),
  MoveFolder: relocate('folder', 'move'),
  SetFileOwner: own('file'),
  SetFolderOwner: own('folder'),
  SetFilePermissions: permit('file'),
  SetFolderPermissions: permit('folder'),
};

/** A destination that ends in a separator is a folder, into which things go under their own names. */
function relocate(kind: Kind, way: 'copy' | 'move'): Module {
  return forEach(undefined, '', ({ source, destination, overwrite }, bench) => {
    const sources = expand(trimmed(String(source)), kind, bench.machine, bench.paths);
    if (sources.length === 0) throw new StepFailure(`${String(source)} is no ${kind}`);
    const intoFolder = bench.paths.endsInSeparator(String(destination));
    if (sources.length > 1 && !intoFolder) throw new StepFailure(`${String(source)} stands for ${sources.length} ${kind}s: the destination must end in a separator`);
    sources.forEach((each) => {
      const target = intoFolder ? bench.paths.join(String(destination), bench.paths.basename(each)) : String(destination);
      place(each, target, kind, way, isTrue(overwrite, true), bench);
    });
  });
}

function place(source: string, target: string, kind: Kind, way: 'copy' | 'move', overwrite: boolean, { machine: { files }, paths }: Bench): void {
  const found = files.kind(target);
  if (found !== undefined && !overwrite) throw new StepFailure(`${target} exists, and overwrite is false`);
  if (found !== undefined && found !== kind) throw new StepFailure(`${target} is a ${found}`);
  if (found !== undefined && target !== source) files.remove(target);
  files.makeFolder(paths.dirname(target));
  if (target !== source) files[way](source, target);
}

function own(kind: Kind): Module {
  return forEach(undefined, '', ({ path, owner, group, recursive }, bench) => {
    bench.machine.files.own(existing(path, kind, bench), String(owner), group === undefined ? undefined : String(group), kind === 'folder' && isTrue(recursive, true));
  });
}

function permit(kind: Kind): Module {
  return forEach(undefined, '', ({ path, permissions, recursive }, bench) => {
    bench.machine.files.permit(existing(path, kind, bench), String(permissions), kind === 'folder' && isTrue(recursive, true));
  });
}

/** A folder may be written with a separator at its end. */
const trimmed = (path: string): string => (path.length > 1 ? path.replace(/(?<![\\/])[\\/]+$/, '') : path);
