import { createParameters, type WantedParameter } from './create-parameters';
import { knownValue, trustedValue } from './known-value';
import { planted } from './planted';
import { recordPublished } from './published';
import { removeSeeds } from './remove-seeds';
import { describeLookup, ledgerKey, type SeedParameter, type SeedProperties, type SeedSource } from '../../contract';
import { iso } from '../domain/image';
import { newestAmi } from '../domain/lookup';
import { declareSeeds, giveUpSeeds, noSeeds, tombstones, type SeedsRecord } from '../domain/seeds';
import { TransientError, type SeedPorts, type StackState } from '../ports';

/** Creates what is absent, restores what the ledger knows better, never overwrites. Refuses what somebody planted before the ledger knew of it. */
export async function declare({ Parameters: text }: SeedProperties, ports: SeedPorts): Promise<void> {
  const declared = JSON.parse(text) as SeedParameter[];
  const absent = await absentOf(declared, ports);
  const { document, revision } = await ports.ledger.read<SeedsRecord>(ledgerKey.seeds);
  const unknown = new Set(declared.map(({ name }) => name).filter((name) => !document?.parameters[name]));
  const wanted = await wantedOf(declared.filter(({ name }) => absent.has(name) || unknown.has(name)), ports);
  const problems = await planted(wanted.filter(({ name }) => unknown.has(name)), ports);
  if (problems.length > 0) throw new Error(problems.join('; '));
  // What was there, and right, is held to that; while it is unknown, so that an invocation after one that died does it too.
  for (const { name, ami } of wanted.filter((each) => !absent.has(each.name))) await recordPublished(name, ami, ports);
  // Recorded before anything is created: what a crash leaves behind is known to be ours.
  const amis = new Map(wanted.map(({ name, ami }) => [name, ami]));
  await ports.ledger.write(ledgerKey.seeds, declareSeeds(document ?? noSeeds, declared, { absent, amis }, iso(ports.clock.now())), revision);
  await createParameters(wanted.filter(({ name }) => absent.has(name)), ports);
  await removeGivenUp(absent, ports);
}

/** A stack that was taken back while this waited has not seen what appeared after that. */
async function removeGivenUp(created: ReadonlySet<string>, ports: SeedPorts): Promise<void> {
  const { document } = await ports.ledger.read<SeedsRecord>(ledgerKey.seeds);
  const givenUp = document ? tombstones(document).filter((name) => created.has(name)) : [];
  if (document && givenUp.length > 0) await removeSeeds(document, givenUp, ports);
}

/**
 * Gives up the parameters of a resource that is deleted; another namespace is another resource, whose parameters stay. While the stack itself
 * goes, nobody is left to sweep: they are removed at once. Otherwise the sweep removes them once the stack has settled. Gives the names of
 * what is left behind.
 */
export async function withdraw({ Parameters: text }: SeedProperties, stackId: string, ports: SeedPorts): Promise<string[]> {
  const { document, revision } = await ports.ledger.read<SeedsRecord>(ledgerKey.seeds);
  if (!document) return [];
  const names = (JSON.parse(text) as SeedParameter[]).map(({ name }) => name);
  const given = giveUpSeeds(document, iso(ports.clock.now()), names);
  await ports.ledger.write(ledgerKey.seeds, given, revision);
  const ours = tombstones(given).filter((name) => given.parameters[name]!.created);
  const state = await stateOf(stackId, ports);
  if (state === undefined) return ours;
  if (!['deleting', 'gone', 'rolling-back'].includes(state)) return [];
  const removed = await removeSeeds(given, tombstones(given), ports);
  return ours.filter((name) => !removed.includes(name));
}

/** Undefined when it cannot be told: a deletion must not fail for that. */
async function stateOf(stackId: string, { stacks, log }: SeedPorts): Promise<StackState | undefined> {
  try {
    return await stacks.state(stackId);
  } catch (error) {
    if (error instanceof TransientError) throw error;
    log.warn('stack-unreadable', { stackId, reason: (error as Error).message });
    return undefined;
  }
}

async function absentOf(declared: readonly SeedParameter[], { parameters }: SeedPorts): Promise<Set<string>> {
  const absent = new Set<string>();
  for (const { name } of declared) if (!await parameters.get(name)) absent.add(name);
  return absent;
}

/** What each shall hold. One that reads an earlier one gets its value before AWS has validated that. */
async function wantedOf(declared: readonly SeedParameter[], ports: SeedPorts): Promise<WantedParameter[]> {
  const wanted: WantedParameter[] = [];
  for (const { name, owner, source } of declared) {
    const known = await knownValue(name, ports);
    const ami = known ?? await valueOf(source, wanted, ports);
    if (ami === undefined) throw new Error(`${owner}: nothing to start from: ${describe(source)} does not exist; give an initialAmi`);
    wanted.push({ name, owner, ami });
    ports.log.info('parameter-wanted', { parameter: name, value: ami, from: known ? 'ledger' : describe(source) });
  }
  return wanted;
}

async function valueOf(source: SeedSource, wanted: readonly WantedParameter[], ports: SeedPorts): Promise<string | undefined> {
  const { candidates, clock, parentAmis } = ports;
  switch (source.type) {
    case 'ami': return source.imageId;
    case 'parameter': return wanted.find(({ name }) => name === source.name)?.ami ?? trustedValue(source, ports);
    case 'imagebuilder': return parentAmis.ofImage(source.arn);
    case 'lookup': return newestAmi(await candidates.matching(source.lookup), source.lookup, clock.now());
  }
}

function describe(source: SeedSource): string {
  switch (source.type) {
    case 'ami': return source.imageId;
    case 'parameter': return `the parameter ${source.name}`;
    case 'imagebuilder': return `an AMI of ${source.arn} in this region`;
    case 'lookup': return `${describeLookup(source.lookup)} in this region`;
  }
}
