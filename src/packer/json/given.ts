import { parseJson } from './parse';
import { Shape } from './shape';
import type { ReadOptions } from '../template/options';
import { SourceFile } from '../template/source-file';

/** A value from outside, which Packer takes for a template as it takes a default. */
export interface Given {
  readonly value: string;
  /** Where it stands: in a file of values, or in the option that gives it. */
  readonly file: SourceFile;
  readonly offset: number;
  readonly alone: boolean;
}

/** Values of files, later ones before earlier, and single values before them. */
export function givenValues(options: ReadOptions): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const path of options.variableFiles ?? []) {
    const file = SourceFile.read(path);
    for (const { name, value } of new Shape(file).object(parseJson(file), 'the file of variables').members) {
      given.set(name, { value: new Shape(file).scalarText(value, `"${name}"`), file, offset: value.offset, alone: false });
    }
  }
  for (const [name, value] of Object.entries(options.variables ?? {})) {
    given.set(name, { value, file: new SourceFile(`-var ${name}`, JSON.stringify(value)), offset: 0, alone: true });
  }
  return given;
}
