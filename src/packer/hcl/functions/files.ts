import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, normalize, resolve } from 'node:path';
import { RE2JS } from 're2js';
import { TemplateError } from '../../template/error';
import { globPattern } from '../../template/glob';
import { pathsOf } from '../../template/paths';
import { SourceFile } from '../../template/source-file';
import { sorted } from '../convert';
import { typed } from '../type-of';
import { STRING } from '../types';
import type { Value } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';

export const files: FunctionTable = {
  file: known(1, 1, (call) => readFrom(call).text),
  filebase64: known(1, 1, (call) => Buffer.from(readFrom(call).text).toString('base64')),
  templatefile: coping(2, 2, (call) => call.context.render(readFrom(call), call.map(1), call.place)),
  fileexists: known(1, 1, (call) => {
    const path = pathOf(call);
    return existsSync(path) && (statSync(path).isFile() || call.fail('this is a folder', 'name a file, or use fileset()'));
  }),
  fileset: known(2, 2, fileSet),
  basename: known(1, 1, (call) => basename(call.text(0)) || (call.text(0) === '' ? '.' : '/')),
  dirname: known(1, 1, (call) => normalize(call.text(0).replace(/(?<![^/])[^/]*$/, '')).replace(/(?<=.)\/$/, '')),
  abspath: known(1, 1, (call) => resolve(call.context.workingDirectory ?? '.', call.text(0))),
  pathexpand: known(1, 1, expanded),
};

function expanded(call: Call): string {
  const path = call.text(0);
  if (/^~[^/\\]/.test(path)) call.fail('the home of another user is not known', 'write the path');
  return path.replace(/^~/, homedir());
}

/** A path of the template. */
function pathOf(call: Call): string {
  const paths = pathsOf(expanded(call), call.context.folder, call.context.workingDirectory);
  return paths.find((path) => existsSync(path)) ?? paths[0]!;
}

/** A file that the template names: what is wrong with it is told at the call. */
function readFrom(call: Call): SourceFile {
  try {
    return SourceFile.read(pathOf(call));
  } catch (error) {
    if (error instanceof TemplateError) return call.fail(`${call.text(0)}: ${error.what}`, error.fix);
    throw error;
  }
}

const MOST_FILES = 20_000;

/** The files below a folder whose paths fit a pattern. */
function fileSet(call: Call): Value {
  const [folder, pattern] = [pathOf(call), globPattern(call.text(1)) ?? call.fail('the pattern is not understood', 'use *, **, ?, […] and {…,…}')];
  const paths: string[] = [];
  let seen = 0;
  const walk = (below: string): void => {
    for (const entry of existsSync(join(folder, below)) ? readdirSync(join(folder, below), { withFileTypes: true }) : []) {
      seen += 1;
      if (seen > MOST_FILES) call.fail('there are too many files below the folder', 'name a folder further down');
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (statSync(join(folder, path)).isFile() && RE2JS.matches(pattern, path)) paths.push(path);
    }
  };
  walk('');
  return typed(sorted(paths), { kind: 'set', item: STRING });
}
