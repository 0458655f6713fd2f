import type { WireRequest } from '../../../golden-images/src/wire/message';
import { queryRefusals } from '../../../golden-images/src/wire/protocol/protocol';
import { Verifier } from '../../../golden-images/src/wire/signature/verifier';

/** The credentials of all examples in the documents of AWS. */
const verifier = new Verifier((id) => (id === 'AKIAIOSFODNN7EXAMPLE' ? { secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' } : undefined));
const SCOPE = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
const AT = '20130524T000000Z';

interface Example {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const request = ({ method = 'GET', path, query = '', headers = {}, body = '' }: Example): WireRequest => ({
  method, path, query: new URLSearchParams(query), headers: { host: 'examplebucket.s3.amazonaws.com', ...headers }, body: Buffer.from(body),
});
const signed = (signature: string, headers: Record<string, string>): Record<string, string> => {
  const all: Record<string, string> = { 'host': 'examplebucket.s3.amazonaws.com', 'x-amz-date': AT, ...headers };
  return { ...all, authorization: `AWS4-HMAC-SHA256 Credential=${SCOPE},SignedHeaders=${Object.keys(all).sort().join(';')},Signature=${signature}` };
};
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const check = (example: Example): Promise<void> => verifier.check(request(example), { ...queryRefusals, body: 'XAmzContentSHA256Mismatch' });

/** Amazon S3 API reference, "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk", and "Using Query Parameters". */
const examples: Array<[string, Example]> = [
  ['GET Object', {
    path: '/test.txt',
    headers: signed('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41', { 'range': 'bytes=0-9', 'x-amz-content-sha256': EMPTY }),
  }],
  ['PUT Object', {
    method: 'PUT',
    path: '/test%24file.text',
    body: 'Welcome to Amazon S3.',
    headers: signed('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd', {
      'date': 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    }),
  }],
  ['GET Bucket Lifecycle', {
    path: '/', query: 'lifecycle', headers: signed('fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543', { 'x-amz-content-sha256': EMPTY }),
  }],
  ['Get Bucket (List Objects)', {
    path: '/',
    query: 'max-keys=2&prefix=J',
    headers: signed('34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7', { 'x-amz-content-sha256': EMPTY }),
  }],
  ['presigned URL', {
    path: '/test.txt',
    query: `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(SCOPE)}&X-Amz-Date=${AT}&X-Amz-Expires=86400&X-Amz-SignedHeaders=host`
      + '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  }],
];

/** "Transferring Payload in Multiple Chunks": 65 KB of the letter a. */
const CHUNKS: Array<[size: string, signature: string, data: string]> = [
  ['10000', 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648', 'a'.repeat(65536)],
  ['400', '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497', 'a'.repeat(1024)],
  ['0', 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9', ''],
];
const chunked = (chunks = CHUNKS): Example => ({
  method: 'PUT',
  path: '/examplebucket/chunkObject.txt',
  body: chunks.map(([size, signature, data]) => `${size};chunk-signature=${signature}\r\n${data}\r\n`).join(''),
  headers: signed('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9', {
    'host': 's3.amazonaws.com',
    'content-encoding': 'aws-chunked',
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-decoded-content-length': '66560',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
  }),
});

/** "Signature calculations for trailing headers". */
const TRAILED: typeof CHUNKS = [
  ['10000', 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2', 'a'.repeat(65536)],
  ['400', '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7', 'a'.repeat(1024)],
];
const trailer = (checksum: string): string => '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n'
  + `x-amz-checksum-crc32c:${checksum}\r\n`
  + 'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n';
const trailed = (checksum: string): Example => ({
  method: 'PUT',
  path: '/examplebucket/chunkObject.txt',
  body: TRAILED.map(([size, signature, data]) => `${size};chunk-signature=${signature}\r\n${data}\r\n`).join('') + trailer(checksum),
  headers: signed('106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e', {
    'host': 's3.amazonaws.com',
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '66560',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-trailer': 'x-amz-checksum-crc32c',
  }),
});

const mismatch = { code: 'SignatureDoesNotMatch' };
const wrongBody = { code: 'XAmzContentSHA256Mismatch' };

describe('the signatures in the documents of AWS', () => {
  test.each(examples)('%s', (_, example) => check(example));

  test.each(examples)('%s: another path is another request', async (_, example) => {
    await expect(check({ ...example, path: `${example.path}x` })).rejects.toMatchObject(mismatch);
  });

  test.each(examples)('%s: another query is another request', async (_, example) => {
    await expect(check({ ...example, query: `${example.query ?? ''}&a=b` })).rejects.toMatchObject(mismatch);
  });

  test.each(examples)('%s: another host is another request', async (_, example) => {
    await expect(check({ ...example, headers: { ...example.headers, host: 'other' } })).rejects.toMatchObject(mismatch);
  });

  test('another body than the one that was signed is refused', async () => {
    await expect(check({ ...examples[1]![1], body: 'Welcome to Amazon S4.' })).rejects.toMatchObject(wrongBody);
  });

  test('a body in chunks', () => check(chunked()));
  test('a body in chunks, with a trailer', () => check(trailed('sOO8/Q==')));

  test('each chunk is checked, their order, the last one and the trailer', async () => {
    const [first, second, last] = CHUNKS as [typeof CHUNKS[0], typeof CHUNKS[0], typeof CHUNKS[0]];
    const tampered = [[first[0], first[1], `b${first[2].slice(1)}`], second, last] as typeof CHUNKS;
    for (const chunks of [tampered, [second, first, last], [first, last], [first, second, ['0', first[1], '']] as typeof CHUNKS]) {
      await expect(check(chunked(chunks))).rejects.toMatchObject(wrongBody);
    }
    await expect(check(trailed('AAAAAA=='))).rejects.toMatchObject(wrongBody);
  });

  test('chunks without signatures are refused, and a body without its last chunk', async () => {
    const body = '3\r\nabc\r\n0\r\n\r\n';
    await expect(check({ ...chunked(), body })).rejects.toMatchObject(wrongBody);
    await expect(check(chunked(CHUNKS.slice(0, 2)))).rejects.toThrow('without a last chunk');
  });
});

describe('what a signature must have', () => {
  const [, example] = examples[0]!;
  const withAuthorization = (change: (text: string) => string): Example =>
    ({ ...example, headers: { ...example.headers!, authorization: change(example.headers!.authorization!) } });

  test.each<[string, (text: string) => string, string]>([
    ['another key id', (text) => text.replace('AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLF'), 'InvalidClientTokenId'],
    ['another service', (text) => text.replace('/s3/', '/lambda/'), 'SignatureDoesNotMatch'],
    ['another region', (text) => text.replace('us-east-1', 'eu-central-1'), 'SignatureDoesNotMatch'],
    ['a host that is not signed', (text) => text.replace('host;', ''), 'SignatureDoesNotMatch'],
    ['another day than the request', (text) => text.replace('20130524', '20130525'), 'IncompleteSignature'],
    ['no signature', (text) => text.replace(/,Signature=.*/, ''), 'IncompleteSignature'],
    ['no scope of ours', (text) => text.replace('aws4_request', 'aws5_request'), 'IncompleteSignature'],
    ['another algorithm', (text) => text.replace('AWS4-HMAC-SHA256', 'Basic'), 'IncompleteSignature'],
    ['the algorithm of Signature Version 4A', (text) => text.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'), 'NotModelled'],
  ])('%s is refused', async (_, change, code) => {
    await expect(check(withAuthorization(change))).rejects.toMatchObject({ code });
  });

  test('a header x-amz-… that is not signed is refused', async () => {
    await expect(check({ ...example, headers: { ...example.headers, 'x-amz-target': 'Lambda.CreateFunction' } })).rejects.toMatchObject(mismatch);
  });

  test('none at all is said so, and a body of a form that is not modelled is refused by name', async () => {
    await expect(check({ path: '/' })).rejects.toMatchObject({ code: 'MissingAuthenticationToken' });
    const events = { ...example.headers!, 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-EVENTS' };
    await expect(check({ ...example, headers: events })).rejects.toThrow('STREAMING-AWS4-HMAC-SHA256-EVENTS');
  });

  test('the token of a session is part of its credentials', async () => {
    const sessions = new Verifier(() => ({ secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', sessionToken: 'token' }));
    expect(await sessions.verifies(request(example), queryRefusals)).toBe(false);
    expect(await verifier.verifies(request(example), queryRefusals)).toBe(true);
  });
});
