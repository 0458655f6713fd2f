import { Place } from './place';
import { DEEPEST_NESTING } from '../template/limits';
import type { SourceFile } from '../template/source-file';

const BLANKS = /(?:[ \t\uFEFF]+|\/\*[^]*?\*\/)*/y;
const BLANKS_AND_LINES = /(?:[ \t\r\n\uFEFF]+|\/\*[^]*?\*\/|(?:#|\/\/)[^\n]*)*/y;
const END_OF_LINE = /(?:(?:#|\/\/)[^\n]*)?(?:\r?\n|$)/y;

/** Reads a text piece by piece. Whether a line break is only a blank depends on the brackets around it. */
export class Cursor {
  public offset = 0;
  private linesMatter = true;
  private depth = 0;

  public constructor(public readonly file: SourceFile) {}

  public get place(): Place {
    return new Place(this.file, this.offset);
  }

  /** The place of what comes next, behind blanks. */
  public next(): Place {
    this.skip();
    return this.place;
  }

  public skip(): void {
    this.take(this.linesMatter ? BLANKS : BLANKS_AND_LINES);
  }

  public skipLines(): void {
    this.take(BLANKS_AND_LINES);
  }

  /** Takes what a sticky pattern matches right here. */
  public take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const match = pattern.exec(this.file.text)?.[0];
    if (match !== undefined) this.offset += match.length;
    return match;
  }

  public sees(text: string): boolean {
    this.skip();
    return this.file.text.startsWith(text, this.offset);
  }

  public accept(text: string): boolean {
    if (!this.sees(text)) return false;
    this.offset += text.length;
    return true;
  }

  public expect(text: string, what: string): void {
    if (!this.accept(text)) this.fail(`"${text}" is missing ${what}`, `write "${text}" here`);
  }

  public acceptEndOfLine(): boolean {
    this.take(BLANKS);
    return this.take(END_OF_LINE) !== undefined;
  }

  public get atEnd(): boolean {
    return this.offset >= this.file.text.length;
  }

  /** Reads something in brackets, where line breaks matter or not. */
  public within<T>(linesMatter: boolean, read: () => T): T {
    const before = this.linesMatter;
    this.linesMatter = linesMatter;
    const result = read();
    this.linesMatter = before;
    return result;
  }

  /** Reads something that may hold itself: counts how deep. */
  public nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > DEEPEST_NESTING) this.fail(`more than ${DEEPEST_NESTING} levels are nested`, 'use locals');
    const result = read();
    this.depth -= 1;
    return result;
  }

  public fail(what: string, fix: string): never {
    return this.file.fail(Math.min(this.offset, this.file.text.length), what, fix);
  }
}
