/** Passes text on line by line. */
export class Lines {
  private rest = '';

  constructor(private readonly say: (text: string) => void) {}

  add(text: string): void {
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop()!;
    lines.forEach(this.say);
  }

  end(): void {
    if (this.rest !== '') this.say(this.rest);
    this.rest = '';
  }
}
