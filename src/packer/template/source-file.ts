import { readFileSync, statSync } from 'node:fs';
import { TemplateError } from './error';
import type { Position } from './model';

/** No template written by people comes near; generated data belongs into a file of its own. */
const LARGEST_FILE = 1024 * 1024;

/** A file with its text, which knows line and column of each offset. */
export class SourceFile {
  public static read(path: string): SourceFile {
    const at = { file: path, line: 1, column: 1 };
    const bytes = readBytes(path, at);
    if (bytes.length > LARGEST_FILE) {
      throw new TemplateError(at, 'the file is larger than 1 MB', 'split the template, or keep its data in files that provisioners upload');
    }
    return new SourceFile(path, decode(bytes, at));
  }

  private readonly lineStarts: number[] = [0];

  public constructor(public readonly path: string, public readonly text: string) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) this.lineStarts.push(end + 1);
  }

  public position(offset: number): Position {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lineStarts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.path, line: low + 1, column: offset - this.lineStarts[low]! + 1 };
  }

  public fail(offset: number, what: string, fix: string): never {
    throw new TemplateError(this.position(offset), what, fix);
  }
}

function readBytes(path: string, at: Position): Buffer {
  try {
    if (!statSync(path).isFile()) throw new TemplateError(at, 'this is not a file', 'name a template, or a folder of templates');
    return readFileSync(path);
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    throw new TemplateError(at, `the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`, 'check its path and its permissions');
  }
}

/** The text without a byte order mark. */
function decode(bytes: Buffer, at: Position): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TemplateError(at, 'the file is not UTF-8', 'save it as UTF-8, which is the only encoding that Packer reads');
  }
}
