import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { PREFIX } from './begin';

/** Removes the temporary folder of the run. */
export default function end(): void {
  if (basename(tmpdir()).startsWith(PREFIX)) rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 3 });
}
