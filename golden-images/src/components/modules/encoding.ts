import { StepFailure, textOf } from './module';

/** Without a width's end, little-endian is meant. */
const known: Readonly<Record<string, { readonly width: 1 | 2 | 4; readonly big?: boolean }>> = {
  '': { width: 1 },
  '8': { width: 1 },
  '16': { width: 2 },
  '16le': { width: 2 },
  '16be': { width: 2, big: true },
  '32': { width: 4 },
  '32le': { width: 4 },
  '32be': { width: 4, big: true },
};

function encodingOf(name: unknown): { readonly width: 1 | 2 | 4; readonly big?: boolean } {
  const encoding = known[textOf(name).toLowerCase().replace(/^utf/, '').replace(/-/g, '')];
  if (!encoding) throw new StepFailure(`the encoding '${textOf(name)}' is not known`);
  return encoding;
}

/** Text as the bytes of an encoding; no byte order mark is written. */
export function encode(text: string, name: unknown): Buffer {
  const { width, big } = encodingOf(name);
  if (width === 1) return Buffer.from(text, 'utf8');
  if (width === 2) return big ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le');
  const points = [...text].map((letter) => letter.codePointAt(0)!);
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((point, index) => (big ? bytes.writeUInt32BE(point, index * 4) : bytes.writeUInt32LE(point, index * 4)));
  return bytes;
}

/** Bytes of an encoding as text; a byte order mark is left out. */
export function decode(bytes: Buffer, name: unknown): string {
  const { width, big } = encodingOf(name);
  if (width === 1) return bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (width === 2) return (big ? Buffer.from(bytes).swap16() : bytes).toString('utf16le').replace(/^\uFEFF/, '');
  const points = Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => (
    big ? bytes.readUInt32BE(index * 4) : bytes.readUInt32LE(index * 4)
  ));
  return String.fromCodePoint(...points).replace(/^\uFEFF/, '');
}
