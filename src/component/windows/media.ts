import { win32 } from 'node:path';
import type { Construct } from 'constructs';
import { scriptActions } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import type { StepAction, StepBindOptions } from '../step/action';
import { download } from '../step/download';
import { powershellQuoted } from '../step/quoting';

/** Where installation media lie while they are used. */
export const MEDIA_FOLDER = 'C:\\Windows\\Temp\\golden-images';

/** Media on the instance. */
export interface Media {
  /** Name of the file or archive. */
  readonly name: string;
  /** Path of the file, or of the folder into which an archive is unpacked. */
  readonly path: string;
  readonly archive: boolean;
  readonly fetch: StepAction[];
  /** Removes them, so that they do not stay in the image. */
  readonly remove: StepAction[];
}

/** Downloads a file, or an archive and unpacks it. */
export function media(scope: Construct, options: StepBindOptions, source: Source): Media {
  const config = source.bind(scope, options.grantee);
  const { fileName: name, archive } = config;
  const path = win32.join(MEDIA_FOLDER, archive ? name.replace(/\.zip$/i, '') : name);
  const { actions } = download({ bind: () => config }, path)(scope, options);
  const remove = scriptActions(scope, options, 'RemoveMedia', archive ? removeFolder(path) : removeFile(path));
  return { name, path, archive, fetch: actions, remove };
}

/** The program of media: the file itself, or what is named in the archive. */
export function programOf(scope: Construct, { name, path, archive }: Media, program?: string): string {
  if (archive === (program === undefined)) {
    throw new InvalidInputError(scope, archive
      ? { what: `'${name}' is an archive, and no program in it is named`, expected: 'a path in the archive', fix: 'name the program in it' }
      : { what: `the program '${program}' is named in '${name}', which is no archive`, expected: 'a zip archive or a folder', fix: 'leave the program out' });
  }
  return program === undefined ? path : win32.join(path, program);
}

// A program that has just ended may still be held, by a scanner for one (dcos/dcos-windows#60): a good build does not end over that. What
// stays is said, and found by the validation of WindowsBaseline.cleanForImaging. Some installers remove themselves.
const attempts = (path: string, remove: string): string[] => [
  `$media = ${powershellQuoted(path)}`,
  'for ($try = 1; (Test-Path -LiteralPath $media) -and $try -le 10; $try++) {',
  `  try { ${remove} } catch { $_.Exception.Message }`,
  '  if (Test-Path -LiteralPath $media) { Start-Sleep -Seconds 3 }',
  '}',
  "if (Test-Path -LiteralPath $media) { 'stays for now, in use: {0}' -f $media }",
  '$global:LASTEXITCODE = 0',
];

const removeFile = (path: string): string[] => attempts(path, 'Remove-Item -LiteralPath $media -Force');

/** Lines that remove a folder, whatever the length of paths in it: Remove-Item ends at 260 characters, rd with this prefix does not. */
export const removeFolder = (path: string): string[] => attempts(path, '& cmd.exe /d /c rd /s /q "\\\\?\\$media"');
