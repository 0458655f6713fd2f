import { createHash } from 'node:crypto';
import type { HashAlgorithm } from '../condition';
import { pathsOf, type Files, type Paths, type System } from '../machine';

type Node = { readonly path: string } & (
  | { readonly kind: 'file'; readonly content: Buffer; readonly hash?: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'link'; readonly target: string });

/** Files of a simulated machine. Windows does not tell letters by their case. */
export class MemoryFiles implements Files {
  private readonly nodes = new Map<string, Node>();
  private readonly paths: Paths;

  constructor(private readonly system: System, private readonly programs: readonly string[]) {
    this.paths = pathsOf(system);
  }

  kind(path: string): 'file' | 'folder' | undefined {
    const node = this.follow(path);
    return node?.kind === 'link' ? undefined : node?.kind ?? (this.key(this.paths.dirname(path)) === this.key(path) ? 'folder' : undefined);
  }

  isLink(path: string): boolean {
    return this.nodes.get(this.key(path))?.kind === 'link';
  }

  read(path: string): Buffer {
    const node = this.follow(path);
    if (node?.kind !== 'file') throw missing(path);
    return node.content;
  }

  write(path: string, content: Buffer): void {
    this.makeFolder(this.paths.dirname(path));
    this.nodes.set(this.key(path), { kind: 'file', path, content });
  }

  /** A file of which nothing but its checksum is known. */
  writeKnownBy(path: string, hash: string): void {
    this.makeFolder(this.paths.dirname(path));
    this.nodes.set(this.key(path), { kind: 'file', path, content: Buffer.alloc(0), hash });
  }

  names(folder: string): string[] {
    return this.inside(folder)
      .filter(({ path }) => this.key(this.paths.dirname(path)) === this.key(folder))
      .map(({ path }) => this.paths.basename(path)).sort();
  }

  makeFolder(path: string): void {
    const around = this.paths.dirname(path);
    if (this.key(around) === this.key(path)) return;
    this.makeFolder(around);
    if (!this.nodes.has(this.key(path))) this.nodes.set(this.key(path), { kind: 'folder', path });
  }

  remove(path: string): void {
    this.inside(path).forEach((each) => this.nodes.delete(this.key(each.path)));
    this.nodes.delete(this.key(path));
  }

  copy(source: string, destination: string): void {
    [...this.inside(source), { ...this.follow(source)!, path: source }].forEach((node) => {
      const path = `${destination}${node.path.slice(source.length)}`;
      this.nodes.set(this.key(path), { ...node, path });
    });
  }

  move(source: string, destination: string): void {
    this.copy(source, destination);
    this.remove(source);
  }

  link(path: string, target: string): void {
    this.nodes.set(this.key(path), { kind: 'link', path, target });
  }

  /** Owners and permissions have no effect here. */
  own(): void {}

  permit(): void {}

  hash(path: string, algorithm: HashAlgorithm): string {
    const node = this.follow(path);
    if (node?.kind !== 'file') throw missing(path);
    return node.hash ?? createHash(algorithm.toLowerCase()).update(node.content).digest('hex');
  }

  binary(name: string): boolean {
    return this.programs.includes(name) || this.kind(name) === 'file';
  }

  /** Paths of all files, sorted. */
  all(): string[] {
    return [...this.nodes.values()].filter(({ kind }) => kind === 'file').map(({ path }) => path).sort();
  }

  private follow(path: string, links = 0): Node | undefined {
    const node = this.nodes.get(this.key(path));
    return node?.kind === 'link' && links < 40 ? this.follow(node.target, links + 1) : node;
  }

  private inside(folder: string): Node[] {
    const start = `${this.key(folder).replace(/[\\/]$/, '')}${this.system === 'Windows' ? '\\' : '/'}`;
    return [...this.nodes.entries()].filter(([key]) => key.startsWith(start)).map(([, node]) => node);
  }

  private key(path: string): string {
    const joined = this.paths.join(path);
    const trimmed = joined.length > 1 ? joined.replace(/[\\/]$/, '') : joined;
    return this.system === 'Windows' ? trimmed.toLowerCase() : trimmed;
  }
}

const missing = (path: string): Error => Object.assign(new Error(`${path} is no file`), { code: 'ENOENT' });
