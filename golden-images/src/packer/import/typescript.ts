import type { StackCode, Statement } from './code';
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

/** A stack as a module of TypeScript. */
export function typescriptOf(stack: StackCode): string {
  const printer = new Printer(typescript);
  const { modules, paths } = importsOf(stack);
  const imports = [
    ...paths ? ["import { join } from 'node:path';"] : [],
    ...modules.map(([module, names]) => printer.names('import {', names, `} from ${quoted(module)};`)),
  ];
  return [
    ...imports, '',
    printer.comments(stack.comments, '').trimEnd(),
    `export class ${stack.className} extends Stack {`,
    '  public constructor(scope: Construct, id: string, props?: StackProps) {',
    '    super(scope, id, props);',
    ...stack.statements.flatMap((statement) => ['', statementOf(printer, statement)]),
    '  }', '}', '',
  ].join('\n');
}

function statementOf(printer: Printer, { comments, name, code }: Statement): string {
  const head = `    ${name === undefined ? '' : `const ${name} = `}`;
  return `${printer.comments(comments, '    ')}${head}${printer.print(code, head.length, '    ')};`;
}

/** In single quotes, unless that needs escapes and double ones do not; everything else as in JSON. */
function quoted(text: string): string {
  if (text.includes("'") && !text.includes('"')) return JSON.stringify(text);
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}
