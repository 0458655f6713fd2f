/* eslint-disable import/no-extraneous-dependencies -- every client of the SDK brings the signer along */
import { request as httpRequest } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';

const code = `exports.handler = async (event) => {
  if (event.rawPath === '/fails') throw new Error('no');
  return { statusCode: 202, headers: { 'X-Seen': 'yes', 'Content-Length': '9999' }, body: JSON.stringify(event) };
};`;
const role = { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] } };
const functionOf = (authType: string): object => ({
  [`${authType}Function`]: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs20.x', Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { ZipFile: code } },
  },
  [`${authType}Url`]: {
    Type: 'AWS::Lambda::Url',
    Properties: { AuthType: authType.replace('IAM', 'AWS_IAM'), TargetFunctionArn: { 'Fn::GetAtt': [`${authType}Function`, 'Arn'] } },
  },
});
const template = {
  Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'operator', ...role } }, ...functionOf('IAM'), ...functionOf('NONE') },
  Outputs: Object.fromEntries(['IAM', 'NONE'].map((type) => [type, { Value: { 'Fn::GetAtt': [`${type}Url`, 'FunctionUrl'] } }])),
};
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

let local: LocalAws;

/** What an operator's command does: signs for lambda and sends. */
async function signed(url: string, body: string, over: Partial<{ credentials: Credentials; service: string }> = {}): Promise<Response> {
  const { hostname, port, pathname } = new URL(url);
  const signer = new SignatureV4({ service: 'lambda', region: 'eu-central-1', sha256: Sha256, credentials: local.credentials, ...over });
  const headers = { 'host': `${hostname}:${port}`, 'content-type': 'application/json' };
  const request = await signer.sign({ method: 'POST', protocol: 'http:', hostname, port: Number(port), path: pathname, query: {}, headers, body });
  return fetch(url, { method: 'POST', headers: request.headers, body });
}

describe('function URLs over HTTP', () => {
  let urls: Record<string, string>;

  beforeAll(async () => {
    local = await LocalAws.start();
    const client = new CloudFormationClient({ region: 'eu-central-1', endpoint: local.url, credentials: local.credentials });
    await client.send(new CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { StackName: 's' });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 's' }));
    urls = Object.fromEntries(Stacks![0]!.Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
    client.destroy();
  });
  afterAll(() => local.close());

  test('a signed request reaches the function, which is told who signed', async () => {
    const answer = await signed(`${urls.IAM}promote/web`, '{"a":1}');
    expect(answer.status).toBe(202);
    expect(answer.headers.get('x-seen')).toBe('yes');
    expect(await answer.json()).toMatchObject({
      version: '2.0',
      rawPath: '/promote/web',
      body: '{"a":1}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '123456789012',
        http: { method: 'POST', path: '/promote/web' },
        authorizer: { iam: { accessKey: 'local', userArn: 'arn:aws:iam::123456789012:root' } },
        time: expect.stringMatching(/^\d\d\/Jan\/2026:\d\d:\d\d:\d\d \+0000$/),
      },
    });
  });

  test('an assumed role is told by its session', async () => {
    const sts = new STSClient({ region: 'eu-central-1', endpoint: local.url, credentials: local.credentials });
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/operator', RoleSessionName: 'ann' }));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials!;
    const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken: sessionToken! };
    const answer = await signed(urls.IAM!, '', { credentials });
    expect(await answer.json()).toMatchObject({ requestContext: { authorizer: { iam: { userArn: 'arn:aws:sts::123456789012:assumed-role/operator/ann' } } } });
    sts.destroy();
  });

  test('a request that is unsigned, or signed for another service or with another secret, is forbidden', async () => {
    const guessed = { accessKeyId: 'local', secretAccessKey: 'local' };
    for (const answer of [await fetch(urls.IAM!), await signed(urls.IAM!, '', { service: 's3' }), await signed(urls.IAM!, '', { credentials: guessed })]) {
      expect(answer.status).toBe(403);
      expect(answer.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
      expect(await answer.json()).toEqual({ Message: 'Forbidden' });
    }
  });

  test('without authorization anybody may call; queries, bytes and failures arrive', async () => {
    const answer = await fetch(`${urls.NONE}?a=1&a=2`, { method: 'POST', body: Buffer.from([255, 0]), headers: { 'content-type': 'application/octet-stream' } });
    expect(await answer.json()).toMatchObject({
      queryStringParameters: { a: '1,2' }, body: '/wA=', isBase64Encoded: true, requestContext: { accountId: 'anonymous' },
    });
    expect((await fetch(`${urls.NONE}fails`)).status).toBe(502);
    expect((await fetch(`${local.url}/_lambda/urls/${'0'.repeat(32)}/`)).status).toBe(404);
  });

  test.each([['localhost', 202], ['on.aws', 403]])('the host name <id>.lambda-url.<region>.%s is answered with %d', async (domain, wanted) => {
    const id = urls.NONE!.split('/').at(-2)!;
    const { port } = new URL(local.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `${id}.lambda-url.eu-central-1.${domain}:${port}` };
      httpRequest({ host: '127.0.0.1', port, path: '/', headers, agent: false }, (response) => resolve(response.resume().statusCode)).on('error', reject).end();
    });
    expect(status).toBe(wanted);
  });
});
