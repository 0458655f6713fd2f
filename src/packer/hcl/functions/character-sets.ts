/** Encodings of one byte a character are what their decoder says of each byte. */
const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** A text in an encoding by its IANA name; undefined where the encoding is not known, or lacks a character. */
export function encodeText(text: string, name: string): Buffer | undefined {
  switch (name.toLowerCase()) {
    case 'utf-8': return Buffer.from(text);
    case 'utf-16le': return Buffer.from(text, 'utf16le');
    case 'utf-16be': return Buffer.from(text, 'utf16le').swap16();
    default: return singleBytes(text, name);
  }
}

function singleBytes(text: string, name: string): Buffer | undefined {
  const table = decodeText(ALL_BYTES, name, false);
  if (table === undefined || table.length !== 256) return undefined;
  const bytes = [...text].map((character) => table.indexOf(character));
  return bytes.includes(-1) || text.includes('\uFFFD') ? undefined : Buffer.from(bytes);
}

export function decodeText(bytes: Buffer, name: string, fatal = true): string | undefined {
  // The web takes these two for windows-1252.
  if (/^iso-8859-1$/i.test(name)) return bytes.toString('latin1');
  if (/^us-ascii$/i.test(name)) return bytes.every((byte) => byte < 128) ? bytes.toString('latin1') : undefined;
  try {
    return new TextDecoder(name, { fatal, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
