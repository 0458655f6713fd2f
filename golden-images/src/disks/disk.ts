/** A disk in a bucket, as somebody named it. */
export interface Disk {
  readonly bucket?: string;
  readonly key: string;
  readonly format: DiskFormat;
}

export type DiskFormat = 'OVA' | 'VMDK' | 'VHD' | 'VHDX' | 'RAW' | 'ISO';

const FORMATS: Readonly<Record<string, DiskFormat>> = { ova: 'OVA', vmdk: 'VMDK', vhd: 'VHD', vhdx: 'VHDX', raw: 'RAW', img: 'RAW', iso: 'ISO' };

/** A disk that cannot be imported; the text says why and what to do. */
export class DiskError extends Error {}

/** Reads `s3://bucket/key` or a key. */
export function readDisk(text: string): Disk {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(text) ?? [undefined, undefined, text];
  const extension = /\.([A-Za-z0-9]+)$/.exec(key!)?.[1] ?? '';
  const format = FORMATS[extension.toLowerCase()];
  if (text.startsWith('s3://') && !bucket) throw new DiskError(`'${text}' names no object; s3://BUCKET/KEY does`);
  if (format === undefined) {
    throw new DiskError(`'${text}' is no disk that can be imported: its name must end in .ova, .vmdk, .vhd, .vhdx, .raw, .img or .ISO`);
  }
  // Image Builder user guide, "Import verified Windows ISO disk images": the extension is case sensitive.
  if (format === 'ISO' && extension !== 'ISO') {
    const upper = text.replace(/\.[^.]+$/, '.ISO');
    throw new DiskError(`the service takes ISO files only if their name ends in .ISO: aws s3 mv ${text} ${upper}`);
  }
  return { ...(bucket ? { bucket } : {}), key: key!, format };
}
