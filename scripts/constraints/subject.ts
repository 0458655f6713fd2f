// What scripts/constraints.mjs asks of the local AWS; bundled by it.
import { inProcessHandler } from '../../golden-images/src/wire';
import { clientPackages } from '../../golden-images/src/wire/clients';
import { membersOf } from '../../golden-images/src/wire/model/schema';
import { ServiceModel } from '../../golden-images/src/wire/model/service-model';
import { Wire } from '../../golden-images/src/wire/wire';
import { allServices } from '../../golden-images/src/world';
import { inputTable } from '../../golden-images/src/world/cloudformation/inputs';
import { World } from '../../golden-images/src/world/kernel';

type Exported = Record<string, new (input: object) => object>;
interface AnyClient {
  send(command: object): Promise<object>;
}

/** Every operation that the local AWS models or to which CloudFormation sends properties, by signing name. */
export function operations(): Record<string, string[]> {
  const world = new World();
  const sent = Object.values(inputTable).flatMap(({ service, operation, also = {} }) => [operation, ...Object.keys(also)].map((name) => [service, name]));
  return Object.fromEntries(allServices.map((type) => world.get(type)).map(({ signingName, operations: own }) => {
    const further = sent.filter(([service]) => service === signingName).map(([, name]) => name!);
    return [signingName, [...new Set([...Object.keys(own), ...further])]];
  }));
}

/** Those that clients can call. */
export function callable(): Record<string, string[]> {
  const world = new World();
  const services = allServices.map((type) => world.get(type)).filter((service) => service.signingName in clientPackages || 'raw' in service);
  return Object.fromEntries(services.map((service) => [service.signingName, Object.keys(service.operations)]));
}

/** Whether the installed client can send a member (`Tags.Key`): it drops what it does not know. True for services without a client, which are called by hand. */
export async function knows(signingName: string, operation: string, path: string): Promise<boolean> {
  const model = await ServiceModel.of(signingName);
  if (!model) return true;
  let schema = model.operation(operation)?.input;
  for (const name of path.split('.')) {
    while (schema?.isListSchema() || schema?.isMapSchema()) schema = schema.getValueSchema();
    schema = schema && new Map(membersOf(schema)).get(name);
  }
  return schema !== undefined;
}

/** Calls an operation through a client without sockets: what it was refused with, if it was. */
export async function caller(signingName: string): Promise<(operation: string, input: object) => Promise<string | undefined>> {
  const world = new World();
  if (!clientPackages[signingName]) return byHand(world, signingName);
  const exported = await clientPackages[signingName].load() as Exported;
  const client = clientOf(exported, world);
  return async (operation, input) => {
    try {
      await client.send(new exported[`${operation}Command`]!(input));
      return undefined;
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  };
}

/** Of a service whose client is not installed: the protocol awsJson1.1. */
function byHand(world: World, signingName: string): (operation: string, input: object) => Promise<string | undefined> {
  const wire = new Wire(world);
  const authorization = `AWS4-HMAC-SHA256 Credential=a/20260101/${world.region}/${signingName}/aws4_request`;
  return async (operation, input) => {
    const headers = { authorization, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `CodeBuild_20161006.${operation}` };
    const response = await wire.handle({ method: 'POST', path: '/', query: new URLSearchParams(), headers, body: Buffer.from(JSON.stringify(input)) });
    return response!.status === 200 ? undefined : String(response!.body);
  };
}

function clientOf(exported: Exported, world: World): AnyClient {
  const name = Object.keys(exported).find((each) => each.endsWith('Client') && !each.startsWith('__'))!;
  return new exported[name]!({
    region: world.region,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    endpoint: 'http://localhost',
    requestHandler: inProcessHandler(world),
  }) as AnyClient;
}
