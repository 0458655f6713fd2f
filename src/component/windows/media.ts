import { win32 } from 'node:path';
import type { Construct } from 'constructs';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import type { StepAction, StepBindOptions } from '../step/action';
import { Condition } from '../step/condition';
import { download } from '../step/download';

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
  const path = win32.join(MEDIA_FOLDER, archive ? name.replace(/\.zip$/, '') : name);
  const { actions } = download({ bind: () => config }, path)(scope, options);
  // Some installers remove themselves, and what is not there cannot be deleted.
  const remove: StepAction = archive
    ? { name: 'RemoveMedia', action: 'DeleteFolder', inputs: [{ path, force: true }], condition: Condition.folderExists(path) }
    : { name: 'RemoveMedia', action: 'DeleteFile', inputs: [{ path }], condition: Condition.fileExists(path) };
  return { name, path, archive, fetch: actions, remove: [remove] };
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
