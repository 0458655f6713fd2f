import { IncomingMessage, ServerResponse, type Server } from 'node:http';
import { Socket } from 'node:net';
import dynalite from 'dynalite';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What dynalite serves. */
export const engineOperations = [
  'BatchGetItem', 'BatchWriteItem', 'CreateTable', 'DeleteItem', 'DeleteTable', 'DescribeTable', 'GetItem', 'ListTables', 'PutItem', 'Query', 'Scan',
  'TagResource', 'UntagResource', 'ListTagsOfResource', 'UpdateItem', 'UpdateTable',
];

/** dynalite without a socket: requests are handed to its server object, which never listens. */
export class DynamoDbEngine {
  private readonly server: Server;

  public constructor(account: string, region: string) {
    // dynalite reads the account and the region of its ARNs from the environment, once.
    const { AWS_ACCOUNT_ID, AWS_REGION } = process.env;
    Object.assign(process.env, { AWS_ACCOUNT_ID: account, AWS_REGION: region });
    this.server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    for (const [name, value] of Object.entries({ AWS_ACCOUNT_ID, AWS_REGION })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }

  public request(operation: string, body: string): Promise<HttpResponse> {
    const socket = new Socket();
    const request = new IncomingMessage(socket);
    request.method = 'POST';
    request.url = '/';
    request.headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      'authorization': 'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    };
    const response = new ServerResponse(request);
    return new Promise((resolve, reject) => {
      response.end = ((text: string) => {
        socket.destroy();
        resolve({ status: response.statusCode, headers: response.getHeaders() as Record<string, string>, body: text });
        return response;
      }) as typeof response.end;
      request.on('error', reject);
      this.server.emit('request', request, response);
      request.push(body);
      request.push(null);
    });
  }
}
