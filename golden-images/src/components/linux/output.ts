/** More output than this is shown, and not kept. */
const MOST_KEPT = 8 * 1024 * 1024;

/** What a program writes: passed on line by line, and the beginning of it all. */
export class Output {
  private text = '';
  private rest = '';

  constructor(private readonly say: (text: string) => void) {}

  add(text: string): void {
    if (this.text.length < MOST_KEPT) this.text += text;
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop()!;
    lines.forEach(this.say);
  }

  end(): string {
    if (this.rest !== '') this.say(this.rest);
    this.rest = '';
    return this.text;
  }
}
