import { templateError } from '../template/errors';

/** Fn::Cidr for IPv4: `count` blocks of `hostBits` bits each, from the start of a block. */
export function cidrBlocks(block: string, count: number, hostBits = 8): string[] {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(block);
  if (!match) throw templateError(`Fn::Cidr: ${block} is not an IPv4 block`);
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number];
  if (!Number.isInteger(count) || count < 1 || count > 256) throw templateError('Fn::Cidr: the count must be between 1 and 256');
  const size = 2 ** hostBits;
  if (count * size > 2 ** (32 - prefix)) throw templateError(`Fn::Cidr: ${block} is too small for ${count} blocks of ${hostBits} bits`);
  const mask = 2 ** (32 - prefix);
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const start = address - (address % mask);
  return Array.from({ length: count }, (_, index) => `${dotted(start + index * size)}/${32 - hostBits}`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
