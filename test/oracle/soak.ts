import { packerValues } from './expressions';
import { RandomExpressions } from './random-expressions';
import { ourValues } from '../packer/helpers/expressions';
import { randomFrom } from '../packer/helpers/mutate';

const BATCH = 500;

/** Compares expressions of a seed: the least parts of them that differ. */
export function soak(packer: string, seed: number, count: number): void {
  const made = new RandomExpressions(randomFrom(seed));
  const differences = new Map<string, string>();
  let valued = 0;
  for (let done = 0; done < count; done += BATCH) {
    const parts = new Map<string, string[]>();
    for (let index = 0; index < BATCH; index++) parts.set(made.next(), made.parts);
    const whole = compare(packer, [...parts.keys()]);
    valued += whole.valued;
    const suspects = [...new Set([...whole.different.keys()].flatMap((text) => [text, ...parts.get(text)!]))];
    const { different } = suspects.length === 0 ? whole : compare(packer, suspects);
    for (const text of whole.different.keys()) {
      const least = [text, ...parts.get(text)!].filter((part) => different.has(part)).sort((a, b) => a.length - b.length)[0] ?? text;
      differences.set(least, different.get(least) ?? whole.different.get(text)!);
    }
  }
  console.log(`random: ${count} expressions of seed ${seed}, ${valued} with a value; ${differences.size} differ`);
  for (const [text, difference] of differences) console.log(`${text}\n${difference}`);
}

function compare(packer: string, texts: ReadonlyArray<string>): { readonly different: Map<string, string>; readonly valued: number } {
  const [theirs, ours] = [packerValues(packer, texts), ourValues(texts)];
  const different = new Map(texts.filter((text) => theirs.get(text) !== ours.get(text)).map((text) => [text, `    Packer: ${theirs.get(text)}\n    we:     ${ours.get(text)}`]));
  return { different, valued: texts.filter((text) => theirs.get(text) !== undefined).length };
}
