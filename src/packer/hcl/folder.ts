import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from '../template/error';

/** The files of a template, in the order in which Packer reads them. */
export interface TemplateFiles {
  readonly folder: string;
  readonly templates: ReadonlyArray<string>;
  /** Files of values that are read without being asked for. */
  readonly automatic: ReadonlyArray<string>;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

export function filesOf(folder: string): TemplateFiles {
  const at = { file: folder, line: 1, column: 1 };
  const names = listed(folder).sort();
  const templates = ['.pkr.hcl', '.pkr.json'].flatMap((ending) => names.filter((name) => name.endsWith(ending))).map((name) => join(folder, name));
  if (templates.length === 0) throw new TemplateError(at, 'the folder holds no template', 'add files that end by .pkr.hcl or .pkr.json, or name a JSON template');
  const automatic = ['.auto.pkrvars.hcl', '.auto.pkrvars.json'].flatMap((ending) => names.filter((name) => name.endsWith(ending)));
  return { folder, templates, automatic: automatic.map((name) => join(folder, name)) };
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new TemplateError({ file: folder, line: 1, column: 1 }, `the folder cannot be read (${reason})`, 'check its permissions');
  }
}
