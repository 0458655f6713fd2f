import type { Template } from './model';
import type { ReadOptions } from './options';
import { SourceFile } from './source-file';
import { readJsonTemplate } from '../json/template';

/** Reads a Packer template, a file or a folder of files. Throws TemplateError, and nothing else. */
export function readTemplate(path: string, options: ReadOptions = {}): Template {
  return readJsonTemplate(SourceFile.read(path), options);
}
