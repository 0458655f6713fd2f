import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { examineDocument, type Violation } from '../../../../src/component/document';
import type { Platform } from '../../../../src/image/platform';

export interface LintedFile {
  readonly file: string;
  readonly platform: Platform;
  readonly violations: readonly Violation[];
}

export interface LintReport {
  readonly files: readonly LintedFile[];
  /** YAML files in folders that are no component documents. */
  readonly passedOver: readonly string[];
}

/** Checks files, and the component documents in folders. */
export function lint(paths: readonly string[], platform?: Platform): LintReport {
  const found = paths.flatMap(filesOf);
  const read = found.map((each) => ({ ...each, text: readFileSync(each.file, 'utf8') }));
  const documents = read.filter(({ named, text }) => named || looksLikeComponent(text));
  return {
    files: documents.map(({ file, text }) => lintText(file, text, platform)),
    passedOver: read.filter((each) => !documents.includes(each)).map(({ file }) => file),
  };
}

export function lintText(file: string, text: string, platform?: Platform): LintedFile {
  return { file, ...examineDocument(text, platform) };
}

interface Found {
  readonly file: string;
  /** The user named this file. */
  readonly named: boolean;
}

function filesOf(path: string): Found[] {
  if (!statSync(path).isDirectory()) {
    return [{ file: path, named: true }];
  }
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => ({ file: join(entry.parentPath, entry.name), named: false }))
    .filter(({ file }) => !file.includes('node_modules'))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Other YAML has phases too: a build specification of CodeBuild, say. */
const looksLikeComponent = (text: string): boolean => /^['"]?phases['"]?\s*:/m.test(text) && /^\s*(?:- )?['"]?(?:schemaVersion|action)['"]?\s*:/m.test(text);
