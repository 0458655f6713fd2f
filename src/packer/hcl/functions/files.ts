import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { coping, known, type Call, type FunctionTable } from './call';
import { TemplateError } from '../../template/error';
import { SourceFile } from '../../template/source-file';

/** Files are looked for from the folder of the template. */
export const files: FunctionTable = {
  file: known(1, 1, (call) => readFrom(call).text),
  filebase64: known(1, 1, (call) => Buffer.from(readFrom(call).text).toString('base64')),
  templatefile: coping(2, 2, (call) => call.context.render(readFrom(call), call.map(1), call.place)),
  fileexists: known(1, 1, (call) => {
    const path = pathOf(call);
    return existsSync(path) && statSync(path).isFile();
  }),
  basename: known(1, 1, (call) => basename(call.text(0))),
  dirname: known(1, 1, (call) => dirname(call.text(0))),
  abspath: known(1, 1, (call) => pathOf(call)),
  pathexpand: known(1, 1, (call) => call.text(0).replace(/^~(?=$|\/)/, homedir())),
};

export function pathOf(call: Call): string {
  return resolve(call.context.folder, call.text(0));
}

/** A file that the template names: what is wrong with it is told at the call. */
export function readFrom(call: Call): SourceFile {
  try {
    return SourceFile.read(pathOf(call));
  } catch (error) {
    if (error instanceof TemplateError) return call.fail(`${call.text(0)}: ${error.what}`, error.fix);
    throw error;
  }
}
