import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { Token } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { SourceBinding } from './source';
import { InvalidInputError } from '../private/errors';
import { readerOfAssets } from '../private/published';

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

function grantObject(bucket: IBucket, key: string, reader: IGrantable): void {
  Grant.addToPrincipal({ grantee: reader, actions: ['s3:GetObject'], resourceArns: [bucket.arnForObjects(key)] });
  bucket.encryptionKey?.grantDecrypt(reader);
}

function checkedSha256(scope: Construct, checksum: string, file: string): string {
  if (!Token.isUnresolved(checksum) && !/^[0-9a-fA-F]{64}$/.test(checksum)) {
    throw new InvalidInputError(scope, {
      what: `the SHA-256 '${checksum}' of '${file}' is not valid`,
      expected: '64 hexadecimal digits',
      fix: 'give what sha256sum prints for the file',
    });
  }
  return Token.isUnresolved(checksum) ? checksum : checksum.toLowerCase();
}

/** Windows does not tell APP.ZIP from app.zip. */
const isArchive = (name: string): boolean => /\.zip$/i.test(name);

export const assetSource = (given: string): SourceBinding => (scope, reader) => {
  const path = resolve(given);
  if (!existsSync(path)) {
    throw new InvalidInputError(scope, {
      what: `the asset '${given}' does not exist`,
      expected: `a file or folder at ${path}`,
      fix: 'correct the path; a relative one starts where the app is run',
    });
  }
  const folder = statSync(path).isDirectory();
  const asset = new Asset(scope, `Asset${scope.node.children.length}`, { path });
  grantObject(asset.bucket, asset.s3ObjectKey, readerOfAssets(reader));
  return {
    uri: asset.s3ObjectUrl,
    fileName: basename(path),
    archive: folder || isArchive(path),
    // The zip archive of a folder is made when it is published.
    sha256: folder ? undefined : sha256(readFileSync(path)),
  };
};

/** A text of the app; its file has its hash in the name, so that two of one name do not meet on the instance. */
export const textSource = (name: string, text: string): SourceBinding => (scope, reader) => {
  if (Token.isUnresolved(text)) {
    throw new InvalidInputError(scope, {
      what: `the text of '${name}' holds values that are known only while deploying`,
      expected: 'a text without tokens, because assets are published before',
      fix: 'hand such values over as inputs of a step',
    });
  }
  const extension = extname(name);
  const fileName = `${basename(name, extension)}-${sha256(text).slice(0, 8)}${extension}`;
  const folder = mkdtempSync(join(tmpdir(), 'golden-images-text-'));
  try {
    // Staged, that is copied, when the asset is made.
    writeFileSync(join(folder, fileName), text);
    return assetSource(join(folder, fileName))(scope, reader);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const bucketSource = (source: IBucket, key: string, digest: string): SourceBinding => (scope, reader) => {
  const checksum = checkedSha256(scope, digest, key);
  grantObject(source, key, reader);
  return {
    uri: source.s3UrlForObject(key),
    fileName: key.split('/').pop()!,
    archive: isArchive(key),
    sha256: checksum,
  };
};

export const urlSource = (url: string, digest: string): SourceBinding => (scope) => {
  const checksum = checkedSha256(scope, digest, url);
  const fileName = /^https:\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)(?:[?#].*)?$/.exec(url)?.[1];
  if (fileName === undefined) {
    throw new InvalidInputError(scope, {
      what: `'${url}' is not the address of a file`,
      expected: "an address such as 'https://example.com/agent-1.2.tar.gz'",
      fix: 'correct the address; what only another protocol serves goes into a bucket',
    });
  }
  // It becomes part of a path in scripts.
  return { uri: url, fileName: fileName.replace(/[^\w.+-]/g, '-'), archive: isArchive(fileName), sha256: checksum };
};
