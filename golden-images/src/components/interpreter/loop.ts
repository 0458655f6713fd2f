import { resolve, type Iteration } from './references';
import type { Current, Frame } from './state';
import type { DocumentStep } from '../../../../src/component/document';

/** The values of a loop over a list, as they are when its step begins. */
export function loopValues({ loop }: DocumentStep, frame: Frame): readonly string[] | undefined {
  if (loop === undefined || loop.kind === 'numbers') {
    return undefined;
  }
  return loop.kind === 'list'
    ? resolve(loop.values, frame).value as string[]
    : String(resolve(loop.text, frame).value).split(loop.delimiter);
}

/** How often the step runs. */
export function iterationCount({ loop }: DocumentStep, values: readonly string[] | undefined): number {
  if (loop?.kind === 'numbers') {
    return Math.floor((loop.end - loop.start) / loop.updateBy) + 1;
  }
  return values?.length ?? 1;
}

/** The turn that comes next, of a step that has a loop. */
export function iterationOf(step: DocumentStep, current: Current, values: readonly string[] | undefined): Iteration | undefined {
  const { loop } = step;
  if (loop === undefined) {
    return undefined;
  }
  const index = current.iteration;
  const value = loop.kind === 'numbers' ? String(loop.start + index * loop.updateBy) : values![index]!;
  return { ...loop.name === undefined ? {} : { name: loop.name }, index, value, count: iterationCount(step, values) };
}

/** "Step and iteration outputs": those of a loop are joined by line breaks. */
export function joinOutputs(outputs: Current['outputs']): Record<string, string> {
  const names = [...new Set(outputs.flatMap((each) => Object.keys(each)))];
  return Object.fromEntries(names.map((name) => [name, outputs.filter((each) => Object.hasOwn(each, name)).map((each) => each[name]).join('\n')]));
}
