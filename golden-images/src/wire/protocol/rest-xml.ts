import { XmlCodec } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { queryRefusals, requestId, statusOf, type Call, type Protocol } from './protocol';
import type { AwsError } from '../../world/kernel';
import { decodeAwsChunked } from '../codec/aws-chunked';
import { readRestInput, type BodyReader } from '../codec/rest-input';
import { writeRestOutput, type BodyWriter } from '../codec/rest-output';
import { element, escapeXml, xmlMembers } from '../codec/xml-output';
import type { WireRequest, WireResponse } from '../message';
import { membersOf } from '../model/schema';
import type { OperationModel, ServiceModel } from '../model/service-model';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>';

/** restXml as S3 speaks it: buckets in the path or in the host name. https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export class S3Protocol implements Protocol {
  public readonly missingCode = 'InvalidRequest';
  /** Amazon S3 API reference, "Error responses", list of error codes. */
  public readonly refusals = {
    ...queryRefusals,
    key: 'InvalidAccessKeyId',
    keyMessage: 'The AWS Access Key Id you provided does not exist in our records.',
    body: 'XAmzContentSHA256Mismatch',
    incomplete: 'AuthorizationHeaderMalformed',
  };

  private readonly xml = new XmlCodec({
    timestampFormat: { useTrait: true, default: 5 }, httpBindings: true, xmlNamespace: NAMESPACE, serviceNamespace: 'com.amazonaws.s3',
  }).createDeserializer();

  private readonly reader: BodyReader = {
    structure: (schema, body) => this.xml.read(schema, body) as Record<string, unknown>,
  };

  private readonly writer: BodyWriter = {
    contentType: 'application/xml',
    structure: (schema, value) => PROLOGUE + element(rootName(schema), rootContent(schema, value), NAMESPACE),
    payload: (schema, value, name) => PROLOGUE + element(schema.getMergedTraits().xmlName ?? name, xmlMembers(schema, value), NAMESPACE),
  };

  public call(request: WireRequest, model: ServiceModel): Call {
    const { bucket, path } = locate(request);
    // The bucket is not in the paths of the model, but it is a member of the input.
    const found = model.routed(request, path, (operation) => inputHas(operation, 'Bucket') === (bucket !== undefined));
    const labels = { ...found?.labels, ...(bucket === undefined ? {} : { Bucket: bucket }) };
    return { name: found?.operation.name ?? `${request.method} ${request.path}`, operation: found?.operation, labels };
  }

  public decode(operation: OperationModel, request: WireRequest, labels: Record<string, string>): Record<string, unknown> {
    const chunked = (request.headers['content-encoding'] ?? '').split(',').includes('aws-chunked');
    const body = chunked ? decodeAwsChunked(request.body) : request.body;
    return readRestInput(operation.input, { ...request, body, headers: plainHeaders(request) }, labels, this.reader);
  }

  public encode(operation: OperationModel, output: Record<string, unknown>): WireResponse {
    const response = writeRestOutput(operation.output, output, operation.route?.status ?? 200, this.writer);
    return { ...response, headers: { 'x-amz-request-id': requestId(), ...response.headers } };
  }

  public error(error: AwsError, model: ServiceModel | undefined, request: WireRequest): WireResponse {
    const content = element('Code', escapeXml(error.code)) + element('Message', escapeXml(error.message));
    return {
      status: statusOf(error, model?.error(error.code)),
      headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId() },
      body: request.method === 'HEAD' ? '' : PROLOGUE + element('Error', content),
    };
  }
}

function inputHas(operation: OperationModel, member: string): boolean {
  return (operation.input.getSchema() as unknown as { 4?: string[] })[4]?.includes(member) ?? false;
}

/** `/bucket/key` at localhost, `/key` at bucket.localhost. */
function locate(request: WireRequest): { bucket: string | undefined; path: string } {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const virtual = /^(.+)\.(localhost|s3[.-].*)$/.exec(host)?.[1];
  if (virtual) return { bucket: virtual, path: request.path };
  const [, bucket = '', key = ''] = /^\/([^/]*)(?:\/(.*))?$/s.exec(request.path) ?? [];
  return bucket === '' ? { bucket: undefined, path: request.path } : { bucket: decodeURIComponent(bucket), path: `/${key}` };
}

/** Without what only says how the body travelled. */
function plainHeaders(request: WireRequest): WireRequest['headers'] {
  const encoding = (request.headers['content-encoding'] ?? '').split(',').map((each) => each.trim()).filter((each) => each && each !== 'aws-chunked');
  return { ...request.headers, 'content-encoding': encoding.length > 0 ? encoding.join(',') : undefined };
}

function rootName(schema: NormalizedSchema): string {
  return schema.getMergedTraits().xmlName ?? schema.getName()!;
}

/** GetBucketLocation answers with its only member as the root (the trait s3UnwrappedXmlOutput). */
function rootContent(schema: NormalizedSchema, value: Record<string, unknown>): string {
  const [only, ...others] = [...membersOf(schema)];
  const name = rootName(schema);
  if (others.length === 0 && only?.[0] === name) return escapeXml(String(value[name] ?? ''));
  return xmlMembers(schema, value);
}
