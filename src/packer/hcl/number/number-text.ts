import { HclNumber } from './hcl-number';

/** A number in decimal: 0.DIGITS · 10^point, without zeros at its ends; no digits for zero. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly point: number;
}

/** All digits of a binary fraction, of which there are finitely many. */
function exact({ mantissa, exponent }: HclNumber): Decimal {
  const positive = mantissa < 0n ? -mantissa : mantissa;
  const digits = (exponent >= 0 ? positive * 2n ** BigInt(exponent) : positive * 5n ** BigInt(-exponent)).toString();
  return trimmed(mantissa < 0n, digits, digits.length + Math.min(exponent, 0));
}

function trimmed(negative: boolean, digits: string, point: number): Decimal {
  const kept = digits.replace(/^0+/, '');
  return { negative, digits: kept.replace(/(?<!0)0+$/, ''), point: point - (digits.length - kept.length) };
}

/** The first digits, rounded; the even one where the rest is a half. */
function rounded({ negative, digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { negative, digits, point };
  if (count < 0) return { negative, digits: '', point: 0 };
  const rest = digits.slice(count);
  const odd = count > 0 && Number(digits[count - 1]) % 2 === 1;
  const up = rest > '5' || (rest === '5' && odd);
  const kept = (BigInt(`0${digits.slice(0, count)}`) + (up ? 1n : 0n)).toString().padStart(count, '0');
  return trimmed(negative, kept, point + kept.length - count);
}

/** As few digits as there have to be to read the same number. */
function shortest(number: HclNumber): Decimal {
  const all = exact(number);
  for (let count = 1; count < all.digits.length; count++) {
    const short = rounded(all, count);
    if (HclNumber.parse(`${short.negative ? '-' : ''}0.${short.digits}e${short.point}`, number.precision)?.compare(number) === 0) return short;
  }
  return all;
}

const signed = ({ negative }: Decimal, text: string): string => (negative ? `-${text}` : text);

/** `%f`: with a number of decimals, or with as many as it has. */
export function fixed(number: HclNumber, decimals?: number): string {
  const all = decimals === undefined ? shortest(number) : exact(number);
  return signed(all, positional(decimals === undefined ? all : rounded(all, all.point + decimals), decimals));
}

/** Without an exponent. */
function positional({ digits, point }: Decimal, decimals = 0): string {
  const whole = digits.slice(0, Math.max(point, 0)).padEnd(point, '0') || '0';
  const fraction = digits === '' ? '' : '0'.repeat(Math.max(-point, 0)) + digits.slice(Math.max(point, 0));
  const written = fraction.padEnd(decimals, '0');
  return written === '' ? whole : `${whole}.${written}`;
}

/** `%e`. */
export function scientific(number: HclNumber, decimals?: number): string {
  const all = decimals === undefined ? shortest(number) : rounded(exact(number), decimals + 1);
  return signed(all, exponential(all, decimals ?? Math.max(all.digits.length - 1, 0)));
}

function exponential({ digits, point }: Decimal, decimals: number): string {
  const exponent = digits === '' ? 0 : point - 1;
  const fraction = digits.slice(1).padEnd(decimals, '0');
  return `${digits[0] ?? '0'}${fraction === '' ? '' : `.${fraction}`}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `%g`: with an exponent where the number is large or small. */
export function general(number: HclNumber, precision?: number): string {
  const all = precision === undefined ? shortest(number) : rounded(exact(number), Math.max(precision, 1));
  const { digits, point } = all;
  const limit = precision === undefined ? 6 : Math.max(digits.length < precision && digits.length >= point ? digits.length : precision, 1);
  if (digits !== '' && (point - 1 < -4 || point - 1 >= limit)) return signed(all, exponential(all, digits.length - 1));
  return signed(all, positional(all));
}
