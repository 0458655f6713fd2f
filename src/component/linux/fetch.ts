import type { Construct } from 'constructs';
import type { Source, SourceConfig } from '../source';
import type { StepAction, StepBindOptions } from '../step';
import { transfer } from '../step/download';
import { bashQuoted } from '../step/quoting';

/** Where downloads lie until they are used. Not /tmp, which may be a small file system in memory. */
const FOLDER = '/var/tmp/golden-images';

/** A file that is downloaded before a script runs. */
export interface Fetched {
  readonly source: SourceConfig;
  readonly path: string;
  /** Its path, as a word of bash. */
  readonly word: string;
  readonly before: StepAction[];
  /** What the script ends with: nothing of it stays in the image. */
  readonly after: string[];
}

/** Downloads a file, and checks it. */
export function fetched(scope: Construct, { grantee }: StepBindOptions, from: Source): Fetched {
  const source = from.bind(scope, grantee);
  // The archive of a folder has no such name.
  const path = `${FOLDER}/${source.archive ? source.fileName.replace(/(?:\.zip)?$/, '.zip') : source.fileName}`;
  return {
    source,
    path,
    word: bashQuoted(path),
    // Download modules want the folder to be there.
    before: [
      { name: 'MakeFolder', action: 'ExecuteBash', inputs: { commands: [`set -euo pipefail\nmkdir -p ${FOLDER}`] } },
      ...transfer(source, path),
    ],
    after: [`rm -rf ${FOLDER}`],
  };
}
