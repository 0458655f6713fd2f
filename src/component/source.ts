import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { assetSource, bucketSource, textSource, urlSource } from './sources';

/** A file or archive, as a step needs it. */
export interface SourceConfig {
  /** `s3://` address of the object, or `https://` address of the file. */
  readonly uri: string;

  /** Name of the file. */
  readonly fileName: string;

  /** Whether it is a zip archive that is to be unpacked. */
  readonly archive: boolean;

  /**
   * SHA-256 of the object, in hexadecimal digits.
   *
   * @default - not known: the download is not checked
   */
  readonly sha256?: string;
}

/**
 * What a source does when a step downloads it.
 *
 * @internal
 */
export type SourceBinding = (scope: Construct, reader: IGrantable) => SourceConfig;

/** Where something to download comes from. */
export abstract class Source {
  /** A local file or folder; a folder travels as a zip archive. */
  public static asset(path: string): Source {
    return new BoundSource(assetSource(path), path);
  }

  /**
   * A text, for what is made in the app. It travels as an asset.
   *
   * @param fileName name of the file
   * @param text what is in it, without tokens
   */
  public static text(fileName: string, text: string): Source {
    return new BoundSource(textSource(fileName, text));
  }

  /**
   * An object in a bucket: for media too large to travel with a deployment.
   *
   * @param bucket the bucket
   * @param key key of the object
   * @param sha256 SHA-256 of the object, 64 hexadecimal digits
   */
  public static bucket(bucket: IBucket, key: string, sha256: string): Source {
    return new BoundSource(bucketSource(bucket, key, sha256));
  }

  /**
   * A file on a web server, which the build instance must reach.
   *
   * @param url `https://` address
   * @param sha256 SHA-256 of the file, 64 hexadecimal digits
   */
  public static https(url: string, sha256: string): Source {
    return new BoundSource(urlSource(url, sha256));
  }

  /**
   * The local file or folder that it is.
   *
   * @internal
   */
  public readonly _localPath?: string;

  /** Called by the step that downloads it; grants the reader this object and nothing else. */
  public abstract bind(scope: Construct, reader: IGrantable): SourceConfig;
}

class BoundSource extends Source {
  public constructor(private readonly binding: SourceBinding, public override readonly _localPath?: string) {
    super();
  }

  public bind(scope: Construct, reader: IGrantable): SourceConfig {
    return this.binding(scope, reader);
  }
}
