/**
 * The logarithm and the powers of Go's package math, in its order of operations: those of JavaScript differ in the last digit.
 *
 * @see https://github.com/golang/go/blob/go1.21.0/src/math/log.go
 * @see https://github.com/golang/go/blob/go1.21.0/src/math/pow.go
 */
const LN2_HIGH = 6.93147180369123816490e-01;
const LN2_LOW = 1.90821492927058770002e-10;
const [L1, L2, L3, L4, L5, L6, L7] = [
  6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
  1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
] as const;

export function log(value: number): number {
  if (!(value > 0) || value === Infinity) return Math.log(value);
  const [half, exponent] = parts(value);
  const low = half < Math.SQRT1_2;
  const [f, k] = [(low ? half * 2 : half) - 1, low ? exponent - 1 : exponent];
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const r = s2 * (L1 + s4 * (L3 + s4 * (L5 + s4 * L7))) + s4 * (L2 + s4 * (L4 + s4 * L6));
  const square = 0.5 * f * f;
  return k * LN2_HIGH - ((square - (s * (square + r) + k * LN2_LOW)) - f);
}

/** Undefined for a power with a fraction, of which Go itself gives other last digits on other processors; a root is one. */
export function power(base: number, exponent: number): number | undefined {
  if (Math.abs(exponent) === 0.5) return exponent > 0 ? Math.sqrt(base) : 1 / Math.sqrt(base);
  if (!Number.isInteger(exponent)) return base === 0 || base === 1 ? base ** exponent : undefined;
  if (base === 0 || exponent === 0 || Math.abs(exponent) >= 2 ** 53) return base ** exponent;
  let [square, shift] = parts(base);
  let [product, sum] = [1, 0];
  for (let bits = Math.abs(exponent); bits > 0 && Math.abs(shift) <= 4096; bits = Math.floor(bits / 2)) {
    if (bits % 2 === 1) [product, sum] = [product * square, sum + shift];
    [square, shift] = [square * square, shift * 2];
    if (square < 0.5) [square, shift] = [square * 2, shift - 1];
  }
  return exponent < 0 ? scaled(1 / product, -sum) : scaled(product, sum);
}

/** A fraction from 0.5 to 1, and the power of two that it is multiplied with. */
function parts(value: number): [number, number] {
  let exponent = Math.floor(Math.log2(Math.abs(value))) + 1;
  let fraction = scaled(value, -exponent);
  for (; Math.abs(fraction) >= 1; fraction /= 2) exponent += 1;
  for (; Math.abs(fraction) < 0.5; fraction *= 2) exponent -= 1;
  return [fraction, exponent];
}

/** In two steps, of which none leaves the range. */
function scaled(fraction: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return fraction * 2 ** half * 2 ** (exponent - half);
}
