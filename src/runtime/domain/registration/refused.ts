/** What is wrong with a request; the text is for who made it. */
export class RefusedRequest extends Error {
  /** `status`: of the answer, as in HTTP. */
  public constructor(message: string, public readonly status: 400 | 403 | 413 = 400) {
    super(message);
    this.name = 'RefusedRequest';
  }
}

/** Whether a text can be kept: half of a surrogate pair would come back as something else. */
export const isUnicode = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const SHOWN = 120;

/** What a request said, short enough to be said back. */
export function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? typeof value : String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
