import type { Construct } from 'constructs';
import { checkPath } from './checks';
import { fetched } from './fetch';
import { linuxStep, plannedStep } from './script';
import { permissionOptions, placeFile, writeText, type LinuxPermissions } from './write-file';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import type { Step } from '../step';
import { bashQuoted } from '../step/quoting';

/** A file of the image: its content or its source. */
export interface LinuxFileOptions extends LinuxPermissions {
  /** Absolute path; folders that are missing are made. */
  readonly path: string;

  /**
   * What is in it. Never a secret: it is part of the component's document.
   *
   * @default - `source` says it
   */
  readonly content?: string;

  /**
   * The file itself.
   *
   * @default - `content` says it
   */
  readonly source?: Source;
}

/** A folder of the image. */
export interface LinuxFolderOptions extends LinuxPermissions {
  /** Absolute path; folders above it that are missing are made. */
  readonly path: string;
}

/** Files of an image. */
export class LinuxFile {
  /** Writes a file with its owner and mode, in place of one that is there. Content with double braces travels as an asset. */
  public static write(options: LinuxFileOptions): Step {
    return plannedStep('WriteFile', (scope, bind) => {
      const path = checkPath(scope, options.path, 'the path');
      const permissions = permissionOptions(scope, options, '0644');
      const { content, source } = options;
      if ((content === undefined) === (source === undefined)) {
        throw new InvalidInputError(scope, {
          what: `the file '${path}' has ${content === undefined ? 'neither content nor source' : 'content and source'}`,
          expected: 'one of them',
          fix: content === undefined ? "give it content: '…' or source: Source.asset('…')" : 'remove one of them',
        });
      }
      if (source === undefined) {
        return { lines: writeText(path, content!, permissions) };
      }
      const file = fetched(scope, bind, source);
      refuseArchive(scope, path, file.source.archive);
      return { before: file.before, lines: [placeFile(file.word, path, permissions), ...file.after] };
    });
  }

  private constructor() {}
}

/** Folders of an image. */
export class LinuxFolder {
  /** Makes a folder; one that is there gets the owner and mode. */
  public static create(options: LinuxFolderOptions): Step {
    return linuxStep('MakeFolder', (scope) => [
      `install -d ${permissionOptions(scope, options, '0755')} ${bashQuoted(checkPath(scope, options.path, 'the path'))}`,
    ]);
  }

  private constructor() {}
}

function refuseArchive(scope: Construct, path: string, archive: boolean): void {
  if (archive) {
    throw new InvalidInputError(scope, {
      what: `the source of '${path}' is a folder or a zip archive`,
      expected: 'a file',
      fix: `unpack it with LinuxArchive.unpack(source, '${path}')`,
    });
  }
}
