import { createHash } from 'crypto';
import { ledgerKey, SCHEMA_VERSION, type AmiCopyDocument, type ImageIntent } from '../../contract';
import { RefusedRequest, type SeenAmi } from '../domain/registration';
import { ConflictError, RefusedError, type RegisterPorts } from '../ports';

/** A copy may fail for what passes, such as too many at once; what fails so often fails for good. */
const ATTEMPTS = 3;
/** EC2 is eventually consistent: so long, a copy that cannot be seen is one that cannot be seen yet. */
const UNSEEN = 10 * 60_000;

export interface OwnAmis {
  readonly amis: Readonly<Record<string, string>>;
  /** Those of them that AWS still makes. */
  readonly copying: Readonly<Record<string, string>>;
}

/** AMIs as they are, and in the place of those that other accounts own copies of ours, in the regions that the image is used in. */
export async function ownCopies(
  namespace: string, { name, regions }: ImageIntent, seen: ReadonlyArray<readonly [string, string, SeenAmi]>, ports: RegisterPorts,
): Promise<OwnAmis> {
  const amis: Record<string, string> = {};
  const copying: Record<string, string> = {};
  for (const [region, id, { ownerId }] of seen) {
    if (ownerId !== ports.amis.account && !regions.includes(region)) continue;
    const { copy, ready } = ownerId === ports.amis.account ? { copy: id, ready: true } : await copyOf({ namespace, name, region, id }, ports);
    amis[region] = copy;
    if (!ready) copying[region] = copy;
  }
  return { amis, copying };
}

interface Source {
  readonly namespace: string;
  readonly name: string;
  readonly region: string;
  readonly id: string;
}

/** The copy that was asked for, or another one where it is none any more. */
async function copyOf(source: Source, { amis, clock, ledger }: RegisterPorts): Promise<{ copy: string; ready: boolean }> {
  const { namespace, name, region, id } = source;
  const key = ledgerKey.amiCopy(namespace, name, region, id);
  const { document, revision } = await ledger.read<AmiCopyDocument>(key);
  if (document) {
    const state = (await amis.find(region, document.copy))?.state ?? (clock.now() - Date.parse(document.askedAt) < UNSEEN ? 'pending' : 'gone');
    if (state === 'pending' || state === 'available') return { copy: document.copy, ready: state === 'available' };
    if (document.attempt === ATTEMPTS) throw new RefusedRequest(`${id} in ${region} was copied ${ATTEMPTS} times, and the last copy ${document.copy} is ${state}`);
  }
  const attempt = (document?.attempt ?? 0) + 1;
  const token = createHash('sha256').update(JSON.stringify([namespace, name, region, id, attempt])).digest('hex');
  const copy = await amis.copy(region, { sourceAmi: id, name: `${name}-${id}-${attempt}`, owner: `${namespace}/${name}`, token }).catch((error: Error) => {
    throw error instanceof RefusedError ? new RefusedRequest(`${id} in ${region} cannot be copied: ${error.message}`) : error;
  });
  const asked = { schemaVersion: SCHEMA_VERSION, copy, attempt, askedAt: new Date(clock.now()).toISOString() };
  // Who asked at the same time, with the same token, got the same copy (assumption: copy-image-token).
  await ledger.write<AmiCopyDocument>(key, asked, revision).catch((error) => { if (!(error instanceof ConflictError)) throw error; });
  return { copy, ready: false };
}
