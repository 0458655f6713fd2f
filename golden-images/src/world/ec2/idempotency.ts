import { AwsError, Properties } from '../kernel';

/** Client tokens: the same token gives the first answer again, and is refused with other parameters. */
export class Idempotency {
  private readonly answers = new Map<string, { readonly request: string; readonly answer: Properties }>();

  public once(operation: string, input: Properties, body: () => Properties): Properties {
    if (!input.ClientToken) return body();
    const key = `${operation}/${input.ClientToken}`;
    const request = JSON.stringify(input);
    const earlier = this.answers.get(key);
    if (earlier && earlier.request !== request) {
      throw new AwsError('IdempotentParameterMismatch', 'Client token already used before with different parameters.');
    }
    if (earlier) return earlier.answer;
    const answer = body();
    this.answers.set(key, { request, answer });
    return answer;
  }
}
