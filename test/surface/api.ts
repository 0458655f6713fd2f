import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** One parameter of a door: its type, as it is written, and whether it takes all that follow. */
export interface ApiParameter {
  readonly type: string;
  readonly rest: boolean;
}

/** A static method, method or constructor. */
export interface ApiCall {
  readonly name: string;
  readonly parameters: ApiParameter[];
}

export interface ApiClass {
  readonly kind: 'class';
  readonly bases: string[];
  /** Absent where nobody outside can make one. */
  readonly maker?: ApiCall;
  readonly statics: ApiCall[];
  /** Names of static values. */
  readonly constants: string[];
  readonly methods: ApiCall[];
}

export interface ApiInterface {
  readonly kind: 'interface';
  readonly bases: string[];
  /** Type of each property, by name. */
  readonly properties: Record<string, string>;
}

export interface ApiEnum {
  readonly kind: 'enum';
  readonly members: Record<string, string>;
}

export type ApiType = ApiClass | ApiInterface | ApiEnum;

/** Not what has behavior, such as `IImage`: that is made elsewhere. */
export const isData = (type: ApiType | undefined): boolean =>
  type?.kind === 'enum' || (type?.kind === 'interface' && !type.bases.some((base) => /^I[A-Z]/.test(base)));

/**
 * The public API as the sources write it: what the barrels export, without what is internal. jsii sees the same (no
 * overloads, no generics), but takes a minute; this takes less than a second, since it only parses.
 */
export function readApi(entry: string): Map<string, ApiType> {
  const api = new Map<string, ApiType>();
  exportsOf(entry).forEach(([name, declaration]) => {
    const type = typeOf(declaration);
    if (type && !isInternal(declaration)) api.set(name, type);
  });
  return api;
}

type Declaration = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;
type Export = [string, Declaration];

function exportsOf(file: string): Export[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement): Export[] => {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier) return fromModule(file, statement);
    return isDeclaration(statement) && has(statement, ts.SyntaxKind.ExportKeyword)
      ? [[statement.name!.text, statement]]
      : [];
  });
}

const isDeclaration = (node: ts.Node): node is Declaration =>
  ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node);

/** `export * from` and `export { A, type B } from`. */
function fromModule(file: string, statement: ts.ExportDeclaration): Export[] {
  const path = join(dirname(file), (statement.moduleSpecifier as ts.StringLiteral).text);
  const found = exportsOf(existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts'));
  if (!statement.exportClause) return found;
  const names = (statement.exportClause as ts.NamedExports).elements.map(({ name }) => name.text);
  return found.filter(([name]) => names.includes(name));
}

function typeOf(node: Declaration): ApiType | undefined {
  if (ts.isEnumDeclaration(node)) {
    return {
      kind: 'enum',
      members: Object.fromEntries(
        node.members.map((each) => [each.name.getText(), (each.initializer as ts.StringLiteral).text]),
      ),
    };
  }
  return ts.isClassDeclaration(node) ? classOf(node) : interfaceOf(node);
}

function interfaceOf(node: ts.InterfaceDeclaration): ApiInterface {
  const properties = node.members.filter(ts.isPropertySignature).filter((each) => !isInternal(each));
  return {
    kind: 'interface',
    bases: basesOf(node),
    properties: Object.fromEntries(properties.map((each) => [each.name.getText(), each.type!.getText()])),
  };
}

function classOf(node: ts.ClassDeclaration): ApiClass {
  const members = node.members.filter(
    (each) =>
      !isInternal(each) && !has(each, ts.SyntaxKind.PrivateKeyword) && !has(each, ts.SyntaxKind.ProtectedKeyword),
  );
  const [statics, others] = [true, false].map((isStatic) =>
    members.filter((each) => has(each, ts.SyntaxKind.StaticKeyword) === isStatic),
  ) as [ts.ClassElement[], ts.ClassElement[]];
  return {
    kind: 'class',
    bases: basesOf(node),
    maker: has(node, ts.SyntaxKind.AbstractKeyword) ? undefined : constructorOf(node, others),
    statics: statics.filter(ts.isMethodDeclaration).map(callOf),
    constants: statics.filter((each) => !ts.isMethodDeclaration(each)).map((each) => each.name!.getText()),
    methods: others.filter(ts.isMethodDeclaration).map(callOf),
  };
}

/** A constructor that is not written is inherited, or everybody's. */
function constructorOf(node: ts.ClassDeclaration, members: ts.ClassElement[]): ApiCall | undefined {
  const written = node.members.find(ts.isConstructorDeclaration);
  if (!written) return { name: 'constructor', parameters: [] };
  return members.includes(written) ? callOf(written) : undefined;
}

const callOf = (node: ts.MethodDeclaration | ts.ConstructorDeclaration): ApiCall => ({
  name: node.name?.getText() ?? 'constructor',
  parameters: node.parameters.map((each) => ({
    type: each.type?.getText() ?? '',
    rest: each.dotDotDotToken !== undefined,
  })),
});

const basesOf = (node: ts.ClassDeclaration | ts.InterfaceDeclaration): string[] =>
  (node.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => types.map((each) => each.expression.getText()));

const has = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((each) => each.kind === kind);

const isInternal = (node: ts.Node): boolean =>
  ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
