import * as fc from 'fast-check';
import { bash, build, powershell } from './documents';
import { simulate, type Script } from '../../../golden-images/src/components';

const runs = (most: number) => ({ seed: process.env.SOAK ? undefined : 42, numRuns: process.env.SOAK ? 2000 : most });

test('a loop over numbers runs as often as counting says', async () => {
  const bound = fc.integer({ min: -20, max: 20 });
  await fc.assert(fc.asyncProperty(bound, bound, fc.integer({ min: 1, max: 7 }), async (start, end, size) => {
    const updateBy = end >= start ? size : -size;
    const expected: string[] = [];
    for (let value = start; updateBy > 0 ? value <= end : value >= end; value += updateBy) expected.push(`${expected.length}:${value}`);
    const asked: string[] = [];
    await simulate(build({ ...bash('A', '{{ loop.index }}:{{ Turn.value }}'), loop: { name: 'Turn', for: { start, end, updateBy } } }), {
      happens: ({ inputs }) => { asked.push(...(inputs as { commands: string[] }).commands); return undefined; },
    });
    expect(asked).toEqual(expected);
  }), runs(100));
});

type Tree = { op: 'file'; index: number } | { op: 'number'; name: string; left: number; right: number } | { op: 'and' | 'or'; of: Tree[] } | { op: 'not'; of: Tree };
const numbers: Record<string, (value: number, operand: number) => boolean> = {
  numberEquals: (value, operand) => value === operand,
  numberLessThan: (value, operand) => value < operand,
  numberLessThanEquals: (value, operand) => value <= operand,
  numberGreaterThan: (value, operand) => value > operand,
  numberGreaterThanEquals: (value, operand) => value >= operand,
};
const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.record({ op: fc.constant('file' as const), index: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ op: fc.constant('number' as const), name: fc.constantFrom(...Object.keys(numbers)), left: fc.integer({ min: 0, max: 2 }), right: fc.integer({ min: 0, max: 2 }) }),
);
const grown = (smaller: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> => fc.oneof(
  leaf,
  fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(smaller, { minLength: 1, maxLength: 3 }) }),
  fc.record({ op: fc.constant('not' as const), of: smaller }),
);
const tree = grown(grown(grown(leaf)));

const holds = (each: Tree, present: boolean[]): boolean => {
  switch (each.op) {
    case 'file': return present[each.index]!;
    case 'number': return numbers[each.name]!(each.right, each.left);
    case 'and': return each.of.every((part) => holds(part, present));
    case 'or': return each.of.some((part) => holds(part, present));
    case 'not': return !holds(each.of, present);
  }
};
const written = (each: Tree): object => {
  switch (each.op) {
    case 'file': return { fileExists: `/f${each.index}` };
    case 'number': return { [each.name]: each.left, value: String(each.right) };
    case 'not': return { not: written(each.of) };
    default: return { [each.op]: each.of.map(written) };
  }
};

test('conditions hold as their truth tables say', async () => {
  await fc.assert(fc.asyncProperty(tree, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), fc.boolean(), async (
    condition, present, reversed,
  ) => {
    const files = Object.fromEntries(present.flatMap((there, index) => (there ? [[`/f${index}`, '']] : [])));
    const report = await simulate(build({ ...bash('A'), if: { ...written(condition), ...reversed ? { then: 'Skip', else: 'Execute' } : {} } }), { files });
    expect(report.phases[0]!.steps[0]!.status).toBe(holds(condition, present) !== reversed ? 'Success' : 'Skipped');
  }), runs(200));
});

const flag = 'C:\\flag';
const guarded = [
  powershell('Install', 'exit 3010 mapped to 0'),
  { name: 'Restart', action: 'Reboot', if: { fileExists: flag } },
  { name: 'Forget', action: 'DeleteFile', if: { fileExists: flag }, inputs: [{ path: flag }] },
  { ...powershell('Tools'), maxAttempts: 3, onFailure: 'Continue', loop: { forEach: ['a', 'b'] } },
  { name: 'Msi', action: 'InstallMSI', onFailure: 'Ignore', inputs: { path: 'C:\\a.msi' } },
];
const outcome = fc.constantFrom('well', 'badly', 'reboot', 'late') as fc.Arbitrary<'well' | 'badly' | 'reboot' | 'late'>;

/** Scripts never end in 3010 by themselves: they write the flag. Everything else happens as it likes. */
const byChance = (outcomes: string[]): Script['happens'] => {
  let next = 0;
  return ({ action }) => {
    const what = outcomes[next++ % outcomes.length];
    if (what === 'reboot') return action === 'InstallMSI' ? { exitCode: 3010 } : { creates: { [flag]: '' } };
    return { exitCode: what === 'badly' ? 1 : 0, seconds: what === 'late' ? 8000 : 1 };
  };
};

test('a document whose scripts mark reboots by a flag ends, whatever happens', async () => {
  await fc.assert(fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 12 }), async (outcomes) => {
    const report = await simulate(build(...guarded), { happens: byChance(outcomes), mostReboots: 3 });
    expect(report.refusal).toBeUndefined();
  }), runs(200));
});

test('a document with a bare 3010 is found to run for ever', async () => {
  const script: Script = { happens: ({ step }) => ({ exitCode: step === 'Install' ? 3010 : 0 }) };
  expect((await simulate(build(...guarded), script)).refusal?.kind).toBe('endless');
});

test('the same script gives the same report', async () => {
  const happens: Script['happens'] = ({ step, time }) => ({ exitCode: step === 'Install' && time < 3 ? 3010 : 0 });
  expect(await simulate(build(...guarded), { happens })).toEqual(await simulate(build(...guarded), { happens }));
});
