import { createHash } from 'crypto';
import { ledgerKey, SCHEMA_VERSION, type CustomDataDocument, type Registration, type RegistrationsDocument } from '../../contract';
import { ConflictError, type Ledger } from '../ports';

/**
 * What a manifest says beside its AMIs is a document of its own, named after its content: the document of all registrations, which every look and
 * every registration needs, does not grow with it. Gives the name; the same content is written once.
 */
export async function setApart(namespace: string, image: string, customData: CustomDataDocument['customData'], ledger: Ledger): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(customData)).digest('hex');
  const key = ledgerKey.customData(namespace, image, hash);
  if ((await ledger.read(key)).revision > 0) return hash;
  try {
    await ledger.write<CustomDataDocument>(key, { schemaVersion: SCHEMA_VERSION, customData }, 0);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  return hash;
}

/** A document as former versions wrote it, with everything in place, brought to the form of today. */
export async function allApart(namespace: string, document: RegistrationsDocument, ledger: Ledger): Promise<RegistrationsDocument> {
  const registrations: Registration[] = [];
  for (const { customData, ...rest } of document.registrations) {
    registrations.push(customData ? { ...rest, customDataHash: await setApart(namespace, document.image, customData, ledger) } : rest);
  }
  return { ...document, registrations };
}
