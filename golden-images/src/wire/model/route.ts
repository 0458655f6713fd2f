import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireRequest } from '../message';
import { requiredMembers } from './schema';

/** The HTTP trait of an operation of a REST protocol, compiled. */
export class Route {
  public readonly method: string;
  public readonly status: number;
  private readonly pattern: RegExp;
  private readonly labels: string[] = [];
  private readonly literals: ReadonlyArray<[string, string]>;
  private readonly requiredQuery: string[] = [];
  private readonly requiredHeaders: string[] = [];
  private readonly literalLength: number;

  public constructor([method, target, status]: readonly [string, string, number], input: NormalizedSchema) {
    this.method = method;
    this.status = status;
    const [path = '/', query = ''] = target.split('?', 2);
    this.pattern = this.compile(path);
    this.literalLength = path.replace(/\{[^}]+\}/g, '').length;
    this.literals = [...new URLSearchParams(query)];
    for (const [, member] of requiredMembers(input)) {
      const { httpQuery, httpHeader } = member.getMergedTraits();
      if (httpQuery) this.requiredQuery.push(httpQuery);
      if (httpHeader) this.requiredHeaders.push(httpHeader.toLowerCase());
    }
  }

  /** The decoded path labels when method and path fit, else undefined. */
  public labelsOf(method: string, path: string): Record<string, string> | undefined {
    const match = method === this.method ? this.pattern.exec(path) : null;
    if (!match) return undefined;
    return Object.fromEntries(this.labels.map((label, index) => [label, decodeURIComponent(match[index + 1]!)]));
  }

  /** How well the query and headers fit: the more is demanded and given, the better. Undefined: something demanded is absent. */
  public rank(request: WireRequest): number | undefined {
    let score = 0;
    for (const [name, value] of this.literals) {
      const given = request.query.get(name);
      // Only the JavaScript SDK sends x-id; others are told apart by the rest.
      if (name === 'x-id' && given === null) continue;
      if (given === null || (value !== '' && given !== value)) return undefined;
      score += name === 'x-id' ? 0 : 1;
    }
    if (this.requiredQuery.some((name) => !request.query.has(name)) || this.requiredHeaders.some((name) => !request.headers[name])) return undefined;
    return (score + this.requiredQuery.length + this.requiredHeaders.length) * 1000 + this.literalLength;
  }

  private compile(path: string): RegExp {
    const source = path.split(/(\{[^}]+\})/).map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
      const greedy = part.endsWith('+}');
      this.labels.push(part.slice(1, greedy ? -2 : -1));
      return greedy ? '(.+)' : '([^/]+)';
    }).join('');
    return new RegExp(`^${source}/?$`);
  }
}
