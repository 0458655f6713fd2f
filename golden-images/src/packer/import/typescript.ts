import type { ModuleCode, Statement } from './code';
import { importsOf } from './imports';
import { Printer, type Language } from './print';

const typescript: Language = {
  self: 'this',
  indent: '  ',
  comment: '//',
  keywords: false,
  text: quoted,
  plain: String,
  name: (name) => name,
  create: ({ name }) => `new ${name}`,
  path: (path) => `join(__dirname, ${quoted(path)})`,
  // As a plain name it would be the prototype.
  key: (name) => (name === '__proto__' ? "['__proto__']" : /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)),
};

/** A module of TypeScript. */
export function typescriptOf(module: ModuleCode): string {
  const printer = new Printer(typescript);
  const { modules, paths } = importsOf(module);
  const imports = [
    ...paths ? ["import { join } from 'node:path';"] : [],
    ...modules.map(([name, names]) => printer.names('import {', names, `} from ${quoted(name)};`)),
  ];
  const head = [...imports, '', printer.comments(module.comments, '').trimEnd()];
  if (module.className === undefined) return [...head, ...module.statements.flatMap((statement) => ['', statementOf(printer, statement, '', 'export ')]), ''].join('\n');
  return [
    ...head,
    `export class ${module.className} extends Stack {`,
    '  public constructor(scope: Construct, id: string, props?: StackProps) {',
    '    super(scope, id, props);',
    ...module.statements.flatMap((statement) => ['', statementOf(printer, statement, '    ')]),
    '  }', '}', '',
  ].join('\n');
}

function statementOf(printer: Printer, { comments, name, code }: Statement, indent: string, before = ''): string {
  const head = `${indent}${name === undefined ? '' : `${before}const ${name} = `}`;
  return `${printer.comments(comments, indent)}${head}${printer.print(code, head.length, indent)};`;
}

/** In single quotes, unless that needs escapes and double ones do not; everything else as in JSON. */
function quoted(text: string): string {
  if (text.includes("'") && !text.includes('"')) return JSON.stringify(text);
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}
