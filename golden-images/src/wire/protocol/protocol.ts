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

/** One of the protocols that AWS clients speak, seen from the service's side. */
export interface Protocol {
  /** The code of the error for a required member that is absent (assumption: missing-member-codes). */
  readonly missingCode: string;
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
