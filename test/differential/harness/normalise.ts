const IDS = /\b(ami|vpc|subnet|sg|sgr|i|lt|snap|rtb|igw|eni|vol|r|subnet-cidr-assoc|rtbassoc)-[0-9a-f]{8,17}\b/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** The last parts of the ARNs of load balancers, listeners and target groups. */
const HEX = /(?<=\/)[0-9a-f]{16}\b/g;
const HOST = /https?:\/\/[^/]+(?=\/)/g;

/**
 * Makes the answers of two implementations comparable: what each of them generates becomes a number of its kind, in the order
 * in which a scenario sees it first; moments become `<moment>`.
 */
export class Normaliser {
  private readonly numbers = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  public value(value: unknown): unknown {
    if (value instanceof Date) return '<moment>';
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    if (typeof value === 'string') return this.text(value, (id, kind) => this.number(id, kind));
    if (Array.isArray(value)) return this.list(value);
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, this.value(member)]));
    }
    return value ?? undefined;
  }

  /** Lists have no order of their own: they are put in that of their texts, in which an id seen before has its number. */
  private list(values: unknown[]): unknown[] {
    const keyed = values.map((value) => ({ value, key: JSON.stringify(this.peek(value)) ?? '' }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
    return keyed.map(({ value }) => this.value(value));
  }

  private peek(value: unknown): unknown {
    if (value instanceof Date) return '<moment>';
    const text = JSON.stringify(value);
    return text === undefined ? undefined : this.text(text, (id, kind) => this.numbers.get(id) ?? `<${kind}>`);
  }

  private text(text: string, name: (id: string, kind: string) => string): string {
    return text.replace(HOST, '<host>')
      .replace(IDS, (id, kind: string) => name(id, kind))
      .replace(UUID, (id) => name(id, 'uuid'))
      .replace(HEX, (id) => name(id, 'hex'))
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)/g, '<moment>');
  }

  private number(id: string, kind: string): string {
    const known = this.numbers.get(id);
    if (known) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    this.numbers.set(id, `<${kind}#${count}>`);
    return `<${kind}#${count}>`;
  }
}
