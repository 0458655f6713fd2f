import { isWanted, plantedProblem } from './planted';
import { checkOverwritten, recordPublishing } from './published';
import { TransientError, type SeedPorts } from '../ports';

/** An `aws:ec2:image` parameter that is to exist. */
export interface WantedParameter {
  readonly name: string;
  readonly owner: string;
  readonly ami: string;
}

/** An AMI that was made or shared just now is not visible everywhere at once ("Eventual consistency in the Amazon EC2 API"). */
const VISIBLE_SECONDS = 60;
/** Validations may wait for each other: room for sixty of ten seconds, and for the function to say what is wrong before its time is up. */
const VALIDATED_SECONDS = 660;
/** A validation that failed says so by an event alone, and its cause may have passed: it is asked for again. */
const ASK_AGAIN_SECONDS = 300;
const LOOK_SECONDS = 3;

type Ports = Pick<SeedPorts, 'clock' | 'ledger' | 'log' | 'machineImages' | 'parameters' | 'wait'>;

/**
 * Asks for all, then looks until all are there: AWS answers before it has validated an AMI. None is overwritten, so that asking twice does
 * no harm, and an invocation after one that died goes on where that stopped. Throws with what AWS refused, and why, and where somebody was faster.
 */
export async function createParameters(wanted: readonly WantedParameter[], ports: Ports): Promise<void> {
  await untilVisible(wanted, ports);
  const [since, asked] = [ports.clock.now(), new Map<string, number>()];
  let missing = wanted;
  while (missing.length > 0) {
    await ask(missing, asked, ports);
    missing = await withoutFirstThere(missing, ports);
    if (missing.length > 0 && ports.clock.now() - since >= VALIDATED_SECONDS * 1000) return giveUp(missing, ports);
    if (missing.length > 0) await ports.wait(LOOK_SECONDS);
  }
}

/** What AWS would refuse is told in a minute, and by name, not when the last validation is overdue. */
async function untilVisible(wanted: readonly WantedParameter[], ports: Ports): Promise<void> {
  const since = ports.clock.now();
  for (;;) {
    const unusable = await unusableOf(wanted, ports);
    if (unusable.length === 0) return;
    if (ports.clock.now() - since >= VISIBLE_SECONDS * 1000) throw new Error(unusable.map((each) => `${says(each)}: ${NOT_AVAILABLE}`).join('; '));
    await ports.wait(LOOK_SECONDS);
  }
}

async function unusableOf(wanted: readonly WantedParameter[], { machineImages }: Ports): Promise<WantedParameter[]> {
  const usable = await machineImages.usable([...new Set(wanted.map(({ ami }) => ami))]);
  return wanted.filter(({ ami }) => !usable.includes(ami));
}

async function ask(missing: readonly WantedParameter[], asked: Map<string, number>, ports: Ports): Promise<void> {
  const { clock, parameters } = ports;
  for (const { name, ami } of missing) {
    const last = asked.get(name);
    if (last !== undefined && clock.now() - last < ASK_AGAIN_SECONDS * 1000) continue;
    const create = async (): Promise<void> => {
      if (last === undefined) await recordPublishing(name, ami, undefined, ports);
      await parameters.create(name, ami);
    };
    if (await passed(create)) asked.set(name, clock.now());
  }
}

/** All must be there in the end, so that the first which is not says enough. */
async function withoutFirstThere(missing: readonly WantedParameter[], ports: Ports): Promise<readonly WantedParameter[]> {
  let there = 0;
  while (there < missing.length) {
    let found = false;
    await passed(async () => { found = await isThere(missing[there]!, ports); });
    if (!found) break;
    there += 1;
  }
  return missing.slice(there);
}

/** A controller may have moved it on meanwhile; what nobody of ours wrote was planted between the look and the request. */
async function isThere(wanted: WantedParameter, ports: Ports): Promise<boolean> {
  const found = await ports.parameters.get(wanted.name);
  if (!found) return false;
  const isText = found.dataType !== undefined && found.dataType !== 'aws:ec2:image';
  if (!isWanted(found, wanted) && (isText || await checkOverwritten(wanted.name, found, ports))) throw new Error(plantedProblem(wanted, found));
  return true;
}

/** What cannot be told here for want of an answer counts as not validated. */
async function giveUp(missing: readonly WantedParameter[], ports: Ports): Promise<never> {
  let unusable: WantedParameter[] = [];
  await passed(async () => { unusable = await unusableOf(missing, ports); });
  const reasons: string[] = [];
  for (const each of missing) {
    if ((await withoutFirstThere([each], ports)).length > 0) reasons.push(`${says(each)}: ${unusable.includes(each) ? NOT_AVAILABLE : NOT_VALIDATED}`);
  }
  throw new Error(reasons.join('; ') || 'the last parameter came too late; deploy again');
}

const NOT_AVAILABLE = 'AWS has no available AMI of this id for this account in this region';
const NOT_VALIDATED = `AWS has not validated it in ${VALIDATED_SECONDS / 60} minutes; its events "Parameter Store Change" may say why`;

const says = ({ name, owner, ami }: WantedParameter): string => `${owner}: ${name} cannot hold ${ami}`;

/** False when the call is to be made again later. */
async function passed(call: () => Promise<void>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (error instanceof TransientError) return false;
    throw error;
  }
}
