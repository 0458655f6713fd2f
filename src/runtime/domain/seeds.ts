import { FLEET_ROOT, PARAMETER_ROOT, releaseDocumentName, SCHEMA_VERSION, type RegistryDocument, type SeedParameter } from '../../contract';

export interface SeededParameter {
  readonly owner: string;
  /** Whether it was absent before: what we did not create, we do not remove. */
  readonly created: boolean;
  /** What it was created with, or held when it was taken as it was; absent where an earlier version of this library did that. */
  readonly ami?: string;
  /** When it was given up; the sweep removes it once nothing needs it. */
  readonly tombstone?: string;
}

/** The ledger record under `ledgerKey.seeds`. */
export interface SeedsRecord {
  readonly schemaVersion: number;
  readonly parameters: Readonly<Record<string, SeededParameter>>;
}

export const noSeeds: SeedsRecord = { schemaVersion: SCHEMA_VERSION, parameters: {} };

/** What a deploy met. */
export interface MetParameters {
  /** What is about to be created. */
  readonly absent: ReadonlySet<string>;
  /** What each holds that is about to be created, or is taken as it is. */
  readonly amis: ReadonlyMap<string, string>;
}

/** The record after a deploy: what it names is looked after, what it no longer names is given up. */
export function declareSeeds(
  before: SeedsRecord, declared: readonly SeedParameter[], { absent, amis }: MetParameters, at: string,
): SeedsRecord {
  const parameters: Record<string, SeededParameter> = { ...giveUpSeeds(before, at).parameters };
  for (const { name, owner } of declared) {
    const ami = amis.get(name) ?? before.parameters[name]?.ami;
    parameters[name] = { owner, created: absent.has(name) || (before.parameters[name]?.created ?? false), ...(ami ? { ami } : {}) };
  }
  return { ...before, parameters };
}

/** The record after everything in it was given up, or what is named. */
export function giveUpSeeds(before: SeedsRecord, at: string, names = Object.keys(before.parameters)): SeedsRecord {
  const parameters = Object.entries(before.parameters).map(([name, seeded]) =>
    [name, names.includes(name) ? { tombstone: at, ...seeded } : seeded] as const);
  return { ...before, parameters: Object.fromEntries(parameters) };
}

export function forgetSeeds(before: SeedsRecord, names: readonly string[]): SeedsRecord {
  return { ...before, parameters: Object.fromEntries(Object.entries(before.parameters).filter(([name]) => !names.includes(name))) };
}

export const tombstones = ({ parameters }: SeedsRecord): string[] =>
  Object.keys(parameters).filter((name) => parameters[name]!.tombstone !== undefined);

/** Whether anything that the stack intends reads or writes a parameter. */
export function isIntended(name: string, { images, fleets, lookups = [] }: RegistryDocument): boolean {
  return images.some(({ channels, parent }) =>
    channels.some(({ parameterName }) => parameterName === name) || (parent.type === 'image' && parent.parameterName === name))
    || lookups.some(({ parameterName }) => parameterName === name)
    || fleets.some(({ parameterName, follows }) => parameterName === name || follows.parameterName === name);
}

export type SeedTarget =
  | { readonly type: 'channel'; readonly namespace: string; readonly image: string; readonly channel: string }
  | { readonly type: 'fleet'; readonly namespace: string; readonly fleet: string };

/** Whose parameter a name is; undefined for one that is not ours. */
export function seedTarget(name: string): SeedTarget | undefined {
  const [namespace, first, second, third] = withoutRoot(name);
  if (name.startsWith(`${PARAMETER_ROOT}/`) && namespace && first && second && third === undefined) {
    return { type: 'channel', namespace, image: first, channel: second };
  }
  const isFleet = name.startsWith(`${FLEET_ROOT}/`) && first === 'fleets' && third === 'image';
  return isFleet && namespace && second ? { type: 'fleet', namespace, fleet: second } : undefined;
}

/** What the controllers write beside a seeded parameter. */
export function companions(name: string): string[] {
  const target = seedTarget(name);
  if (target?.type === 'channel') return [releaseDocumentName(name)];
  return target?.type === 'fleet' ? [name.replace(/\/image$/, '/status')] : [];
}

function withoutRoot(name: string): string[] {
  const root = name.startsWith(`${PARAMETER_ROOT}/`) ? PARAMETER_ROOT : FLEET_ROOT;
  return name.slice(root.length + 1).split('/');
}
