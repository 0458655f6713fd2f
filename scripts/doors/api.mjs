// The public API as the compiler reads it: what each door takes, and what the named types are.
import ts from 'typescript';
import { has, moduleOf, TypeWriter } from './types.mjs';

/** Members that tell whether a value is of a type of another package: more would only make the table long. */
const TELLING = 2;

const isPublic = (symbol) => !symbol.name.startsWith('_')
  && !symbol.getJsDocTags().some(({ name }) => name === 'internal')
  && !has(ts.getCombinedModifierFlags(symbol.valueDeclaration ?? symbol.declarations[0]), ts.ModifierFlags.Private, ts.ModifierFlags.Protected);
/** What only its modifiers decide about. */
const unnamed = (valueDeclaration) => ({ name: '', getJsDocTags: () => [], valueDeclaration });
const isOptional = (symbol) => has(symbol.flags, ts.SymbolFlags.Optional);
const isStruct = (symbol) => has(symbol.flags, ts.SymbolFlags.Interface) && !/^I[A-Z]/.test(symbol.name);
const isAbstract = (symbol) => has(ts.getCombinedModifierFlags(symbol.valueDeclaration), ts.ModifierFlags.Abstract);

/** Reads `src/index.ts`. */
export function readApi() {
  const { options, fileNames } = ts.parseJsonConfigFileContent(ts.readConfigFile('tsconfig.json', ts.sys.readFile).config, ts.sys, '.');
  const program = ts.createProgram(fileNames.filter((name) => name.endsWith('src/index.ts')), options);
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile('src/index.ts')))
    .map((symbol) => (has(symbol.flags, ts.SymbolFlags.Alias) ? checker.getAliasedSymbol(symbol) : symbol)).filter(isPublic);
  return new ApiReader(checker, exported).read();
}

class ApiReader {
  constructor(checker, exported) {
    this.checker = checker;
    this.exported = exported;
    this.types = new TypeWriter(checker);
    this.api = { functions: {}, structs: {}, classes: {}, methods: {}, interfaces: {}, enums: {}, foreignEnums: {}, foreignStructs: [] };
  }

  read() {
    this.exported.filter(({ flags }) => has(flags, ts.SymbolFlags.Class)).forEach((symbol) => this.readClass(symbol));
    this.exported.filter(isStruct).forEach((symbol) => this.readStruct(symbol));
    // Reading a type may name further ones.
    for (const symbol of this.types.named.values()) { this.readNamed(symbol); }
    return this.api;
  }

  readClass(symbol) {
    const statics = this.checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration);
    const [constructor] = statics.getConstructSignatures().filter(({ declaration }) => declaration && isPublic(unnamed(declaration)));
    if (!isAbstract(symbol) && constructor?.declaration.parent === symbol.valueDeclaration) {
      this.api.functions[`new ${symbol.name}`] = this.parametersOf(constructor);
    }
    const own = (members) => [...members?.values() ?? []].filter((member) => has(member.flags, ts.SymbolFlags.Method) && isPublic(member));
    const factories = own(symbol.exports);
    factories.forEach((method) => this.readMethod(`${symbol.name}.${method.name}`, method));
    own(symbol.members).filter((method) => method.name !== 'bind' && !isAbstract(method))
      .forEach((method) => this.readMethod(`${symbol.name}#${method.name}`, method));
    if (isAbstract(symbol) && !this.checker.getDeclaredTypeOfSymbol(symbol).getProperty('node')) { this.api.methods[symbol.name] = this.methodsOf(symbol); }
    this.api.classes[symbol.name] = factories.filter((method) => this.returns(method) === symbol.name).map(({ name }) => name);
  }

  /** What the library may call of a value, also what it keeps to itself. */
  methodsOf(symbol) {
    return this.checker.getDeclaredTypeOfSymbol(symbol).getProperties()
      .filter((member) => has(member.flags, ts.SymbolFlags.Method) && isPublic(unnamed(member.valueDeclaration))).map(({ name }) => name);
  }

  returns(method) {
    return this.checker.getTypeOfSymbolAtLocation(method, method.valueDeclaration).getCallSignatures()[0].getReturnType().getSymbol()?.name;
  }

  readMethod(name, method) {
    const signature = this.checker.getTypeOfSymbolAtLocation(method, method.valueDeclaration).getCallSignatures()[0];
    if (signature.getParameters().length > 0) { this.api.functions[name] = this.parametersOf(signature); }
  }

  parametersOf(signature) {
    return signature.getParameters().map((parameter) => {
      const { dotDotDotToken, initializer, questionToken } = parameter.valueDeclaration;
      const type = this.types.write(this.checker.getTypeOfSymbolAtLocation(parameter, parameter.valueDeclaration));
      if (dotDotDotToken) return `...${parameter.name}:${type.replace(/\[\]$/, '')}`;
      return `${parameter.name}${initializer || questionToken ? '?' : ''}:${type}`;
    }).join(' ');
  }

  readStruct(symbol) {
    const type = this.checker.getDeclaredTypeOfSymbol(symbol);
    this.api.structs[symbol.name] = type.getProperties().filter(isPublic)
      .map((property) => `${property.name}${isOptional(property) ? '?' : ''}:${this.types.write(this.checker.getTypeOfSymbol(property))}`).sort().join(' ');
  }

  readNamed(symbol) {
    const { name } = symbol;
    if (has(symbol.flags, ts.SymbolFlags.Enum)) return this.readEnum(symbol);
    if (name in this.api.classes || name in this.api.structs) return undefined;
    if (isStruct(symbol)) return this.api.foreignStructs.push(name);
    if (moduleOf(symbol) === undefined && !this.exported.includes(symbol)) throw new Error(`${name} is not exported`);
    const members = this.checker.getDeclaredTypeOfSymbol(symbol).getProperties();
    const required = members.filter((member) => isPublic(member) && !isOptional(member)).map((member) => member.name);
    const isConstruct = members.some((member) => member.name === 'node');
    const telling = required.filter((member) => !['node', 'stack', 'env', 'applyRemovalPolicy', 'with', 'toString'].includes(member));
    // Methods stand in prototypes, also before a constructor has given the fields their values.
    const isMethod = (member) => has(members.find((each) => each.name === member).flags, ts.SymbolFlags.Method);
    telling.sort((a, b) => Number(isMethod(b)) - Number(isMethod(a)));
    this.api.interfaces[name] = [...isConstruct ? ['node'] : [], ...telling.slice(0, TELLING)];
    return undefined;
  }

  readEnum(symbol) {
    const module = moduleOf(symbol);
    if (module !== undefined) { this.api.foreignEnums[symbol.name] = module; return; }
    const members = [...symbol.exports.values()];
    this.api.enums[symbol.name] = Object.fromEntries(members.map((member) => [member.name, this.checker.getConstantValue(member.valueDeclaration)]));
  }
}
