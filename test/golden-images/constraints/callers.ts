import { inProcessHandler } from '../../../golden-images/src/wire';
import { clientPackages } from '../../../golden-images/src/wire/clients';
import { Wire } from '../../../golden-images/src/wire/wire';
import { World } from '../../../golden-images/src/world';

/** Calls an operation from outside: what it was refused with, if it was. */
export type Caller = (operation: string, input: object) => Promise<string | undefined>;

interface AnyClient {
  send(command: object): Promise<object>;
}
type Exported = Record<string, new (input: object) => object>;

/** Through the client of a service, without sockets. */
export async function clientCaller(signingName: string): Promise<Caller> {
  const world = new World();
  const exported = await clientPackages[signingName]!.load() as Exported;
  const name = Object.keys(exported).find((each) => each.endsWith('Client') && !each.startsWith('__'))!;
  const client = new exported[name]!({
    region: world.region,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    endpoint: 'http://localhost',
    requestHandler: inProcessHandler(world),
  }) as AnyClient;
  return async (operation, input) => {
    try {
      await client.send(new exported[`${operation}Command`]!(input));
      return undefined;
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  };
}

/** By hand, in the protocol awsJson1.1: for AWS CodeBuild, whose client is not installed. */
export function codeBuildCaller(): Caller {
  const world = new World();
  const wire = new Wire(world);
  const authorization = `AWS4-HMAC-SHA256 Credential=a/20260101/${world.region}/codebuild/aws4_request`;
  return async (operation, input) => {
    const headers = { authorization, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `CodeBuild_20161006.${operation}` };
    const response = await wire.handle({ method: 'POST', path: '/', query: new URLSearchParams(), headers, body: Buffer.from(JSON.stringify(input)) });
    return response!.status === 200 ? undefined : String(response!.body);
  };
}
