/** Numbers between 0 and 1, the same for the same seed (Park and Miller). */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

type Random = () => number;
type Mutation = (text: Buffer, random: Random, other: Buffer) => Buffer;

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const TOKEN = /[\w.-]+|\s+|\{\{|\}\}|\$\{|%\{|<<-?|[^\w\s]/g;
/** What makes readers stumble. */
const SEEDS = [
  '{', '}', '[', ']', '(', '"', '`', '{{', '}}', '${', '%{', '<<EOT\n', 'EOT\n', '/*', '#', '...', '?', ':', '=', '\\', '\u0000', '\uFEFF', '😀', '1e999', '-', '!', '~}',
  '%{ for a in b }', '%{ if true }', '%{ endif }', '${1/0}', '[for a in [1] : a]', '{for k, v in {a = 1} : k => v...}', 'var.region', 'local.name', '.*', '[*]', 'null',
  '{{ user `region` }}', '{{ isotime | upper }}', '{{ if .X }}', 'try(1, 2)', 'regex_replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$", "")', 'range(1e9)',
  'format("%999999d", 1)', 'file("/dev/zero")', 'templatefile("linux.pkr.hcl", {})', 'replace("aaaa", "", "bbbb")', '"__proto__"', 'constructor',
];

const mutations: Mutation[] = [
  (text, random) => {
    const copy = Buffer.from(text);
    copy[below(random, copy.length)] = below(random, 256);
    return copy;
  },
  (text, random) => text.subarray(0, below(random, text.length)),
  (text, random) => tokens(text, (all) => all.splice(below(random, all.length), 1 + below(random, 3))),
  (text, random) => tokens(text, (all) => all.splice(below(random, all.length), 0, all[below(random, all.length)]!)),
  (text, random) => tokens(text, (all) => {
    const [one, two] = [below(random, all.length), below(random, all.length)];
    [all[one], all[two]] = [all[two]!, all[one]!];
  }),
  (text, random) => tokens(text, (all) => all.splice(below(random, all.length), 0, SEEDS[below(random, SEEDS.length)]!)),
  (text, random) => tokens(text, (all) => {
    const repeated = SEEDS[below(random, SEEDS.length)]!.repeat(1 + below(random, 300));
    all.splice(below(random, all.length), 0, repeated);
  }),
  (text, random, other) => {
    const [from, at] = [below(random, other.length), below(random, text.length)];
    return Buffer.concat([text.subarray(0, at), other.subarray(from, from + below(random, 200)), text.subarray(at)]);
  },
];

function tokens(text: Buffer, change: (all: string[]) => void): Buffer {
  const all = text.toString('utf8').match(TOKEN) ?? [''];
  change(all);
  return Buffer.from(all.join(''));
}

/** One to three mutations of a text. */
export function mutate(text: Buffer, other: Buffer, random: Random): Buffer {
  let mutant = text;
  for (let count = 1 + below(random, 3); count > 0; count--) {
    const mutation = mutations[below(random, mutations.length)]!;
    if (mutant.length > 0) mutant = mutation(mutant, random, other);
  }
  return mutant;
}
