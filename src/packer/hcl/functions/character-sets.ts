/** Encodings of one byte a character are what their decoder says of each byte. */
const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** The characters 80 to 9F of windows-1252, where it differs from ISO-8859-1. */
const CP_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

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
  // Decoders of the web take the first two for windows-1252, and that of Node.js takes it for the first.
  if (/^iso-8859-1$/i.test(name)) return bytes.toString('latin1');
  if (/^us-ascii$/i.test(name)) return bytes.every((byte) => byte < 128) ? bytes.toString('latin1') : undefined;
  if (/^windows-1252$/i.test(name)) return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (sign) => CP_1252[sign.charCodeAt(0) - 0x80]!);
  try {
    return new TextDecoder(name, { fatal, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
