// Types of the compiler in the small language of the table: `string`, `Component`, `Component[]`, `{string}` for a map.
import { relative } from 'node:path';
import ts from 'typescript';

const PRIMITIVES = [[ts.TypeFlags.StringLike, 'string'], [ts.TypeFlags.NumberLike, 'number'], [ts.TypeFlags.BooleanLike, 'boolean']];
/** Whether some flags are among those of a type or symbol. */
// eslint-disable-next-line no-bitwise
export const has = (flags, ...wanted) => wanted.some((flag) => (flags & flag) !== 0);
const isEnum = (type) => has(type.flags, ts.TypeFlags.EnumLike);

/** Writes types, and remembers the named ones that it met. */
export class TypeWriter {
  constructor(checker) {
    this.checker = checker;
    this.named = new Map();
  }

  write(given) {
    const type = this.checker.getNonNullableType(given);
    if (has(type.flags, ts.TypeFlags.Any, ts.TypeFlags.Unknown)) return 'any';
    if (isEnum(type) || (type.isUnion() && type.types.every(isEnum))) return this.remember(enumOf(this.checker, type));
    const primitive = PRIMITIVES.find(([flag]) => has(type.flags, flag) || (type.isUnion() && type.types.every((each) => has(each.flags, flag))));
    if (primitive) return primitive[1];
    if (this.checker.isArrayType(type)) return `${this.write(this.checker.getTypeArguments(type)[0])}[]`;
    const value = type.getStringIndexType();
    if (value) return `{${this.write(value)}}`;
    const symbol = type.aliasSymbol ?? type.getSymbol();
    if (!symbol || symbol.name === '__type') throw new Error(`the doors do not know the type ${this.checker.typeToString(type)}`);
    return this.remember(symbol);
  }

  remember(symbol) {
    const known = this.named.get(symbol.name);
    if (known && known !== symbol) throw new Error(`two types are named ${symbol.name}`);
    this.named.set(symbol.name, symbol);
    return symbol.name;
  }
}

function enumOf(checker, type) {
  const symbol = (type.isUnion() && !type.symbol ? type.types[0] : type).symbol;
  return has(symbol.flags, ts.SymbolFlags.EnumMember) ? checker.getSymbolAtLocation(symbol.valueDeclaration.parent.name) : symbol;
}

/** The module of the CDK that exports a type, or none where the type is ours. */
export function moduleOf(symbol) {
  const [, path] = /node_modules\/(.*)$/.exec(relative('.', symbol.declarations[0].getSourceFile().fileName)) ?? [];
  if (path === undefined) return undefined;
  const [name, folder] = path.split('/');
  return name === 'aws-cdk-lib' && folder !== 'core' ? `${name}/${folder}` : name;
}
