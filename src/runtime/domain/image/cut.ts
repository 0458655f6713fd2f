/** A text that is no longer than so many characters; what was left out shows. */
export const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
