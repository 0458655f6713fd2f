import type { ModuleCode, Statement } from './code';
import { importsOf } from './imports';
import { Printer, type Language } from './print';

const PLAIN: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };

const python: Language = {
  self: 'self',
  indent: '    ',
  comment: '#',
  keywords: true,
  // A text of JSON is one of Python.
  text: (value) => JSON.stringify(value),
  plain: (value) => PLAIN[String(value)] ?? String(value),
  name: snakeCase,
  create: ({ name }) => name,
  path: (path) => `str(HERE / ${JSON.stringify(path)})`,
  key: (name) => JSON.stringify(name),
};

/** A module of Python, with the names that jsii gives. */
export function pythonOf(module: ModuleCode): string {
  const printer = new Printer(python);
  const { modules, paths } = importsOf(module);
  const head = [
    ...paths ? ['from pathlib import Path', ''] : [],
    ...modules.map(([name, names]) => pythonImport(printer, name, names.filter((each) => each !== 'StackProps'))), '',
    ...paths ? ['HERE = Path(__file__).resolve().parent', ''] : [],
    '',
    printer.comments(module.comments, '').trimEnd(),
  ];
  if (module.className === undefined) return [...head, ...module.statements.flatMap((statement) => ['', statementOf(printer, statement, '')]), ''].join('\n');
  return [
    ...head,
    `class ${module.className}(Stack):`,
    '    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:',
    '        super().__init__(scope, construct_id, **kwargs)',
    ...module.statements.flatMap((statement) => ['', statementOf(printer, statement, '        ')]),
    '',
  ].join('\n');
}

function statementOf(printer: Printer, { comments, name, code }: Statement, indent: string): string {
  const head = `${indent}${name === undefined ? '' : `${snakeCase(name)} = `}`;
  return `${printer.comments(comments, indent)}${head}${printer.print(code, head.length, indent)}`;
}

function pythonImport(printer: Printer, module: string, names: string[]): string {
  const from = module.replace('aws-cdk-lib', 'aws_cdk').replace('/', '.').replaceAll('-', '_');
  const line = `from ${from} import ${names.join(', ')}`;
  return line.length <= 100 ? line : printer.names(`from ${from} import (`, names, ')');
}

/** As jsii does: `windowsUpdate` is `windows_update`, `amazonLinux2023` is `amazon_linux2023`. */
function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
