/** How deep lists, maps, parentheses and templates may nest: no one writes that by hand, and the reader calls itself for each level. */
export const DEEPEST_NESTING = 100;

/** No function makes a longer text in one go. */
export const LONGEST_TEXT = 2_000_000;

/** Bounds the texts that are made: how many, and their characters. */
export class Budget {
  private texts = 200_000;
  private characters = 8 * 1024 * 1024;

  /** Takes a text into account; false where there is nothing left. */
  public step(characters: number): boolean {
    this.texts -= 1;
    this.characters -= characters;
    return this.texts >= 0 && this.characters >= 0;
  }
}
