import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the folder of a run is named; nothing named otherwise is removed at the end. */
export const PREFIX = 'golden-images-tests-';

/**
 * Gives a test run a temporary folder of its own, before its workers start: each synth writes a cloud assembly there. The validator of
 * aws-cdk-lib takes seconds for each app: the examples are held to it, and turn it on.
 */
export default function begin(): void {
  process.env.CDK_VALIDATION = 'false';
  process.env.TMPDIR = mkdtempSync(join(realpathSync(tmpdir()), PREFIX));
}
