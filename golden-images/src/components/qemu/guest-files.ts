import { bashQuoted as q } from '../../../../src/component/step/quoting';
import type { HashAlgorithm } from '../condition';
import type { LinuxFiles } from '../linux';
import { placesOf } from '../linux/environment';
import { requireOctal } from '../linux/permissions';

/** Runs a script of bash in the guest, with bytes for its input. */
export type Ask = (script: string, input?: Buffer) => { readonly code: number; readonly stdout: Buffer; readonly stderr: string };

/** What goes into the guest at once: its /run holds it for a moment. */
const PART = 4 * 1024 * 1024;

/** Files of a guest, by scripts for bash and coreutils. */
export class GuestFiles implements LinuxFiles {
  constructor(private readonly ask: Ask) {}

  kind(path: string): 'file' | 'folder' | undefined {
    const found = this.text(`if [ -d ${q(path)} ]; then echo folder; elif [ -e ${q(path)} ]; then echo file; fi`);
    return found === '' ? undefined : found as 'file' | 'folder';
  }

  isLink(path: string): boolean {
    return this.ask(`[ -L ${q(path)} ]`).code === 0;
  }

  read(path: string): Buffer {
    return this.must(`cat < ${q(path)}`);
  }

  write(path: string, content: Buffer): void {
    this.must(`cat > ${q(path)}`, content.subarray(0, PART));
    for (let at = PART; at < content.length; at += PART) this.must(`cat >> ${q(path)}`, content.subarray(at, at + PART));
  }

  names(folder: string): string[] {
    const names = this.must(`cd -- ${q(folder)} && shopt -s dotglob nullglob && for each in *; do printf '%s\\0' "$each"; done`);
    return names.toString().split('\0').slice(0, -1).sort();
  }

  makeFolder(path: string): void {
    this.must(`mkdir -p -- ${q(path)}`);
  }

  remove(path: string): void {
    this.must(`rm -r -- ${q(path)}`);
  }

  copy(source: string, destination: string): void {
    this.must(`cp -R -H -T --preserve=mode -- ${q(source)} ${q(destination)}`);
  }

  move(source: string, destination: string): void {
    this.must(`cp -a -T -- ${q(source)} ${q(destination)} && rm -r -- ${q(source)}`);
  }

  link(path: string, target: string): void {
    this.must(`ln -s -T -- ${q(target)} ${q(path)}`);
  }

  /** Whose group is not said gets that of the owner. */
  own(path: string, owner: string | undefined, group: string | undefined, recursive: boolean): void {
    const set = group === undefined ? `group=$(id -g -- ${q(owner ?? '')} 2> /dev/null || echo ${q(owner ?? '')})` : `group=${q(group)}`;
    this.must(`${set}; chown -h ${recursive ? '-R ' : ''}-- ${q(owner ?? '')}:"$group" ${q(path)}`);
  }

  permit(path: string, permissions: string, recursive: boolean): void {
    requireOctal(permissions);
    this.must(`chmod ${recursive ? '-R ' : ''}${permissions} -- ${q(path)}`);
  }

  hash(path: string, algorithm: HashAlgorithm): string {
    return this.must(`${algorithm.toLowerCase()}sum < ${q(path)}`).toString().split(' ')[0]!;
  }

  binary(name: string): boolean {
    return this.program(name) !== undefined;
  }

  program(name: string): string | undefined {
    const found = this.text(`for each in ${placesOf(name).map(q).join(' ')}; do if [ -f "$each" ] && [ -x "$each" ]; then printf %s "$each"; exit; fi; done`);
    return found === '' ? undefined : found;
  }

  private text(script: string): string {
    return this.must(script).toString().replace(/\n$/, '');
  }

  /** What the script prints; an error of the file system as the modules expect it. */
  private must(script: string, input?: Buffer): Buffer {
    const { code, stdout, stderr } = this.ask(script, input);
    if (code !== 0) throw Object.assign(new Error(stderr || `exit code ${code}`), { code: 'EIO' });
    return stdout;
  }
}
