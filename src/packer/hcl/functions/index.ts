import { derivedSecret } from '../../template/late';
import { suggestion } from '../../template/nearest';
import type { Place } from '../place';
import { isKnown, secretIn, type Value } from '../value';
import { addresses } from './addresses';
import { Call, SecretArgument, type CallContext, type FunctionTable } from './call';
import { collections } from './collections';
import { encoding } from './encoding';
import { environment } from './environment';
import { files } from './files';
import { numbers } from './numbers';
import { refused } from './refused';
import { regularExpressions } from './regular-expressions';
import { sets } from './sets';
import { strings } from './strings';
import { times } from './times';

export type { CallContext } from './call';

/** The first argument that may be null, of functions that have one. */
const TAKING_NULL: Record<string, number> = { coalesce: 0, merge: 0, jsonencode: 0, yamlencode: 0, format: 1, formatlist: 1 };

/** Functions by name. */
export class Functions {
  private readonly table: ReadonlyMap<string, FunctionTable[string]>;

  public constructor(...tables: FunctionTable[]) {
    this.table = new Map(tables.flatMap((table) => Object.entries(table)));
  }

  public get names(): string[] {
    return [...this.table.keys()];
  }

  public call(name: string, args: ReadonlyArray<Value>, place: Place, context: CallContext): Value {
    const called = this.table.get(name) ?? place.fail(`the function "${name}" is not known`, suggestion(name, this.table.keys()));
    const call = new Call(name, args, place, context);
    if (args.length < called.least) call.fail(`it takes at least ${called.least} arguments, not ${args.length}`, 'give the others');
    if (args.length > called.most) call.fail(`it takes at most ${called.most} arguments, not ${args.length}`, 'remove the others');
    const empty = args.indexOf(null);
    if (empty >= 0 && (empty < (TAKING_NULL[name] ?? Infinity))) call.fail(`argument ${empty + 1} is null`, 'give a value, or use coalesce()');
    if (!called.takesLate) {
      const secret = args.map(secretIn).find((found) => found !== undefined);
      if (secret) return derivedSecret(secret);
      if (!args.every(isKnown)) call.fail('an argument is known to the build only', 'use such values as they are, in names and tags');
    }
    return guarded(() => called.run(call));
  }
}

function guarded(run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (error instanceof SecretArgument) return derivedSecret(error.secret);
    throw error;
  }
}

export const hclFunctions = new Functions(
  strings, collections, sets, encoding, numbers, times, files, addresses, regularExpressions, refused, environment,
);
