/** Of numbers that are written, and of what is computed from them: HCL has Go's big.Float. */
const WRITTEN_PRECISION = 512;
/** Of numbers that a function counted. */
const COUNTED_PRECISION = 64;
/** Of numbers that a function computed in doubles. */
export const COMPUTED_PRECISION = 53;
const NUMBER = /^([+-]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/;
/** No template has a number that is longer. */
const MOST_DIGITS = 1000;

const power = (exponent: number): bigint => 2n ** BigInt(exponent);
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function bits(value: bigint): number {
  const hexadecimal = magnitude(value).toString(16);
  return value === 0n ? 0 : 4 * (hexadecimal.length - 1) + (32 - Math.clz32(parseInt(hexadecimal[0]!, 16)));
}

/** A number of HCL: mantissa · 2^exponent, rounded to the even neighbor where it has more bits than its precision. */
export class HclNumber {
  /** A number that a function counted; `precision` of one that it computed. */
  public static of(value: number, precision = COUNTED_PRECISION): HclNumber {
    let [mantissa, exponent] = [value, 0];
    for (; !Number.isInteger(mantissa); mantissa *= 2) exponent += 1;
    return new HclNumber(BigInt(mantissa), -exponent, exponent === 0 ? precision : COMPUTED_PRECISION);
  }

  /** A number as it is written: `-1.5e3`; undefined where the text is none. */
  public static parse(text: string, precision = WRITTEN_PRECISION): HclNumber | undefined {
    const [, sign, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
    const shift = Number(exponent) - fraction.length;
    if (sign === undefined || text.length > MOST_DIGITS || Math.abs(shift) > MOST_DIGITS) return undefined;
    const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
    return shift >= 0 ? new HclNumber(digits * 10n ** BigInt(shift), 0, precision) : quotient(digits, 10n ** BigInt(-shift), 0, precision);
  }

  public static whole(value: bigint): HclNumber {
    return new HclNumber(value, 0, WRITTEN_PRECISION);
  }

  public readonly mantissa: bigint;
  public readonly exponent: number;

  /** `inexact` where bits were lost already, below the last one. */
  public constructor(mantissa: bigint, exponent: number, public readonly precision: number, inexact = false) {
    const surplus = bits(mantissa) - precision;
    const rounded = surplus > 0 ? roundedShift(mantissa, surplus, inexact) : mantissa;
    const zeros = trailingZeros(rounded);
    this.mantissa = rounded / power(zeros);
    this.exponent = rounded === 0n ? 0 : exponent + Math.max(surplus, 0) + zeros;
  }

  public plus(other: HclNumber): HclNumber {
    const exponent = Math.min(this.exponent, other.exponent);
    return new HclNumber(this.at(exponent) + other.at(exponent), exponent, this.precisionWith(other));
  }

  public minus(other: HclNumber): HclNumber {
    return this.plus(other.negated());
  }

  public times(other: HclNumber): HclNumber {
    return new HclNumber(this.mantissa * other.mantissa, this.exponent + other.exponent, this.precisionWith(other));
  }

  /** `other` is not zero. */
  public over(other: HclNumber): HclNumber {
    return quotient(this.mantissa, other.mantissa, this.exponent - other.exponent, this.precisionWith(other));
  }

  /** What is left of a division, with the sign of this number; the number itself for zero. */
  public modulo(other: HclNumber): HclNumber {
    if (other.mantissa === 0n) return this;
    return this.minus(other.times(new HclNumber(this.over(other).truncated(), 0, this.precision)));
  }

  public negated(): HclNumber {
    return new HclNumber(-this.mantissa, this.exponent, this.precision);
  }

  /** Below zero where this number is the lesser one. */
  public compare(other: HclNumber): number {
    const exponent = Math.min(this.exponent, other.exponent);
    const difference = this.at(exponent) - other.at(exponent);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  public get isWhole(): boolean {
    return this.exponent >= 0;
  }

  /** Without its fraction. */
  public truncated(): bigint {
    return this.exponent >= 0 ? this.mantissa * power(this.exponent) : this.mantissa / power(-this.exponent);
  }

  /** The greatest whole number that is not above it. */
  public floor(): HclNumber {
    const down = !this.isWhole && this.mantissa < 0n ? 1n : 0n;
    return new HclNumber(this.truncated() - down, 0, this.precision);
  }

  public toNumber(): number {
    return Number(this.mantissa) * 2 ** this.exponent;
  }

  private at(exponent: number): bigint {
    return this.mantissa * power(this.exponent - exponent);
  }

  private precisionWith(other: HclNumber): number {
    return Math.max(this.precision, other.precision);
  }
}

function quotient(dividend: bigint, divisor: bigint, exponent: number, precision: number): HclNumber {
  const shift = Math.max(0, precision + 2 + bits(divisor) - bits(dividend));
  const shifted = dividend * power(shift);
  return new HclNumber(shifted / divisor, exponent - shift, precision, shifted % divisor !== 0n);
}

/** Without its last bits: to the nearest, to the even one where it lies between two. */
function roundedShift(value: bigint, shift: number, inexact: boolean): bigint {
  const [unit, positive] = [power(shift), magnitude(value)];
  const [kept, doubled] = [positive / unit, (positive % unit) * 2n];
  const up = doubled > unit || (doubled === unit && (inexact || kept % 2n === 1n));
  return (value < 0n ? -1n : 1n) * (kept + (up ? 1n : 0n));
}

function trailingZeros(value: bigint): number {
  const binary = value.toString(2);
  return value === 0n ? 0 : binary.length - 1 - binary.lastIndexOf('1');
}
