import { RefusedRequest } from './manifest';
import { SCHEMA_VERSION, type Registration, type RegistrationsDocument } from '../../../contract';

/** More than an image's record of versions keeps; a DynamoDB item holds 400 KB. */
const KEPT = 200;

export const noRegistrations = (image: string): RegistrationsDocument => ({ schemaVersion: SCHEMA_VERSION, image, count: 0, registrations: [] });

export interface Registered {
  readonly document: RegistrationsDocument;
  readonly registration: Registration;
  /** Whether it was there already: nothing is to be written then. */
  readonly known: boolean;
}

/** The document with one more version, or the version that these AMIs are already. */
export function addRegistration(document: RegistrationsDocument, made: Omit<Registration, 'version'>): Registered {
  const same = document.registrations.find(({ amis }) => sameAmis(amis, made.amis));
  if (same) return { document, registration: same, known: true };
  const partly = document.registrations.find(({ amis }) => Object.entries(made.amis).some(([region, ami]) => amis[region] === ami));
  if (partly) throw new RefusedRequest(`some of these AMIs are version ${partly.version} already, with other AMIs beside them`);
  const count = document.count + 1;
  const registration = { version: `1.0.${count}/1`, ...made };
  return { document: { ...document, count, registrations: [...document.registrations, registration].slice(-KEPT) }, registration, known: false };
}

const sameAmis = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([region, ami]) => b[region] === ami);
