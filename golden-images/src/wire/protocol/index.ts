import type { WireRequest } from '../message';
import { AwsJsonProtocol } from './aws-json';
import { CborProtocol } from './cbor';
import type { Protocol, ProtocolName } from './protocol';
import { Ec2QueryProtocol, QueryProtocol } from './query';
import { RestJsonProtocol } from './rest-json';
import { S3Protocol } from './rest-xml';

const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  query: new QueryProtocol(),
  ec2: new Ec2QueryProtocol(),
  json: new AwsJsonProtocol(),
  cbor: new CborProtocol(),
  restJson: new RestJsonProtocol(),
  restXml: new S3Protocol(),
};

/** RPC requests say what they speak (one service may speak several, as CloudWatch does by client version); others speak their service's. */
export function protocolOf(request: WireRequest, service: ProtocolName | undefined): Protocol {
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return protocols.cbor;
  if (request.headers['x-amz-target']) return protocols.json;
  if (service === 'restXml' || service === 'restJson') return protocols[service];
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return service === 'ec2' ? protocols.ec2 : protocols.query;
  return protocols[service ?? 'restJson'];
}
