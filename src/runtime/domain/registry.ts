import type { RegistryDocument } from '../../contract';

/** The ledger record under `ledgerKey.registry`. */
export interface RegistryRecord {
  readonly schemaVersion: number;
  readonly document: RegistryDocument;
  /** What the deploy before intended, without what its builds are made of; a deploy that is rolled back sends it again. */
  readonly previous?: RegistryDocument;
  /** Set when the stack that recorded it no longer has a registry: nothing is done for it any more. */
  readonly withdrawn?: boolean;
}

/** The record after a deploy recorded its intent. The same intent again changes nothing. */
export function recordIntent(before: RegistryRecord | undefined, document: RegistryDocument): RegistryRecord {
  const same = before && JSON.stringify(before.document) === JSON.stringify(document);
  const previous = same ? before.previous : before && withoutInputs(before.document);
  return { schemaVersion: document.schemaVersion, document, ...(previous ? { previous } : {}) };
}

export const withdrawIntent = (before: RegistryRecord): RegistryRecord => ({ ...before, withdrawn: true });

/** Whether a deploy brought back what stood before it. */
export const isRestored = (before: RegistryRecord | undefined, document: RegistryDocument): boolean =>
  before?.previous !== undefined && JSON.stringify(withoutInputs(before.previous)) === JSON.stringify(withoutInputs(document));

/** An item of the ledger holds 400 KB, and what is only there to be told apart need not be whole. */
function withoutInputs({ infrastructures, ...document }: RegistryDocument): RegistryDocument {
  return { ...document, images: document.images.map(({ inputs, ...image }) => image) };
}
