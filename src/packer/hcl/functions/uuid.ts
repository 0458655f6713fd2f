import { createHash } from 'node:crypto';

/** The namespaces of RFC 4122, appendix C. */
const NAMESPACES: Record<string, string> = {
  dns: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  url: '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  oid: '6ba7b812-9dad-11d1-80b4-00c04fd430c8',
  x500: '6ba7b814-9dad-11d1-80b4-00c04fd430c8',
};

/** A UUID of version 5; undefined where the namespace is none. */
export function uuidOf(namespace: string, name: string): string | undefined {
  const space = (Object.hasOwn(NAMESPACES, namespace) ? NAMESPACES[namespace]! : namespace).replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(space)) return undefined;
  const bytes = createHash('sha1').update(Buffer.from(space, 'hex')).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! % 0x10) + 0x50;
  bytes[8] = (bytes[8]! % 0x40) + 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
