import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';

/** A principal that tells what the app publishes itself from everything else that it reads. */
export interface ReaderOfAssets {
  readonly published: IPrincipal;
}

/** Who is granted what the app publishes itself: the reader, or the part of it that is for that. */
export const readerOfAssets = (reader: IGrantable): IGrantable => (reader.grantPrincipal as Partial<ReaderOfAssets>).published ?? reader;
