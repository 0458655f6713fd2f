import { isIPv4, isIPv6 } from 'node:net';
import type { Value } from '../value';
import { known, type Call, type FunctionTable } from './call';
import { textList } from './collections';

/** A network: its first address as a number, how many of its bits are fixed, and how many an address has. */
interface Network {
  readonly first: bigint;
  readonly prefix: number;
  readonly bits: 32 | 128;
}

export const addresses: FunctionTable = {
  cidrhost: known(2, 2, host),
  cidrnetmask: known(1, 1, (call) => {
    const { prefix, bits } = network(call);
    return written(mask(prefix, bits), bits);
  }),
  cidrsubnet: known(3, 3, (call) => {
    const parent = network(call);
    const [added, number] = [call.whole(1), call.number(2).truncated()];
    if (!call.number(2).isWhole) call.fail('the number of the subnet is not whole', 'use floor()');
    if (number < 0n || number >= power(Math.max(added, 0))) call.fail('there is no subnet of that number', 'give a lower one');
    return notation(subnet(call, parent, added, number));
  }),
  cidrsubnets: known(1, Infinity, subnets),
};

function host(call: Call): Value {
  const { first, prefix, bits } = network(call);
  if (!call.number(1).isWhole) call.fail('the number of the host is not whole', 'use floor()');
  const [number, size] = [call.number(1).truncated(), power(bits - prefix)];
  if (number >= size || -number > size) call.fail('the network has no such host', 'give a number within it');
  return written(first + (number < 0n ? size + number : number), bits);
}

const power = (exponent: number): bigint => 2n ** BigInt(exponent);

/** One after the other, each where the next of its size begins. */
function subnets(call: Call): Value {
  const parent = network(call);
  let next = parent.first;
  return textList(call.args.slice(1).map((_, index) => {
    if (call.whole(index + 1) < 1) call.fail('a subnet has one bit more at least', 'give a positive number');
    const { prefix, bits } = subnet(call, parent, call.whole(index + 1), 0n);
    const size = power(bits - prefix);
    const first = ((next + size - 1n) / size) * size;
    next = first + size;
    if (next > parent.first + power(bits - parent.prefix)) call.fail('the network has no room for all', 'give fewer subnets, or smaller ones');
    return notation({ first, prefix, bits });
  }));
}

function subnet(call: Call, { first, prefix, bits }: Network, added: number, number: bigint): Network {
  const longer = prefix + added;
  if (added < 0 || longer > bits) return call.fail('the network has not so many bits to give', 'give fewer');
  return { first: first + number * power(bits - longer), prefix: longer, bits };
}

function network(call: Call): Network {
  const [address = '', length = '', ...more] = call.text(0).split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  if (bits === undefined || more.length > 0 || !/^(?:0|[1-9][0-9]{0,2})$/.test(length) || Number(length) > bits) return call.fail('this is not a network', 'write 10.0.0.0/16');
  const [prefix, all] = [Number(length), parsed(address, bits)];
  if (bits === 128 && all / power(32) === 0xffffn) call.fail('this is a network of IPv4 in the notation of IPv6', 'write 10.0.0.0/16');
  return { first: all - (all % power(bits - prefix)), prefix, bits };
}

function mask(prefix: number, bits: number): bigint {
  return (power(prefix) - 1n) * power(bits - prefix);
}

function parsed(address: string, bits: number): bigint {
  if (bits === 32) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  // The last 32 bits may be written as an IPv4 address.
  const hexadecimal = address.replace(/(?<![0-9.])[0-9.]+$/, (tail) => (tail.includes('.') ? groups(parsed(tail, 32), 2).join(':') : tail));
  const [head = '', tail] = hexadecimal.split('::').map((part) => part.split(':').filter((group) => group !== '')) as [string[], string[]?];
  const middle = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...middle, ...tail ?? []].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function groups(address: bigint, count: number): string[] {
  return Array.from({ length: count }, (_, index) => ((address / power(16 * (count - 1 - index))) % 65_536n).toString(16));
}

function written(address: bigint, bits: number): string {
  if (bits === 32) return Array.from({ length: 4 }, (_, index) => (address / power(24 - 8 * index)) % 256n).join('.');
  // The URL parser writes addresses in the form of RFC 5952.
  return new URL(`http://[${groups(address, 8).join(':')}]`).hostname.slice(1, -1);
}

function notation({ first, prefix, bits }: Network): string {
  return `${written(first, bits)}/${prefix}`;
}
