import { broken, type Broken } from './sample';
import { allServices, World, type ResourceType } from '../../../golden-images/src/world';
import { inputTable } from '../../../golden-images/src/world/cloudformation/inputs';
import { constraintsOf, type ServiceConstraints } from '../../../golden-images/src/world/kernel/constraints';

const world = new World();

/** Every resource type that a service of the world has; those of CloudFormation itself stand for nothing outside of it. */
export const resourceTypes: ReadonlyArray<readonly [string, ResourceType]> = allServices.map((type) => world.get(type))
  .filter(({ signingName }) => signingName !== 'cloudformation')
  .flatMap((service) => Object.entries(service.resourceTypes));

export interface BrokenProperties extends Pick<Broken, 'path' | 'constraint' | 'value'> {
  readonly properties: Record<string, unknown>;
}

/** Properties of a type that break one constraint each of an operation to which they are sent. */
export function brokenProperties(type: string, { properties: modelled }: ResourceType): BrokenProperties[] {
  const { service, operation, also = {} } = inputTable[type]!;
  const model = constraintsOf(service)!;
  const own = model.operations[operation] === undefined ? [] : broken(model, model.operations[operation], namesOf(type, modelled));
  const further = Object.entries(also).flatMap(([name, members]) => (
    Object.entries(members).flatMap(([path, property]) => below(model, model.operations[name], path.split('.')).map((each) => at(property.split('.'), each)))
  ));
  return [...own, ...further].map(({ input, ...rest }) => ({ ...rest, properties: input as Record<string, unknown> }))
    .filter(({ path, value }) => Object.hasOwn(modelled, path[0]!) && !(value === '' && path.length === 1));
}

/** Under which name a member stands among the properties: as CloudFormation's template reference writes them. */
function namesOf(type: string, modelled: ResourceType['properties']): (member: string, depth: number) => string {
  const { aliases = {} } = inputTable[type]!;
  const capital = (member: string): string => member.charAt(0).toUpperCase() + member.slice(1);
  return (member, depth) => aliases[member] ?? (depth === 0 && Object.hasOwn(modelled, member) ? member : capital(member));
}

/** What may be broken at a path of members and below it. */
function below(model: ServiceConstraints, structure: string | undefined, [member, ...rest]: readonly string[]): Broken[] {
  const shape = structure === undefined ? undefined : model.structures[structure]?.[member!];
  if (shape === undefined) return [];
  const list = model.shapes[shape]?.type === 'list' ? model.shapes[shape].item : undefined;
  if (rest.length > 0) return below(model, list ?? shape, rest);
  return broken({ ...model, structures: { ...model.structures, '': { value: shape } } }, '');
}

function at(property: readonly string[], { input, path, ...rest }: Broken): Broken {
  const { value } = input as { value: unknown };
  const wrapped = property.reduceRight<unknown>((inner, step) => ({ [step.replace('[]', '')]: step.endsWith('[]') ? [inner] : inner }), value);
  return { ...rest, path: [...property.map((step) => step.replace('[]', '')), ...path.slice(1)], input: wrapped };
}
