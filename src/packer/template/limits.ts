/** How deep lists, maps, parentheses and templates may nest: no one writes that by hand, and the reader calls itself for each level. */
export const DEEPEST_NESTING = 100;

/** Bounds the work of evaluation: steps, and characters of the texts that they make. */
export class Budget {
  private steps = 200_000;
  private characters = 8 * 1024 * 1024;

  /** Takes a step; false where there are none left. */
  public step(characters = 0): boolean {
    this.steps -= 1;
    this.characters -= characters;
    return this.steps >= 0 && this.characters >= 0;
  }
}
