import { RefusedRequest } from './refused';
import { SCHEMA_VERSION, type Registration, type RegistrationsDocument } from '../../../contract';
import { bytesOf, MOST_BYTES } from '../item-size';

/** More than an image's record of versions keeps. */
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
  // Its gates may have been judged by that already.
  if (same && made.tested && !same.tested) throw new RefusedRequest(`these AMIs are version ${same.version} already, registered as not tested; build the image again`);
  if (same) return { document, registration: same, known: true };
  const partly = document.registrations.find(({ amis }) => Object.entries(made.amis).some(([region, ami]) => amis[region] === ami));
  if (partly) throw new RefusedRequest(`some of these AMIs are version ${partly.version} already, with other AMIs beside them`);
  const built = made.build === undefined ? undefined : document.registrations.find(({ build }) => build === made.build);
  if (built) throw new RefusedRequest(`this build registered version ${built.version} already, and a build is one version`);
  const count = document.count + 1;
  const registration = { version: `1.0.${count}/1`, ...made };
  return { document: { ...document, count, registrations: newest([...document.registrations, registration]) }, registration, known: false };
}

/** As many as fit, oldest first. As long as may be (`REQUEST_LIMITS`), a registration has less than 3 KB. */
function newest(registrations: readonly Registration[]): Registration[] {
  let bytes = 0;
  return registrations.slice(-KEPT).reverse().filter((each) => (bytes += bytesOf(each)) <= MOST_BYTES).reverse();
}

const sameAmis = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([region, ami]) => b[region] === ami);
