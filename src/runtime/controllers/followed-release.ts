import { ledgerKey, type FollowedChannel, type ReleaseDocument } from '../../contract';
import { releaseIn, type ImageRecord } from '../domain/image';
import { seedTarget } from '../domain/seeds';
import { RefusedError, SchemaVersionError, type Ledger } from '../ports';

/** What the ledger says of a channel that something stands on or follows. */
export interface FollowedRelease {
  readonly release?: ReleaseDocument;
  readonly record?: ImageRecord;
  /** Why the ledger of the stack that publishes it cannot be read, and what lets it. */
  readonly unreadable?: string;
}

/** Reads it where it is published: in the own ledger, or in that of another stack, of which it may be that it cannot be read. */
export async function followedRelease(followed: FollowedChannel, namespace: string, ledger: Pick<Ledger, 'read'>): Promise<FollowedRelease> {
  const { image, channel, parameterName, publisher } = followed;
  const own = !publisher && seedTarget(parameterName)?.namespace === namespace;
  if (own) return found(await ledger.read<ImageRecord>(ledgerKey.image(namespace, image)), channel);
  if (!publisher) return { unreadable: `the image '${image}' is of another stack, and the last deploy did not say where its ledger is; deploy this stack again` };
  try {
    return found(await ledger.read<ImageRecord>(ledgerKey.image(publisher.namespace, image), publisher.tableArn), channel);
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof SchemaVersionError)) throw error;
    return { unreadable: `the ledger ${publisher.tableArn} of the image '${image}' cannot be read: ${error.message}; ${FIX}` };
  }
}

const FIX = "this stack's deploy grants dynamodb:GetItem on it, unless a policy elsewhere denies it or its key does not allow kms:Decrypt";

const found = ({ document }: { readonly document: ImageRecord | undefined }, channel: string): FollowedRelease => {
  const release = releaseIn(document, channel);
  return { ...(document ? { record: document } : {}), ...(release ? { release } : {}) };
};
