/** A text as one word of bash, whatever is in it. */
export const bashQuoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;
