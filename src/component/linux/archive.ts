import { checkNumber, checkPath } from './checks';
import { fetched } from './fetch';
import { ATTEMPTS, plannedStep } from './script';
import { unpackLines } from './unpack';
import { permissionOptions, placeFile, type LinuxPermissions } from './write-file';
import type { Source } from '../source';
import type { Step } from '../step';
import { bashQuoted } from '../step/quoting';

/** Options of `LinuxArchive.unpack`. */
export interface LinuxArchiveOptions extends LinuxPermissions {
  /**
   * How many folders at the top of the archive are left out.
   *
   * @default 0
   */
  readonly stripComponents?: number;
}

/** Options of `LinuxArchive.installProgram`. */
export interface LinuxProgramOptions extends LinuxPermissions {
  /** Absolute path of the program in the image. */
  readonly path: string;

  /**
   * Path of the program in the archive that the source is.
   *
   * @default - the source is the program itself
   */
  readonly member?: string;
}

/**
 * Archives (`.tar`, `.tar.gz`, `.tgz`, `.tar.xz`, `.tar.bz2`, `.zip`) and single programs, from an asset, a bucket or `Source.https`. What was
 * downloaded is checked by its SHA-256 before it is used, and removed after. Can be done again.
 */
export class LinuxArchive {
  /**
   * Unpacks an archive into a folder, over what is there. Owner, group and mode are those of the folder; what comes out of the archive
   * belongs to root, with the archive's modes.
   */
  public static unpack(source: Source, folder: string, options: LinuxArchiveOptions = {}): Step {
    return plannedStep('Unpack', (scope, bind) => {
      const word = bashQuoted(checkPath(scope, folder, 'the folder'));
      const strip = checkNumber(scope, options.stripComponents ?? 0, 'stripComponents', 100);
      const file = fetched(scope, bind, source);
      const unpack = unpackLines(scope, file, strip, word);
      const given = options.owner ?? options.group ?? options.mode;
      // Unpacking into a folder of the system must not change whose it is.
      const folderLine = `${given === undefined ? `[ -d ${word} ] || ` : ''}install -d ${permissionOptions(scope, options, '0755')} ${word}`;
      return { before: file.before, lines: [folderLine, ...unpack, ...file.after] };
    }, ATTEMPTS);
  }

  /** Puts a program in its place, with mode 0755 unless another one is given. */
  public static installProgram(source: Source, options: LinuxProgramOptions): Step {
    return plannedStep('InstallProgram', (scope, bind) => {
      const path = checkPath(scope, options.path, 'the path');
      const permissions = permissionOptions(scope, options, '0755');
      const file = fetched(scope, bind, source);
      const place = (word: string): string => placeFile(word, path, permissions);
      const lines = options.member === undefined
        ? [place(file.word)]
        : [
          'unpacked=$(mktemp -d -p /var/tmp)',
          ...unpackLines(scope, file, 0, '"$unpacked"'),
          place(`"$unpacked"/${bashQuoted(options.member)}`),
          'rm -rf "$unpacked"',
        ];
      return { before: file.before, lines: [...lines, ...file.after] };
    });
  }

  private constructor() {}
}
