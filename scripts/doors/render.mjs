// The public API as a module of the library.
const lines = (entries, value) => Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, entry]) => `  ${/^\w+$/.test(name) ? name : quoted(name)}: ${value(entry)},`);
const quoted = (text) => `'${text}'`;
const list = (values) => `[${values.map((value) => (typeof value === 'string' ? quoted(value) : value)).join(', ')}]`;
const members = (values) => `{ ${Object.entries(values).map(([name, value]) => `${name}: ${typeof value === 'string' ? quoted(value) : value}`).join(', ')} }`;
const table = (comment, name, type, body) => `/** ${comment} */\nexport const ${name}: Record<string, ${type}> = {\n${body.join('\n')}\n};\n`;

export function render({ functions, structs, classes, methods, interfaces, enums, foreignEnums, foreignStructs }) {
  const modules = [...new Set(Object.values(foreignEnums))].sort();
  const imports = modules.map((module) => {
    const names = Object.keys(foreignEnums).filter((name) => foreignEnums[name] === module).sort();
    return `import { ${names.join(', ')} } from '${module}';`;
  });
  return [
    '/* eslint-disable max-len */\n// Written by `node scripts/doors.mjs --write` from the public API; `npm test` holds it to that.',
    `${imports.join('\n')}\n`,
    table('What constructors, factories and methods take.', 'FUNCTIONS', 'string', lines(functions, quoted)),
    table('Keys of options, and what they hold.', 'STRUCTS', 'string', lines(structs, quoted)),
    table('Public classes, with what makes them.', 'CLASSES', 'string[]', lines(classes, list)),
    table('Methods by which values are told of a class that implements a public one without extending it.', 'METHODS', 'string[]', lines(methods, list)),
    table('Members by which values of an interface, or of a class of the CDK, are told.', 'INTERFACES', 'string[]', lines(interfaces, list)),
    table('Values of enumerations.', 'ENUMS', 'Record<string, string | number>', [
      ...lines(enums, members), ...Object.keys(foreignEnums).sort().map((name) => `  ${name}: ${name} as never,`),
    ]),
    `/** Options of the CDK, which checks them itself. */\nexport const FOREIGN_STRUCTS = ${list(foreignStructs.sort())};\n`,
  ].join('\n');
}
