import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { Token } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { Source, SourceConfig } from './source';
import { InvalidInputError } from '../private/errors';

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

function grantObject(bucket: IBucket, key: string, reader: IGrantable): void {
  Grant.addToPrincipal({ grantee: reader, actions: ['s3:GetObject'], resourceArns: [bucket.arnForObjects(key)] });
  bucket.encryptionKey?.grantDecrypt(reader);
}

function checkedSha256(scope: Construct, checksum: string, file: string): string {
  if (!Token.isUnresolved(checksum) && !/^[0-9a-fA-F]{64}$/.test(checksum)) {
    throw new InvalidInputError(scope, {
      what: `the SHA-256 '${checksum}' of '${file}' is not legal`,
      expected: '64 hexadecimal digits',
      fix: 'give what sha256sum prints for the file',
    });
  }
  return Token.isUnresolved(checksum) ? checksum : checksum.toLowerCase();
}

export class AssetSource implements Source {
  public constructor(private readonly path: string) {}

  public bind(scope: Construct, reader: IGrantable): SourceConfig {
    const path = resolve(this.path);
    if (!existsSync(path)) {
      throw new InvalidInputError(scope, {
        what: `the asset '${this.path}' does not exist`,
        expected: `a file or folder at ${path}`,
        fix: 'correct the path; a relative one starts where the app is run',
      });
    }
    const folder = statSync(path).isDirectory();
    const asset = new Asset(scope, `Asset${scope.node.children.length}`, { path });
    grantObject(asset.bucket, asset.s3ObjectKey, reader);
    return {
      uri: asset.s3ObjectUrl,
      fileName: basename(path),
      archive: folder || path.endsWith('.zip'),
      // The zip archive of a folder is made when it is published.
      sha256: folder ? undefined : sha256(readFileSync(path)),
    };
  }
}

/** A text of the app; its file has its hash in the name, so that two of one name do not meet on the instance. */
export class TextSource implements Source {
  public constructor(private readonly fileName: string, private readonly text: string) {}

  public bind(scope: Construct, reader: IGrantable): SourceConfig {
    if (Token.isUnresolved(this.text)) {
      throw new InvalidInputError(scope, {
        what: `the text of '${this.fileName}' holds values that are known only while deploying`,
        expected: 'a text without tokens, because assets are published before',
        fix: 'hand such values over as inputs of a step',
      });
    }
    const extension = extname(this.fileName);
    const fileName = `${basename(this.fileName, extension)}-${sha256(this.text).slice(0, 8)}${extension}`;
    const folder = mkdtempSync(join(tmpdir(), 'golden-images-text-'));
    try {
      // Staged, that is copied, when the asset is made.
      writeFileSync(join(folder, fileName), this.text);
      return new AssetSource(join(folder, fileName)).bind(scope, reader);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

export class BucketSource implements Source {
  public constructor(private readonly source: IBucket, private readonly key: string, private readonly checksum: string) {}

  public bind(scope: Construct, reader: IGrantable): SourceConfig {
    const checksum = checkedSha256(scope, this.checksum, this.key);
    grantObject(this.source, this.key, reader);
    return {
      uri: this.source.s3UrlForObject(this.key),
      fileName: this.key.split('/').pop()!,
      archive: this.key.endsWith('.zip'),
      sha256: checksum,
    };
  }
}

export class UrlSource implements Source {
  public constructor(private readonly url: string, private readonly checksum: string) {}

  public bind(scope: Construct): SourceConfig {
    const checksum = checkedSha256(scope, this.checksum, this.url);
    const fileName = /^https:\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)(?:[?#].*)?$/.exec(this.url)?.[1];
    if (fileName === undefined) {
      throw new InvalidInputError(scope, {
        what: `'${this.url}' is not the address of a file`,
        expected: "an address such as 'https://example.com/agent-1.2.tar.gz'",
        fix: 'correct the address; what only another protocol serves goes into a bucket',
      });
    }
    // It becomes part of a path in scripts.
    return { uri: this.url, fileName: fileName.replace(/[^\w.+-]/g, '-'), archive: fileName.endsWith('.zip'), sha256: checksum };
  }
}
