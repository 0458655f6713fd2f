import type { ActionModules } from './module';

/** Modules that download and upload files. */
export const transfer: ActionModules = {
  S3Download: {
    inputs: 'list',
    fields: {
      source: { kind: 'string', required: true },
      destination: { kind: 'string', required: true },
      expectedBucketOwner: { kind: 'string' },
      overwrite: { kind: 'boolean' },
    },
    outputs: [],
  },
  S3Upload: {
    inputs: 'list',
    fields: {
      source: { kind: 'string', required: true },
      destination: { kind: 'string', required: true },
      recurse: { kind: 'boolean' },
      expectedBucketOwner: { kind: 'string' },
    },
    outputs: [],
  },
  WebDownload: {
    inputs: 'list',
    fields: {
      source: { kind: 'string', required: true },
      destination: { kind: 'string', required: true },
      overwrite: { kind: 'boolean' },
      checksum: { kind: 'string' },
      algorithm: { kind: 'string', values: ['MD5', 'SHA1', 'SHA256', 'SHA512'] },
      ignoreCertificateErrors: { kind: 'boolean' },
    },
    outputs: ['destination'],
    check: (path, inputs) => ((inputs.checksum === undefined) === (inputs.algorithm === undefined)
      ? []
      : [{ path, what: `it has only ${inputs.checksum === undefined ? 'algorithm' : 'checksum'}`, expected: 'checksum and algorithm, or neither' }]),
  },
};
