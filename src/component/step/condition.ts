import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../../private/errors';

const DIGITS = { fileMD5Equals: 32, fileSHA1Equals: 40, fileSHA256Equals: 64, fileSHA512Equals: 128 } as const;

/**
 * A comparison on the instance, for the `condition` of a step and for `Step.assertThat` (Image Builder user guide, "Comparison operators").
 * Texts may be the output of a step, or the value of a loop.
 */
export abstract class Condition {
  /** There is a program of that name in the search path. */
  public static binaryExists(name: string): Condition {
    return new Comparison('binaryExists', name);
  }

  /** There is a file. */
  public static fileExists(path: string): Condition {
    return new Comparison('fileExists', path);
  }

  /** There is a folder. */
  public static folderExists(path: string): Condition {
    return new Comparison('folderExists', path);
  }

  /** The file has this MD5, in 32 hexadecimal digits. */
  public static fileMd5Equals(path: string, checksum: string): Condition {
    return new Comparison('fileMD5Equals', checksum, { path });
  }

  /** The file has this SHA-1, in 40 hexadecimal digits. */
  public static fileSha1Equals(path: string, checksum: string): Condition {
    return new Comparison('fileSHA1Equals', checksum, { path });
  }

  /** The file has this SHA-256, in 64 hexadecimal digits. */
  public static fileSha256Equals(path: string, checksum: string): Condition {
    return new Comparison('fileSHA256Equals', checksum, { path });
  }

  /** The file has this SHA-512, in 128 hexadecimal digits. */
  public static fileSha512Equals(path: string, checksum: string): Condition {
    return new Comparison('fileSHA512Equals', checksum, { path });
  }

  /** The text is empty. */
  public static stringIsEmpty(text: string): Condition {
    return new Comparison('stringIsEmpty', text);
  }

  /** The text has nothing but spaces, tabs and line ends. */
  public static stringIsWhitespace(text: string): Condition {
    return new Comparison('stringIsWhitespace', text);
  }

  /** `text` is `other`. */
  public static stringEquals(text: string, other: string): Condition {
    return new Comparison('stringEquals', other, { value: text });
  }

  /** `text` stands before `other`, in the order of characters. */
  public static stringLessThan(text: string, other: string): Condition {
    return new Comparison('stringLessThan', other, { value: text });
  }

  /** `text` stands before `other`, or is the same. */
  public static stringLessThanEquals(text: string, other: string): Condition {
    return new Comparison('stringLessThanEquals', other, { value: text });
  }

  /** `text` stands after `other`, in the order of characters. */
  public static stringGreaterThan(text: string, other: string): Condition {
    return new Comparison('stringGreaterThan', other, { value: text });
  }

  /** `text` stands after `other`, or is the same. */
  public static stringGreaterThanEquals(text: string, other: string): Condition {
    return new Comparison('stringGreaterThanEquals', other, { value: text });
  }

  /** `text` matches a pattern of `?` (one character) and `*` (any characters). */
  public static patternMatches(text: string, pattern: string): Condition {
    return new Comparison('patternMatches', pattern, { value: text });
  }

  /** `number` is `other`. */
  public static numberEquals(number: string, other: string): Condition {
    return new Comparison('numberEquals', other, { value: number });
  }

  /** `number` is less than `other`. */
  public static numberLessThan(number: string, other: string): Condition {
    return new Comparison('numberLessThan', other, { value: number });
  }

  /** `number` is at most `other`. */
  public static numberLessThanEquals(number: string, other: string): Condition {
    return new Comparison('numberLessThanEquals', other, { value: number });
  }

  /** `number` is greater than `other`. */
  public static numberGreaterThan(number: string, other: string): Condition {
    return new Comparison('numberGreaterThan', other, { value: number });
  }

  /** `number` is at least `other`. */
  public static numberGreaterThanEquals(number: string, other: string): Condition {
    return new Comparison('numberGreaterThanEquals', other, { value: number });
  }

  /** All of them hold. */
  public static allOf(...conditions: Condition[]): Condition {
    return new Combination('and', conditions);
  }

  /** One of them holds, or more. */
  public static anyOf(...conditions: Condition[]): Condition {
    return new Combination('or', conditions);
  }

  /** It does not hold. */
  public static negate(condition: Condition): Condition {
    return new Combination('not', [condition]);
  }

  /**
   * The condition in the document.
   *
   * @internal
   */
  public abstract _render(scope: IConstruct): Record<string, unknown>;
}

class Comparison extends Condition {
  public constructor(private readonly operator: string, private readonly operand: string, private readonly others: Record<string, string> = {}) {
    super();
  }

  public _render(scope: IConstruct): Record<string, unknown> {
    const digits = DIGITS[this.operator as keyof typeof DIGITS];
    if (digits !== undefined && !new RegExp(`^(?:[0-9a-fA-F]{${digits}}|.*\\$\\{Token.*)$`).test(this.operand)) {
      throw new InvalidInputError(scope, {
        what: `the checksum '${this.operand}' of ${this.operator} has ${this.operand.length} characters`,
        expected: `${digits} hexadecimal digits`,
        fix: 'correct the checksum, or take the condition of its algorithm',
      });
    }
    return { [this.operator]: this.operand, ...this.others };
  }
}

class Combination extends Condition {
  public constructor(private readonly operator: 'and' | 'or' | 'not', private readonly conditions: Condition[]) {
    super();
  }

  public _render(scope: IConstruct): Record<string, unknown> {
    if (this.conditions.length === 0) {
      throw new InvalidInputError(scope, { what: `'${this.operator}' has no conditions`, expected: 'one or more', fix: 'give it a condition' });
    }
    const rendered = this.conditions.map((condition) => condition._render(scope));
    return { [this.operator]: this.operator === 'not' ? rendered[0] : rendered };
  }
}
