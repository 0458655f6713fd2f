import { known, type Call, type FunctionTable } from './call';

export const numbers: FunctionTable = {
  abs: known(1, 1, (call) => Math.abs(call.number(0))),
  ceil: known(1, 1, (call) => Math.ceil(call.number(0))),
  floor: known(1, 1, (call) => Math.floor(call.number(0))),
  log: known(2, 2, (call) => finite(call, Math.log(call.number(0)) / Math.log(call.number(1)))),
  pow: known(2, 2, (call) => finite(call, call.number(0) ** call.number(1))),
  signum: known(1, 1, (call) => Math.sign(call.number(0))),
  max: known(1, Infinity, (call) => call.args.reduce<number>((most, _, index) => Math.max(most, call.number(index)), -Infinity)),
  min: known(1, Infinity, (call) => call.args.reduce<number>((least, _, index) => Math.min(least, call.number(index)), Infinity)),
  parseint: known(2, 2, parseInteger),
};

function finite(call: Call, value: number): number {
  return Number.isFinite(value) ? value : call.fail('the result is no number', 'check the arguments');
}

function parseInteger(call: Call): number {
  const [text, base] = [call.text(0), call.whole(1)];
  if (base < 2 || base > 36) call.fail('the base is not between 2 and 36', 'use 10 or 16');
  const digits = /^-?([0-9a-z]+)$/i.exec(text)?.[1] ?? call.fail('this is not a whole number', 'give digits only');
  if ([...digits].some((digit) => !(parseInt(digit, 36) < base))) call.fail(`a digit does not belong to base ${base}`, 'check the base');
  return parseInt(text, base);
}
