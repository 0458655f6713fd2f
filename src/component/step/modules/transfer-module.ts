import type { Step } from '../step';
import { checkedModuleStep, moduleStep } from './module-step';
import { InvalidInputError } from '../../../private/errors';

/** One download of `S3Download`. The instance's role must be allowed to read it: `Step.download` grants that. */
export interface S3DownloadInputs {
  /** `s3://` address of an object, or of many with `/*` at the end. */
  readonly source: string;

  /** Path on the instance; its folder must exist. */
  readonly destination: string;

  /**
   * Account that owns the bucket.
   *
   * @default - not checked
   */
  readonly expectedBucketOwner?: string;

  /**
   * Whether a file that is there is replaced.
   *
   * @default true
   */
  readonly overwrite?: boolean;
}

/** One upload of `S3Upload`. The instance's role must be allowed to write it. */
export interface S3UploadInputs {
  /** Path on the instance: a file, or a folder with `/*` at the end. */
  readonly source: string;

  /** `s3://` address. */
  readonly destination: string;

  /**
   * Whether to copy the folder recursively.
   *
   * @default false
   */
  readonly recurse?: boolean;

  /**
   * Account that owns the bucket.
   *
   * @default - not checked
   */
  readonly expectedBucketOwner?: string;
}

/** How a checksum is made. */
export enum ChecksumAlgorithm {
  /** 32 hexadecimal digits. Not safe against forgery. */
  MD5 = 'MD5',
  /** 40 hexadecimal digits. Not safe against forgery. */
  SHA1 = 'SHA1',
  /** 64 hexadecimal digits. */
  SHA256 = 'SHA256',
  /** 128 hexadecimal digits. */
  SHA512 = 'SHA512',
}

const DIGITS: Record<ChecksumAlgorithm, number> = { MD5: 32, SHA1: 40, SHA256: 64, SHA512: 128 };

/** One download of `WebDownload`. */
export interface WebDownloadInputs {
  /** Address of the file, by `https`. */
  readonly source: string;

  /** Path on the instance. */
  readonly destination: string;

  /**
   * Checksum of the file, in hexadecimal digits.
   *
   * @default - not checked
   */
  readonly checksum?: string;

  /**
   * How the checksum is made.
   *
   * @default ChecksumAlgorithm.SHA256
   */
  readonly algorithm?: ChecksumAlgorithm;

  /**
   * Whether a file that is there is replaced.
   *
   * @default true
   */
  readonly overwrite?: boolean;

  /**
   * Whether the server may be anybody.
   *
   * @default false
   */
  readonly ignoreCertificateErrors?: boolean;
}

/** Modules that download and upload, as the document format has them (Image Builder user guide, "File download and upload modules"). */
export class TransferModule {
  /** `S3Download`. */
  public static s3Download(...downloads: S3DownloadInputs[]): Step {
    return moduleStep('S3Download', downloads.map((each) => ({ ...each })));
  }

  /** `S3Upload`. */
  public static s3Upload(...uploads: S3UploadInputs[]): Step {
    return moduleStep('S3Upload', uploads.map((each) => ({ ...each })));
  }

  /** `WebDownload`. Output: `destination`. */
  public static webDownload(...downloads: WebDownloadInputs[]): Step {
    return checkedModuleStep('WebDownload', (scope) => downloads.map(({ checksum, algorithm = ChecksumAlgorithm.SHA256, ...each }) => {
      if (checksum !== undefined && !new RegExp(`^[0-9a-fA-F]{${DIGITS[algorithm]}}$`).test(checksum)) {
        throw new InvalidInputError(scope, {
          what: `the checksum '${checksum}' of '${each.source}' has ${checksum.length} characters`,
          expected: `${DIGITS[algorithm]} hexadecimal digits of ${algorithm}`,
          fix: 'correct the checksum or its algorithm',
        });
      }
      return { ...each, ...checksum === undefined ? {} : { checksum, algorithm } };
    }));
  }

  private constructor() {}
}
