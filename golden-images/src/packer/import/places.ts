import { cpSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Code } from './code';
import type { SourcePlan } from '../../../../src/packer/plan';

type StagedFolder = Extract<SourcePlan, { kind: 'staged' }>;

/** Where files lie, as seen from the code; and folders that have to be put together beside it. */
export class Places {
  private readonly folders: { readonly path: string; readonly folder: StagedFolder }[] = [];

  /** @param out the file that is written */
  public constructor(private readonly out: string) {}

  public file(path: string): Code {
    return { kind: 'path', path: relative(dirname(this.out), resolve(path)).split(sep).join('/') };
  }

  /** What the mapping takes from several places, as a folder of its own. */
  public staged(folder: StagedFolder): Code {
    const name = `${basename(this.out).replace(/\.\w+$/, '')}-files/${this.folders.length + 1}/${folder.name}`;
    this.folders.push({ path: join(dirname(this.out), name), folder });
    return { kind: 'path', path: name };
  }

  /** The folders that have to be there. */
  public get wanted(): string[] {
    return this.folders.map(({ path }) => path);
  }

  public copy(): void {
    for (const { path, folder } of this.folders) {
      mkdirSync(path, { recursive: true });
      folder.files.forEach(({ from, to }) => cpSync(from, join(path, to), { recursive: true, dereference: true }));
    }
  }
}
