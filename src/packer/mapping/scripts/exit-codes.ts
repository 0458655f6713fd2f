import type { Values } from '../values';

/** Packer takes 0 where nothing is said, and only what is said otherwise. */
export function validExitCodes(values: Values): number[] {
  const codes = [...new Set(values.numbers('valid_exit_codes').map((code) => (code >= 2 ** 31 ? code - 2 ** 32 : code)))];
  const wrong = codes.find((code) => code < -(2 ** 31) || code >= 2 ** 31);
  if (wrong !== undefined) values.fail('valid_exit_codes', `${wrong} is no exit code`, 'write numbers of 32 bits');
  return codes.length > 0 ? codes : [0];
}
