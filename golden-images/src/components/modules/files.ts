import { decode, encode } from './encoding';
import { forEach, given, isTrue, StepFailure, textOf, type Bench, type Modules } from './module';
import { expand, matcher } from './wildcard';
import type { Mapping } from '../../../../src/component/document';

/** Modules that work on single files and on folders. "File system operation modules" says what is an error. */
export const files: Modules = {
  CreateFile: forEach(undefined, '', (input, bench) => {
    const path = vacant(input, 'file', bench);
    bench.machine.files.makeFolder(bench.paths.dirname(path));
    bench.machine.files.write(path, encode(textOf(input.content), input.encoding));
    dress(path, input, bench);
  }),
  AppendFile: forEach(undefined, '', (input, bench) => {
    const path = existing(input.path, 'file', bench);
    bench.machine.files.write(path, Buffer.concat([bench.machine.files.read(path), encode(textOf(input.content), input.encoding)]));
  }),
  ReadFile: forEach('content', '\n', (input, bench) => {
    const content = decode(bench.machine.files.read(existing(input.path, 'file', bench)), input.encoding);
    if (isTrue(input.printFileContent, false)) bench.say(content);
    return content;
  }),
  SetFileEncoding: forEach(undefined, '', (input, bench) => {
    const path = existing(input.path, 'file', bench);
    bench.machine.files.write(path, encode(decode(bench.machine.files.read(path), 'utf-8'), input.encoding));
  }),
  DeleteFile: forEach(undefined, '', ({ path }, bench) => {
    const found = expand(String(path), 'file', bench.machine, bench.paths);
    if (found.length === 0 && !String(path).includes('*')) throw new StepFailure(`${String(path)} is no file`);
    found.forEach((each) => bench.machine.files.remove(each));
  }),
  CreateFolder: forEach(undefined, '', (input, bench) => {
    const path = vacant(input, 'folder', bench);
    bench.machine.files.makeFolder(path);
    dress(path, input, bench);
  }),
  DeleteFolder: forEach(undefined, '', ({ path, force }, bench) => {
    const folder = existing(path, 'folder', bench);
    if (!isTrue(force, false) && bench.machine.files.names(folder).length > 0) throw new StepFailure(`${folder} is not empty: set force to true`);
    bench.machine.files.remove(folder);
  }),
  CreateSymlink: forEach(undefined, '', ({ path, target, force }, bench) => {
    const link = String(path);
    const { files: on } = bench.machine;
    if (on.kind(String(target)) === undefined) throw new StepFailure(`the target ${String(target)} does not exist`);
    if (on.isLink(link) && isTrue(force, false)) on.remove(link);
    if (on.isLink(link) || on.kind(link) !== undefined) throw new StepFailure(`${link} exists`);
    on.makeFolder(bench.paths.dirname(link));
    on.link(link, String(target));
  }),
  ListFiles: forEach('files', ',', ({ path, fileNamePattern, recursive }, bench) => {
    const fits = matcher(given(fileNamePattern) ?? '*');
    return list(existing(path, 'folder', bench), isTrue(recursive, false), bench).filter((each) => fits(bench.paths.basename(each))).join(',');
  }),
};

/** The path of something that is there. */
export function existing(path: unknown, kind: 'file' | 'folder', { machine }: Bench): string {
  const name = String(path);
  if (machine.files.kind(name) !== kind) throw new StepFailure(`${name} is no ${kind}`);
  return name;
}

/** The path of something that may be made: what is there is replaced, unless that is forbidden. */
function vacant({ path, overwrite }: Mapping, kind: 'file' | 'folder', { machine }: Bench): string {
  const name = String(path);
  const found = machine.files.kind(name);
  if (found !== undefined && !isTrue(overwrite, true)) throw new StepFailure(`${name} exists, and overwrite is false`);
  if (found !== undefined && found !== kind) throw new StepFailure(`${name} is a ${found}`);
  if (found === 'folder') machine.files.remove(name);
  return name;
}

/** Owner, group and permissions of what was made. */
function dress(path: string, { owner, group, permissions }: Mapping, { machine }: Bench): void {
  if (given(owner) !== undefined || given(group) !== undefined) machine.files.own(path, given(owner), given(group), false);
  if (given(permissions) !== undefined) machine.files.permit(path, String(permissions), false);
}

function list(folder: string, recursive: boolean, bench: Bench): string[] {
  const entries = bench.machine.files.names(folder).map((name) => bench.paths.join(folder, name));
  return entries.flatMap((each) => {
    const kind = bench.machine.files.kind(each);
    return kind === 'file' ? [each] : kind === 'folder' && recursive ? list(each, true, bench) : [];
  });
}
