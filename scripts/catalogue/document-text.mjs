import { stringify } from 'yaml';

/** A component document. */
export const documentText = (phases) => stringify({ schemaVersion: 1.0, phases }, { lineWidth: 0 }).replace(/^schemaVersion: 1$/m, 'schemaVersion: 1.0');
