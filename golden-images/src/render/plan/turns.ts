import { plain, type Frame } from './references';
import type { DocumentStep } from '../../../../src/component/document';
import { Refused } from '../refusal';

/** More turns than that would hide the template. */
const MOST = 100;

/** The turns of a step: one without a loop, or one for each value. A template has no loops, so every turn is written out. */
export function loopValues({ loop }: DocumentStep, frame: Frame): (Frame['loop'] | undefined)[] {
  if (loop === undefined) return [undefined];
  const values = loop.kind === 'numbers'
    ? Array.from({ length: Math.floor((loop.end - loop.start) / loop.updateBy) + 1 }, (_, index) => String(loop.start + index * loop.updateBy))
    : loop.kind === 'list'
      ? loop.values.map((each) => plain(each, frame, 'a value of its loop'))
      : plain(loop.text, frame, 'the list of its loop').split(loop.delimiter);
  if (values.length > MOST) throw new Refused(frame.place, `it loops ${values.length} times`, `loop in a script; up to ${MOST} turns are written out`);
  return values.map((value, index) => ({ ...loop.name === undefined ? {} : { name: loop.name }, index, value }));
}
