import type { Template } from './model';
import type { ReadOptions } from './options';
import { SourceFile } from './source-file';
import { isFolder } from '../hcl/folder';
import { readHclTemplate } from '../hcl/template';
import { readJsonTemplate } from '../json/template';

/**
 * Reads a Packer template: a JSON file, a file of HCL2 (`*.pkr.hcl`, or in the syntax of JSON `*.pkr.json`), or a folder of these
 * with its `*.auto.pkrvars.hcl`.
 * Throws TemplateError, and nothing else.
 */
export function readTemplate(path: string, options: ReadOptions = {}): Template {
  if (path.endsWith('.hcl') || path.endsWith('.pkr.json') || isFolder(path)) return readHclTemplate(path, options);
  return readJsonTemplate(SourceFile.read(path), options);
}
