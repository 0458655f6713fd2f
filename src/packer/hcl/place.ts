import type { Position } from '../template/model';
import type { SourceFile } from '../template/source-file';

/** Where a piece of HCL stands. */
export class Place {
  public constructor(public readonly file: SourceFile, public readonly offset: number) {}

  public get position(): Position {
    return this.file.position(this.offset);
  }

  public fail(what: string, fix: string): never {
    return this.file.fail(this.offset, what, fix);
  }
}
