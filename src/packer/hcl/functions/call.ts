import { Late, type Text } from '../../template/late';
import { LONGEST_TEXT } from '../../template/limits';
import type { SourceFile } from '../../template/source-file';
import { convert, toNumber } from '../convert';
import type { HclNumber } from '../number/hcl-number';
import type { Place } from '../place';
import { typeOf } from '../type-of';
import { ANY, STRING, type Type } from '../types';
import { isList, isMap, secretIn, toText, typeName, type Value, type ValueList, type ValueMap } from '../value';

/** What a function may use beside its arguments. */
export interface CallContext {
  /** Where relative files are looked for. */
  readonly folder: string;
  readonly workingDirectory?: string;
  /** Variables of the environment, where they may be read. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Counts work, and refuses what never ends. */
  spend(amount: number, place: Place): void;
  /** Evaluates a file as a template that knows these variables and nothing else. */
  render(file: SourceFile, variables: ValueMap, place: Place): Value;
}

/** Thrown where a function would have to look into a sensitive value: the result is sensitive, too. */
export class SecretArgument extends Error {
  public constructor(public readonly secret: Late) {
    super('sensitive');
  }
}

/** A call with its arguments, read as the types that the function wants. */
export class Call {
  public constructor(
    public readonly name: string,
    public readonly args: ReadonlyArray<Value>,
    public readonly place: Place,
    public readonly context: CallContext,
  ) {}

  public fail(what: string, fix: string): never {
    return this.place.fail(`${this.name}: ${what}`, fix);
  }

  /** Refuses to make a text of so many characters. */
  public bound(characters: number): void {
    if (characters > LONGEST_TEXT) this.fail('the result is too long', 'move generated data into files that provisioners upload');
  }

  public text(index: number): string {
    const text = toText(this.args[index]!);
    return typeof text === 'string' ? text : this.wrong(index, 'a text');
  }

  /** A text that may hold what is not known yet. */
  public lateText(index: number): Text {
    return this.asText(this.args[index]!);
  }

  public asText(value: Value): Text {
    return toText(value) ?? this.fail(`${typeName(value)} stands where a text is needed`, 'convert it');
  }

  public number(index: number): HclNumber {
    return toNumber(this.args[index]!, this.place);
  }

  public whole(index: number): number {
    const number = this.number(index).toNumber();
    return Number.isSafeInteger(number) ? number : this.wrong(index, 'a whole number');
  }

  public list(index: number): ValueList {
    const value = this.args[index]!;
    return isList(value) ? value : this.wrong(index, 'a list');
  }

  /** A list whose items have an order. */
  public ordered(index: number): ValueList {
    return typeOf(this.args[index]!).kind === 'set' ? this.fail('a set has no order', 'use sort(), or convert(…, list(string))') : this.list(index);
  }

  /** A list whose items are of one type. */
  public listOf(index: number, item: Type = ANY): ValueList {
    return convert(this.list(index), { kind: 'list', item }, this.place) as ValueList;
  }

  public texts(index: number): ReadonlyArray<string> {
    const texts = this.listOf(index, STRING);
    return texts.every((text) => typeof text === 'string') ? texts : this.fail('the list holds what is no known text', 'give texts');
  }

  public map(index: number): ValueMap {
    const value = this.args[index]!;
    return isMap(value) ? value : this.wrong(index, 'a map');
  }

  private wrong(index: number, wanted: string): never {
    const secret = secretIn(this.args[index]!);
    if (secret) throw new SecretArgument(secret);
    return this.fail(`argument ${index + 1} is ${typeName(this.args[index]!)}, not ${wanted}`, `give ${wanted}`);
  }
}

export interface HclFunction {
  readonly least: number;
  readonly most: number;
  /** Whether it only moves its arguments, or looks after unknown ones itself. Others are not called with what is not known yet. */
  readonly takesLate: boolean;
  readonly run: (call: Call) => Value;
}

export type FunctionTable = Record<string, HclFunction>;

/** A function of known values. */
export function known(least: number, most: number, run: (call: Call) => Value): HclFunction {
  return { least, most, takesLate: false, run };
}

/** A function that copes with values which are not known yet. */
export function coping(least: number, most: number, run: (call: Call) => Value): HclFunction {
  return { least, most, takesLate: true, run };
}

export function isLate(value: Value): value is Late {
  return value instanceof Late;
}
