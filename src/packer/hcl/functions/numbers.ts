import { log, power } from '../number/float';
import { COMPUTED_PRECISION, HclNumber } from '../number/hcl-number';
import { typed } from '../type-of';
import { NUMBER } from '../types';
import type { Value } from '../value';
import { known, type Call, type FunctionTable } from './call';

const ZERO = HclNumber.of(0);
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const numbers: FunctionTable = {
  abs: known(1, 1, (call) => (call.number(0).compare(ZERO) < 0 ? call.number(0).negated() : call.number(0))),
  ceil: known(1, 1, (call) => call.number(0).negated().floor().negated()),
  floor: known(1, 1, (call) => call.number(0).floor()),
  log: known(2, 2, (call) => finite(call, log(call.number(0).toNumber()) / log(call.number(1).toNumber()))),
  pow: known(2, 2, (call) => finite(call, power(call.number(0).toNumber(), call.number(1).toNumber()) ?? call.fail('the power has a fraction', 'use a whole one, or 0.5'))),
  signum: known(1, 1, (call) => HclNumber.of(Math.sign(call.whole(0)))),
  max: known(1, Infinity, (call) => furthest(call, 1)),
  min: known(1, Infinity, (call) => furthest(call, -1)),
  sum: known(1, 1, (call) => {
    const items = call.listOf(0, NUMBER);
    if (items.length === 0 || items.includes(null)) call.fail('there is nothing to add', 'give numbers');
    return (items as ReadonlyArray<HclNumber>).reduce((sum, item) => sum.plus(item));
  }),
  range: known(1, 3, range),
  parseint: known(2, 2, parseInteger),
};

function furthest(call: Call, sign: number): Value {
  return call.args.map((_, index) => call.number(index)).reduce((far, number) => (Math.sign(number.compare(far)) === sign ? number : far));
}

function finite(call: Call, value: number): HclNumber {
  return Number.isFinite(value) ? HclNumber.of(value, COMPUTED_PRECISION) : call.fail('the result is no number', 'check the arguments');
}

function range(call: Call): Value {
  const [start, limit] = call.args.length === 1 ? [ZERO, call.number(0)] : [call.number(0), call.number(1)];
  const down = limit.compare(start) < 0;
  const step = call.args.length === 3 ? call.number(2) : HclNumber.of(down ? -1 : 1);
  if (step.compare(ZERO) === 0 || (limit.compare(start) !== 0 && (step.compare(ZERO) < 0) !== down)) call.fail('the step leads away', 'give a step towards the limit');
  const items: HclNumber[] = [];
  for (let item = start; step.compare(ZERO) < 0 ? item.compare(limit) > 0 : item.compare(limit) < 0; item = item.plus(step)) {
    if (items.length === 1024) call.fail('there would be more than 1024 items', 'give nearer bounds, or a larger step');
    items.push(item);
  }
  return typed(items, { kind: 'list', item: NUMBER });
}

function parseInteger(call: Call): Value {
  const [text, base] = [call.text(0), call.whole(1)];
  if (base < 2 || base > 62) call.fail('the base is not between 2 and 62', 'use 10 or 16');
  const [, sign, digits] = /^([+-]?)([0-9a-zA-Z]+)$/.exec(text) ?? call.fail('this is not a whole number', 'give digits only');
  const values = [...(base <= 36 ? digits!.toLowerCase() : digits!)].map((digit) => DIGITS.indexOf(digit));
  if (values.some((value) => value >= base)) call.fail(`a digit does not belong to base ${base}`, 'check the base');
  const whole = values.reduce((sum, value) => sum * BigInt(base) + BigInt(value), 0n);
  return HclNumber.whole(sign === '-' ? -whole : whole);
}
