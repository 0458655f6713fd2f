import { CborCodec, cbor } from '@smithy/core/cbor';
import { NotModelled, type AwsError } from '../../world/kernel';
import type { WireRequest, WireResponse } from '../message';
import { errorMembers, jsonRefusals, requestId, statusOf, type Call, type Protocol } from './protocol';
import { queryErrorHeader } from './query-compatible';
import { unknownMembers } from '../model/inspect';
import type { OperationModel, ServiceModel } from '../model/service-model';

const HEADERS = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };

/** Smithy RPC v2 with CBOR bodies: POST /service/X/operation/Y. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export class CborProtocol implements Protocol {
  public readonly missingCode = 'ValidationException';
  public readonly refusals = jsonRefusals;
  private readonly codec = new CborCodec();
  private readonly serializer = this.codec.createSerializer();

  public call(request: WireRequest, model: ServiceModel): Call {
    const name = request.path.split('/').at(-1)!;
    return { name, operation: model.operation(name), labels: {} };
  }

  public decode(operation: OperationModel, request: WireRequest): Record<string, unknown> {
    if (request.body.byteLength === 0 || !operation.input.isStructSchema()) return {};
    const raw: unknown = cbor.deserialize(request.body);
    const [unknown] = unknownMembers(operation.input, raw);
    if (unknown !== undefined) throw new NotModelled(`the parameter ${unknown}`);
    return this.codec.createDeserializer().readValue(operation.input, raw) as Record<string, unknown>;
  }

  public encode(operation: OperationModel, output: Record<string, unknown>): WireResponse {
    if (!operation.output.isStructSchema()) return { status: 200, headers: headers(), body: cbor.serialize({}) };
    this.serializer.write(operation.output, output);
    return { status: 200, headers: headers(), body: this.serializer.flush() };
  }

  public error(error: AwsError, model: ServiceModel | undefined, request: WireRequest): WireResponse {
    const known = model?.error(error.code);
    return {
      status: statusOf(error, known),
      headers: { ...headers(), ...queryErrorHeader(error, known, request) },
      body: cbor.serialize({ __type: known ? `${model!.namespace}#${known.name}` : error.code, ...errorMembers(error) }),
    };
  }
}

function headers(): Record<string, string> {
  return { ...HEADERS, 'x-amzn-requestid': requestId() };
}
