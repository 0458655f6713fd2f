import type { NormalizedSchema } from '@smithy/core/schema';
import { clientPackages } from '../../../golden-images/src/wire/clients';
import { membersOf, requiredMembers } from '../../../golden-images/src/wire/model/schema';
import { ServiceModel } from '../../../golden-images/src/wire/model/service-model';
import { allServices, World, type Service } from '../../../golden-images/src/world';
import { constraintsOf } from '../../../golden-images/src/world/kernel/constraints';
import { clientCaller, codeBuildCaller } from '../constraints/callers';
import { broken, spread, type Broken } from '../constraints/sample';

/** Only CloudFormation and AWS Lambda reach it: it is not served. */
const INSIDE = ['logs'];
/** Clients stop before they send one; answers to HEAD name no member. */
const NOT_SENT = ['ChecksumAlgorithm', 'EndpointId'];
const UNNAMED = ['HeadObject', 'HeadBucket'];
const world = new World();
const services = allServices.map((type) => world.get(type)).map((service): [string, Service] => [service.signingName, service]);

test.each(services)('%s has constraints for its operations, and is served or known not to be', (name, service) => {
  const operations = Object.keys(constraintsOf(name)?.operations ?? {});
  expect(operations.filter((operation) => service.operations[operation]).length).toBeGreaterThan(0);
  expect(name in clientPackages || 'raw' in service).toBe(!INSIDE.includes(name));
});

test.each(services.filter(([name]) => !INSIDE.includes(name)))('%s refuses by name what its model forbids', async (name, service) => {
  const call = name in clientPackages ? await clientCaller(name) : codeBuildCaller();
  const sampled = spread(await samples(name, service), 30);
  expect(sampled.length).toBeGreaterThan(0);
  const accepted: string[] = [];
  for (const { operation, path, constraint, input } of sampled) {
    const refusal = await call(operation, input as object);
    if (!refusal?.toLowerCase().includes(path.at(-1)!.toLowerCase())) accepted.push(`${operation} ${path.join('.')} (${constraint}): ${refusal}`);
  }
  expect(accepted).toEqual([]);
});

interface Sample extends Broken {
  readonly operation: string;
}

/** Of every operation that clients can call; what no request can say is left out. */
async function samples(name: string, service: Service): Promise<Sample[]> {
  const model = constraintsOf(name)!;
  const schemas = await ServiceModel.of(name);
  const callable = Object.entries(model.operations).filter(([operation]) => service.operations[operation] && !UNNAMED.includes(operation));
  return callable.flatMap(([operation, structure]) => {
    const input = schemas?.operation(operation)?.input;
    return broken(model, structure)
      .filter(({ path, value }) => !NOT_SENT.includes(path.at(-1)!) && !isEmpty(value) && (!schemas || input && knows(input, path)))
      .map((each) => ({ ...each, operation, input: { ...addressed(input), ...each.input as object } }));
  });
}

/** Paths cannot hold empty labels, pairs no empty lists. */
const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);

/** Clients drop what they do not know. */
function knows(input: NormalizedSchema, path: readonly string[]): boolean {
  let schema: NormalizedSchema | undefined = input;
  for (const member of path) {
    while (schema?.isListSchema() || schema?.isMapSchema()) schema = schema.getValueSchema();
    schema = schema && new Map(membersOf(schema)).get(member);
  }
  return schema !== undefined;
}

/** What tells the operation of a REST request: labels of its path, what is demanded of query and headers; and a body where one is streamed. */
function addressed(input: NormalizedSchema | undefined): Record<string, unknown> {
  const required = new Set(input ? [...requiredMembers(input)].map(([member]) => member) : []);
  const members = (input ? [...membersOf(input)] : []).filter(([member, schema]) => {
    const { httpLabel, httpQuery, httpHeader, httpPayload } = schema.getMergedTraits();
    const demanded = required.has(member) && (httpQuery ?? httpHeader) !== undefined;
    return httpLabel !== undefined || demanded || (httpPayload !== undefined && schema.isBlobSchema());
  });
  return Object.fromEntries(members.map(([member, schema]) => [member, schema.isNumericSchema() ? 1 : 'aaa']));
}
