/** A file of an archive. */
export interface CpioFile {
  readonly path: string;
  /** Nothing for a folder. */
  readonly content?: string;
  readonly mode: number;
}

const FOLDER = 0o040000;
const FILE = 0o100000;

/** An archive in the format "newc", which the kernel unpacks as part of an initrd (kernel documentation, "initramfs buffer format"). */
export const cpio = (files: readonly CpioFile[]): Buffer => Buffer.concat([
  ...files.map(({ path, content, mode }, index) => entry(index + 1, path, (content === undefined ? FOLDER : FILE) + mode, Buffer.from(content ?? ''))),
  entry(0, 'TRAILER!!!', 0, Buffer.alloc(0)),
]);

function entry(inode: number, path: string, mode: number, content: Buffer): Buffer {
  const name = Buffer.from(`${path}\0`);
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const head = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`);
  return Buffer.concat([padded(Buffer.concat([head, name])), padded(content)]);
}

/** To a multiple of four bytes. */
export const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
