import { JsonBody } from './json-body';
import { errorMembers, jsonRefusals, requestId, statusOf, type Call, type Protocol } from './protocol';
import type { AwsError } from '../../world/kernel';
import { readRestInput, type BodyReader } from '../codec/rest-input';
import { writeRestOutput, type BodyWriter } from '../codec/rest-output';
import { utf8, type WireRequest, type WireResponse } from '../message';
import type { OperationModel, ServiceModel } from '../model/service-model';

/** restJson1: method and path name the operation, JSON bodies. https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export class RestJsonProtocol implements Protocol {
  public readonly missingCode = 'ValidationException';
  public readonly refusals = { ...jsonRefusals, status: 403 };
  private readonly json = new JsonBody({ rest: true });
  private readonly reader: BodyReader = {
    structure: (schema, body) => this.json.read(schema, utf8(body)),
  };

  private readonly writer: BodyWriter = {
    contentType: 'application/json',
    structure: (schema, value) => this.json.write(schema, value),
    payload: (schema, value) => this.json.write(schema, value),
  };

  public call(request: WireRequest, model: ServiceModel): Call {
    const found = model.routed(request);
    return { name: found?.operation.name ?? `${request.method} ${request.path}`, operation: found?.operation, labels: found?.labels ?? {} };
  }

  public decode(operation: OperationModel, request: WireRequest, labels: Record<string, string>): Record<string, unknown> {
    return readRestInput(operation.input, request, labels, this.reader);
  }

  public encode(operation: OperationModel, output: Record<string, unknown>): WireResponse {
    const response = writeRestOutput(operation.output, output, operation.route?.status ?? 200, this.writer);
    return { ...response, headers: { 'x-amzn-requestid': requestId(), ...response.headers } };
  }

  public error(error: AwsError, model: ServiceModel | undefined): WireResponse {
    const known = model?.error(error.code);
    const members = known ? JSON.parse(this.json.write(known.schema, errorMembers(error))) as object : {};
    return {
      status: statusOf(error, known),
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId(), 'x-amzn-errortype': known?.name ?? error.code },
      body: JSON.stringify({ message: error.message, ...members }),
    };
  }
}
