import { packerValues } from './expressions';
import { RandomExpressions } from './random-expressions';
import { ourValues } from '../packer/helpers/expressions';
import { randomFrom } from '../packer/helpers/mutate';

const BATCH = 500;
const COUNT = 3_000;

interface Difference {
  readonly text: string;
  readonly theirs: string | undefined;
  readonly ours: string | undefined;
}

/** A value that is another one, one that we refuse, one that Packer refuses. */
const KINDS = {
  'have another value': ({ theirs, ours }: Difference) => theirs !== undefined && ours !== undefined,
  'are refused by us alone': ({ ours }: Difference) => ours === undefined,
  'are refused by Packer alone': ({ theirs }: Difference) => theirs === undefined,
};

/** Compares random expressions; `--soak=SEED` those of a seed. Fails where a value is another one. */
export function soak(packer: string, option: string): void {
  const seed = Number(option.split('=')[1] ?? Date.now() % 1_000_000);
  const made = new RandomExpressions(randomFrom(seed));
  const differences = new Map<string, Difference>();
  let valued = 0;
  for (let done = 0; done < COUNT; done += BATCH) {
    const batch = new Map<string, string[]>();
    for (let index = 0; index < BATCH; index++) batch.set(made.next(), made.parts);
    const compared = compare(packer, [...batch.keys()]);
    valued += compared.filter(({ theirs }) => theirs !== undefined).length;
    for (const difference of least(packer, compared.filter(differs), batch)) differences.set(difference.text, difference);
  }
  console.log(`random: ${COUNT} expressions of seed ${seed}, of which Packer reads ${valued}`);
  for (const [kind, is] of Object.entries(KINDS)) report(kind, [...differences.values()].filter(is));
  if ([...differences.values()].some(KINDS['have another value'])) {
    throw new Error(`expressions of seed ${seed} have another value: mend the reader, and add them to test/oracle/expressions.txt`);
  }
}

function compare(packer: string, texts: ReadonlyArray<string>): Difference[] {
  const [theirs, ours] = [packerValues(packer, texts), ourValues(texts)];
  return texts.map((text) => ({ text, theirs: theirs.get(text), ours: ours.get(text) }));
}

/** A zero has no sign with us. */
function differs({ theirs, ours }: Difference): boolean {
  return theirs !== ours && theirs?.replace(/(?<![\w.-])-0(?![\d.])/g, '0') !== ours;
}

/** The least parts that differ, instead of the whole. */
function least(packer: string, different: ReadonlyArray<Difference>, parts: ReadonlyMap<string, string[]>): Difference[] {
  const all = [...new Set(different.flatMap(({ text }) => parts.get(text)!))];
  const smaller = new Map((all.length === 0 ? [] : compare(packer, all).filter(differs)).map((each) => [each.text, each]));
  const smallest = ({ text }: { text: string }) => parts.get(text)!
    .flatMap((part) => smaller.get(part) ?? []).sort((a, b) => a.text.length - b.text.length)[0];
  return different.map((whole) => smallest(whole) ?? whole);
}

function report(kind: string, differences: ReadonlyArray<Difference>): void {
  console.log(`- ${differences.length} ${kind}`);
  for (const { text, theirs, ours } of differences) console.log(`    ${text}\n      Packer: ${theirs ?? 'refused'}\n      we:     ${ours ?? 'refused'}`);
}
