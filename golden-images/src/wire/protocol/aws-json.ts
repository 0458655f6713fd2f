import type { AwsError } from '../../world/kernel';
import { utf8, type WireRequest, type WireResponse } from '../message';
import { JsonBody } from './json-body';
import { errorMembers, jsonRefusals, requestId, statusOf, type Call, type Protocol } from './protocol';
import { queryErrorHeader } from './query-compatible';
import type { OperationModel, ServiceModel } from '../model/service-model';

/** awsJson1.0 and 1.1: POST, the operation in X-Amz-Target. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export class AwsJsonProtocol implements Protocol {
  public readonly missingCode = 'ValidationException';
  public readonly refusals = jsonRefusals;
  private readonly body = new JsonBody({ rest: false });

  public call(request: WireRequest, model: ServiceModel): Call {
    const name = (request.headers['x-amz-target'] ?? '').split('.').at(-1)!;
    return { name, operation: model.operation(name), labels: {} };
  }

  public decode(operation: OperationModel, request: WireRequest): Record<string, unknown> {
    return this.body.read(operation.input, utf8(request.body));
  }

  public encode(operation: OperationModel, output: Record<string, unknown>, _model: ServiceModel, request: WireRequest): WireResponse {
    return { status: 200, headers: headers(request), body: this.body.write(operation.output, output) };
  }

  public error(error: AwsError, model: ServiceModel | undefined, request: WireRequest): WireResponse {
    const known = model?.error(error.code);
    const members = known ? JSON.parse(this.body.write(known.schema, errorMembers(error))) as object : {};
    return {
      status: statusOf(error, known),
      headers: { ...headers(request), ...queryErrorHeader(error, known, request) },
      body: JSON.stringify({ __type: known ? `${model!.namespace}#${known.name}` : error.code, message: error.message, ...members }),
    };
  }
}

function headers(request: WireRequest): Record<string, string> {
  return { 'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId() };
}
