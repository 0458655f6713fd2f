import { queryRefusals, requestId, statusOf, type Call, type Protocol, type Refusals } from './protocol';
import type { AwsError } from '../../world/kernel';
import { QueryInput } from '../codec/query-input';
import { element, escapeXml, xmlMembers } from '../codec/xml-output';
import { utf8, type WireRequest, type WireResponse } from '../message';
import type { OperationModel, ServiceModel } from '../model/service-model';

const HEADERS = { 'content-type': 'text/xml' };

/** awsQuery: form parameters in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export class QueryProtocol implements Protocol {
  public readonly missingCode: string = 'ValidationError';
  public readonly refusals: Refusals = queryRefusals;
  protected readonly input = new QueryInput(false);

  public call(request: WireRequest, model: ServiceModel): Call {
    const name = new URLSearchParams(utf8(request.body)).get('Action') ?? '';
    return { name, operation: model.operation(name), labels: {} };
  }

  public decode(operation: OperationModel, request: WireRequest): Record<string, unknown> {
    return this.input.read(operation.input, utf8(request.body));
  }

  public encode(operation: OperationModel, output: Record<string, unknown>): WireResponse {
    const result = operation.output.isStructSchema() ? element(`${operation.name}Result`, xmlMembers(operation.output, output)) : '';
    const metadata = element('ResponseMetadata', element('RequestId', requestId()));
    return { status: 200, headers: HEADERS, body: element(`${operation.name}Response`, result + metadata) };
  }

  public error(error: AwsError, model: ServiceModel | undefined): WireResponse {
    const known = model?.error(error.code);
    const status = statusOf(error, known);
    const members = known ? xmlMembers(known.schema, error.members) : '';
    const content = element('Type', status < 500 ? 'Sender' : 'Receiver') + code(error, known?.code) + members;
    return { status, headers: HEADERS, body: element('ErrorResponse', element('Error', content) + element('RequestId', requestId())) };
  }
}

/** ec2Query: as awsQuery, with its own names of members and its own frame. https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export class Ec2QueryProtocol extends QueryProtocol {
  public override readonly missingCode = 'MissingParameter';
  /** EC2 has one answer to all of it (aws/aws-sdk-java#2508; Amazon EC2 API reference, "Common client error codes"). */
  public override readonly refusals: Refusals = {
    ...queryRefusals,
    key: 'AuthFailure',
    keyMessage: 'AWS was not able to validate the provided access credentials',
    signature: 'AuthFailure',
    body: 'AuthFailure',
    status: 401,
  };

  protected override readonly input = new QueryInput(true);

  public override encode(operation: OperationModel, output: Record<string, unknown>): WireResponse {
    const members = xmlMembers(operation.output, output);
    return { status: 200, headers: HEADERS, body: element(`${operation.name}Response`, element('requestId', requestId()) + members) };
  }

  public override error(error: AwsError): WireResponse {
    const errors = element('Errors', element('Error', code(error)));
    return { status: error.status, headers: HEADERS, body: element('Response', errors + element('RequestID', requestId())) };
  }
}

function code(error: AwsError, known = error.code): string {
  return element('Code', escapeXml(known)) + element('Message', escapeXml(error.message));
}
