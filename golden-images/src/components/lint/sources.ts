import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import { Platform } from '../../../../src/image/platform';
import { documentsOf } from '../../assembly/components';
import { isAssembly } from '../../assembly/stacks';

/** A component document to check. */
export interface LintSource {
  readonly file: string;
  /** Path of the construct, where the document is in a cloud assembly. */
  readonly component?: string;
  /** What it is for, where that is written beside it. */
  readonly platform?: Platform;
  readonly text: string;
}

export interface Sources {
  readonly sources: readonly LintSource[];
  /** Files of YAML and JSON in folders that are no component documents. */
  readonly passedOver: readonly string[];
  /** What could not be read, and why. */
  readonly notices: readonly string[];
}

/** Files that are named, and the component documents in folders and cloud assemblies. Throws `AssemblyError`. */
export function documents(paths: readonly string[]): Sources {
  const all = paths.map((path) => orNotice(path, isAssembly(path) ? assemblyDocuments(path) : fileDocuments(path)));
  return {
    sources: all.flatMap(({ sources }) => sources),
    passedOver: all.flatMap(({ passedOver }) => passedOver),
    notices: all.flatMap(({ notices }) => notices),
  };
}

/** A folder in which nothing was checked may be the wrong one. */
function orNotice(path: string, found: Sources): Sources {
  if (found.sources.length > 0 || found.notices.length > 0) return found;
  return { ...found, notices: [`nothing was checked in ${path}: it holds no component document`] };
}

/** The documents of the components of an app, whether they stand in templates or are shipped to a bucket. */
export function assemblyDocuments(folder: string): Sources {
  const found = documentsOf(folder);
  return {
    sources: found.flatMap(({ file, component, platform, text }) => (
      text === undefined ? [] : [{ file, component, text, platform: platformOf(platform) }]
    )),
    passedOver: [],
    notices: found.filter(({ text }) => text === undefined)
      .map(({ component, file }) => `${component} was not checked: its document lies at ${file}, which is no asset of the app`),
  };
}

/** macOS has the modules of Linux (user guide, "Action modules supported by AWSTOE component manager"). */
const platformOf = (platform: string): Platform => (platform === 'Windows' ? Platform.WINDOWS : Platform.LINUX);

function fileDocuments(path: string): Sources {
  const read = filesOf(path).map((each) => ({ ...each, text: readFileSync(each.file, 'utf8') }));
  const sources = read.filter(({ named, text }) => named || looksLikeComponent(text));
  return {
    sources: sources.map(({ file, text }) => ({ file, text })),
    passedOver: read.filter((each) => !sources.includes(each)).map(({ file }) => file),
    notices: [],
  };
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
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => ({ file: join(entry.parentPath, entry.name), named: false }))
    .filter(({ file }) => !file.includes('node_modules'))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Other YAML has phases too, but no list of them: a build specification of CodeBuild, say. */
function looksLikeComponent(text: string): boolean {
  if (!text.includes('phases')) return false;
  const { contents, errors } = parseDocument(text, { logLevel: 'silent' });
  if (isMap(contents) && (isSeq(contents.get('phases')) || (contents.has('phases') && contents.has('schemaVersion')))) return true;
  return errors.length > 0 && /^['"]?phases['"]?\s*:/m.test(text) && /^[ \t]*(?:- )?['"]?(?:schemaVersion|action)['"]?\s*:/m.test(text);
}
