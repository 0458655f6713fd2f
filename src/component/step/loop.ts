import type { IConstruct } from 'constructs';
import { LoopReference } from './reference';
import { InvalidInputError } from '../../private/errors';

/** Options of `Loop.range`. */
export interface LoopRange {
  /** First value. */
  readonly start: number;

  /** Last value, which is in the loop. */
  readonly end: number;

  /**
   * What is added each time.
   *
   * @default 1
   */
  readonly updateBy?: number;
}

/** Repeats a step, with one value each time (Image Builder user guide, "Looping constructs"). Values are texts. */
export class Loop {
  /** Once for each number. */
  public static range(range: LoopRange): Loop {
    return new Loop({ for: { start: range.start, end: range.end, updateBy: range.updateBy ?? 1 } });
  }

  /** Once for each text. */
  public static over(...values: string[]): Loop {
    return new Loop({ forEach: values });
  }

  /**
   * Once for each part of a text that is known only on the instance, such as the output of a step.
   *
   * @param list the text
   * @param delimiter what stands between the parts: one of `.`, `,`, `;`, `:`, `-`, `_`, space, tab or a line end
   */
  public static split(list: string, delimiter: string): Loop {
    return new Loop({ forEach: { list, delimiter } });
  }

  /** The value of this round, for the inputs and the condition of the step. */
  public readonly value: string = new LoopReference(this, 'value').toString();

  /** The number of this round, from 1. */
  public readonly index: string = new LoopReference(this, 'index').toString();

  private constructor(private readonly definition: { for?: Required<LoopRange>; forEach?: string[] | { list: string; delimiter: string } }) {}

  /**
   * The loop in the document.
   *
   * @internal
   */
  public _render(scope: IConstruct): Record<string, unknown> {
    const { for: range, forEach } = this.definition;
    if (Array.isArray(forEach) && forEach.length === 0) {
      throw new InvalidInputError(scope, { what: 'a loop goes over no values', expected: 'at least one', fix: 'give it a value, or leave the step out' });
    }
    if (range !== undefined && (range.updateBy === 0 || (range.end - range.start) * range.updateBy < 0)) {
      throw new InvalidInputError(scope, {
        what: `a loop goes from ${range.start} to ${range.end} by ${range.updateBy}`, expected: 'numbers that come to an end', fix: 'correct updateBy',
      });
    }
    return { ...this.definition };
  }
}
