import { Late } from '../../template/late';
import { transform } from '../../template/transform';
import type { Value } from '../value';
import type { Call } from './call';

/** Applies a function to the text at an index; where the build knows it, to the layout of its times. */
export function mapText(call: Call, index: number, apply: (text: string) => string): Value {
  return transform(call.lateText(index), apply)
    ?? call.fail('this cannot be applied to a value that only the build knows', 'use the value as it is, or formatdate("YYYYMMDD", timestamp())');
}

/** A function of a text that changes nothing else. */
export function ofText(apply: (text: string) => string): { least: number; most: number; takesLate: boolean; run: (call: Call) => Value } {
  return { least: 1, most: 1, takesLate: true, run: (call) => (call.args[0] instanceof Late ? mapText(call, 0, apply) : apply(call.text(0))) };
}
