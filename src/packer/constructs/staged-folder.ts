import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { Source, type SourceConfig } from '../../component/source';
import { InvalidInputError } from '../../private/errors';
import type { StagedFile } from '../plan';

/** Files and folders from several places as one archive. The name is that of its folder on the instance. */
export class StagedFolder extends Source {
  public constructor(public readonly name: string, public readonly files: ReadonlyArray<StagedFile>) {
    super();
  }

  public bind(scope: Construct, reader: IGrantable): SourceConfig {
    const folder = mkdtempSync(join(tmpdir(), 'golden-images-staged-'));
    try {
      mkdirSync(join(folder, this.name));
      // Staged once more, that is copied, when the asset is made.
      for (const { from, to } of this.files) copy(scope, from, join(folder, this.name, to));
      return Source.asset(join(folder, this.name)).bind(scope, reader);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

function copy(scope: Construct, from: string, to: string): void {
  try {
    cpSync(from, to, { recursive: true, dereference: true });
  } catch (error) {
    throw new InvalidInputError(scope, {
      what: `'${from}' cannot be copied: ${(error as Error).message}`, expected: 'a file or folder that can be read', fix: 'correct the path in the template',
    });
  }
}
