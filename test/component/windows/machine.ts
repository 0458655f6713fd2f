import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';

/** What is downloaded there is its own address: checksums are made those of that. */
export function withChecksums(document: string): string {
  const parsed = parse(document);
  let source = '';
  for (const { action, inputs } of parsed.phases.flatMap(({ steps }: any) => steps)) {
    source = action === 'S3Download' ? inputs[0].source : source;
    if (inputs?.fileSHA256Equals !== undefined) {
      inputs.fileSHA256Equals = createHash('sha256').update(source).digest('hex');
    }
  }
  return stringify(parsed, { lineWidth: 0, aliasDuplicateObjects: false }).replace(/^schemaVersion: 1$/m, 'schemaVersion: 1.0');
}
