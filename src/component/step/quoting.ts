/** A text as one word of bash, whatever is in it. */
export const bashQuoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;

/**
 * A PowerShell expression whose value is the text, whatever is in it. Pure ASCII: in which encoding a script reaches PowerShell is not
 * documented, and letters read in another one can become typographic quotes, which end a text there as well. Being an expression, it
 * cannot stand inside of a text between double quotes.
 */
export function powershellQuoted(text: string): string {
  const [first, ...others] = text.split(/([\u0080-\uffff])/).map((part, index) => (index % 2 === 1
    ? `[char]0x${part.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    : `'${part.replace(/'/g, "''")}'`));
  // It begins with a text, so that characters are joined and not added up.
  const parts = [first!, ...others.filter((part) => part !== "''")];
  return parts.length === 1 ? parts[0]! : `(${parts.join(' + ')})`;
}
