// What scripts/constraints.mjs asks of the local AWS; bundled by it.
import { clientPackages } from '../../golden-images/src/wire/clients';
import { membersOf } from '../../golden-images/src/wire/model/schema';
import { ServiceModel } from '../../golden-images/src/wire/model/service-model';
import { allServices } from '../../golden-images/src/world';
import { inputTable } from '../../golden-images/src/world/cloudformation/inputs';
import { World } from '../../golden-images/src/world/kernel';
import { clientCaller, codeBuildCaller, type Caller } from '../../test/golden-images/constraints/callers';

/** Every operation that the local AWS models or to which CloudFormation sends properties, by signing name. */
export function operations(): Record<string, string[]> {
  const world = new World();
  const sent = Object.values(inputTable)
    .flatMap(({ service, operation, also = {} }) => [operation, ...Object.keys(also)].map((name) => [service, name]));
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

/**
 * Whether the installed client can send a member (`Tags.Key`): it drops what it does not know. True for services without a client, which are
 * called by hand.
 */
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

/** Calls an operation from outside: what it was refused with, if it was. */
export async function caller(signingName: string): Promise<Caller> {
  return signingName in clientPackages ? clientCaller(signingName) : codeBuildCaller();
}
