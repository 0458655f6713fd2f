import { strToU8, zipSync } from 'fflate';

/** Credentials in the query, as a page would make them up: no request needs to be asked for first because of them. */
export const unsigned = new URLSearchParams({
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'local/20260101/eu-central-1/lambda/aws4_request',
  'X-Amz-Signature': '0',
  'X-Amz-SignedHeaders': 'host',
}).toString();

/** A function that a page would like to run as the developer. */
export const mischief = JSON.stringify({
  FunctionName: 'mischief',
  Runtime: 'nodejs20.x',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::123456789012:role/any',
  Code: { ZipFile: Buffer.from(zipSync({ 'index.mjs': strToU8('export const handler = async () => process.env.HOME;') })).toString('base64') },
});
