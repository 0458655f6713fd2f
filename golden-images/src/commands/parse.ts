import { parseArgs } from 'node:util';
import { hint } from './nearest';
import { UsageError, type Option, type Options, type ValuesOf } from './option';

/** What the arguments of a command come to. */
export interface Parsed<O extends Options> {
  readonly values: ValuesOf<O>;
  readonly operands: readonly string[];
}

/** Reads the arguments of a command. Throws `UsageError` for what the command does not know. */
export function parse<O extends Options>(args: readonly string[], options: O, takesOperands = false): Parsed<O> {
  const known = Object.fromEntries(Object.entries(options).map(([name, { kind }]) => [name, { type: kind === 'switch' ? 'boolean' as const : 'string' as const }]));
  const { tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true });
  const values: Record<string, unknown> = Object.fromEntries(Object.entries(options).map(([name, { kind }]) => [name, notGiven(kind)]));
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional' && !takesOperands) throw new UsageError(`unexpected argument '${token.value}'`);
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw new UsageError(`unknown option ${token.rawName}${hint(token.name, Object.keys(options), '--')}`);
    const value = valueOf(token, option);
    if (option.kind === 'many') (values[token.name] as unknown[]).push(value);
    else values[token.name] = value;
  }
  return { values: values as ValuesOf<O>, operands };
}

function notGiven(kind: Option['kind']): unknown {
  return { switch: false, many: [], single: undefined }[kind];
}

function valueOf(token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined }, option: Option): unknown {
  const { rawName, value, inlineValue } = token;
  if (option.kind === 'switch') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
    return true;
  }
  if (value === undefined || (!inlineValue && value.startsWith('--'))) throw new UsageError(`${rawName} needs a value: ${rawName} ${option.form}`);
  try {
    return option.parse(value);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${rawName} must be ${error.message}, got '${value}'`);
  }
}
