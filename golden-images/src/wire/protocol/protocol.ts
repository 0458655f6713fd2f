import { randomUUID } from 'node:crypto';
import type { AwsError } from '../../world/kernel';
import type { WireRequest, WireResponse } from '../message';
import type { ErrorModel, OperationModel, ServiceModel } from '../model/service-model';

export type ProtocolName = 'query' | 'ec2' | 'json' | 'cbor' | 'restJson' | 'restXml';

/** What a request asks for, in a service's model. */
export interface Call {
  /** For messages, also when the model does not know the operation. */
  readonly name: string;
  readonly operation: OperationModel | undefined;
  /** Path labels of REST requests. */
  readonly labels: Record<string, string>;
}

/** How a service says that it does not know who sent a request, by what is wrong with its signature. */
export interface Refusals {
  readonly key: string;
  readonly keyMessage: string;
  readonly signature: string;
  /** The body is not the one that was signed. */
  readonly body: string;
  readonly incomplete: string;
  readonly status: number;
}

const INVALID_TOKEN = 'The security token included in the request is invalid.';

/** Of the query protocol: "Common Errors" of the API references (assumption: signature-error-names). */
export const queryRefusals: Refusals = {
  key: 'InvalidClientTokenId', keyMessage: INVALID_TOKEN, signature: 'SignatureDoesNotMatch', body: 'SignatureDoesNotMatch', incomplete: 'IncompleteSignature', status: 403,
};

/** Of JSON and CBOR: aws/aws-sdk-js#284, yegor256/s3auth#244 (assumption: signature-error-names). */
export const jsonRefusals: Refusals = {
  key: 'UnrecognizedClientException',
  keyMessage: INVALID_TOKEN,
  signature: 'InvalidSignatureException',
  body: 'InvalidSignatureException',
  incomplete: 'IncompleteSignatureException',
  status: 400,
};

/** One of the protocols that AWS clients speak, seen from the service's side. */
export interface Protocol {
  /** The code of the error for a required member that is absent (assumption: missing-member-codes). */
  readonly missingCode: string;
  readonly refusals: Refusals;
  call(request: WireRequest, model: ServiceModel): Call;
  decode(operation: OperationModel, request: WireRequest, labels: Record<string, string>): Record<string, unknown>;
  encode(operation: OperationModel, output: Record<string, unknown>, model: ServiceModel, request: WireRequest): WireResponse;
  error(error: AwsError, model: ServiceModel | undefined, request: WireRequest): WireResponse;
}

/** Only a label on a response; nothing depends on it. */
export function requestId(): string {
  return randomUUID();
}

/** The status of the model where the error did not choose one itself. */
export function statusOf(error: AwsError, known: ErrorModel | undefined): number {
  return error.status === 400 ? known?.status ?? 400 : error.status;
}

/** The members of an error as its schema may ask for them: both spellings of the message occur. */
export function errorMembers(error: AwsError): Record<string, unknown> {
  return { message: error.message, Message: error.message, ...error.members };
}
