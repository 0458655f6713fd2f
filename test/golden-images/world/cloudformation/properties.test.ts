import fc from 'fast-check';
import { Fixture, things, type TemplateObject } from './fixture';

const settings = process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 100 };
const IDS = ['A', 'B', 'C', 'D', 'E', 'F'];

interface Node {
  readonly present: boolean;
  readonly value: number;
  readonly name: number;
  /** Which of the earlier resources it stands on, by reference, by attribute or explicitly. */
  readonly links: ReadonlyArray<'none' | 'ref' | 'attribute' | 'depends'>;
}

const node = fc.record({
  present: fc.boolean(),
  value: fc.integer({ min: 0, max: 2 }),
  name: fc.integer({ min: 0, max: 1 }),
  links: fc.array(fc.constantFrom('none', 'ref', 'attribute', 'depends'), { minLength: IDS.length, maxLength: IDS.length }),
}) as fc.Arbitrary<Node>;

/** A template whose references form a graph without circles: each resource stands on earlier ones of a shuffled order only. */
const template = fc.tuple(fc.array(node, { minLength: IDS.length, maxLength: IDS.length }), fc.shuffledSubarray(IDS, { minLength: IDS.length }))
  .map(([nodes, order]): TemplateObject => {
    const present = order.filter((_, index) => nodes[index]!.present || index === 0);
    return things(Object.fromEntries(present.map((id) => [id, resource(id, nodes[order.indexOf(id)]!, present)])));
  });

function resource(id: string, { value, name, links }: Node, present: string[]): Record<string, unknown> {
  const earlier = present.slice(0, present.indexOf(id)).map((target, index) => [target, links[index]!] as const);
  return {
    Properties: {
      Value: `${id}${value}`,
      Name: `n${name}`,
      Links: earlier.flatMap(([target, kind]): unknown[] => (kind === 'ref' ? [{ Ref: target }] : kind === 'attribute' ? [{ 'Fn::GetAtt': [target, 'Value'] }] : [])),
    },
    DependsOn: earlier.filter(([, kind]) => kind === 'depends').map(([target]) => target),
  };
}

/** What the fake resources hold, by logical id, with the physical ids in it replaced by logical ones. */
function stateOf(fixture: Fixture): Record<string, unknown> {
  const resources = [...fixture.cloudFormation.stackState('stack')!.resources.values()];
  let text = JSON.stringify(Object.fromEntries(resources.map(({ logicalId, physicalId }) => [logicalId, fixture.things.state.get(physicalId!)])));
  for (const { logicalId, physicalId } of resources) text = text.replaceAll(physicalId!, `<${logicalId}>`);
  expect(fixture.things.state.size).toBe(resources.length);
  return JSON.parse(text);
}

async function fresh(of: TemplateObject): Promise<Record<string, unknown>> {
  const fixture = new Fixture();
  await fixture.deploy(of);
  return stateOf(fixture);
}

test('deploying B over A gives what deploying B alone gives, and deleting leaves nothing', async () => {
  await fc.assert(fc.asyncProperty(template, template, async (a, b) => {
    const fixture = new Fixture();
    expect(await fixture.deploy(a)).toBe('CREATE_COMPLETE');
    expect(await fixture.deploy(b)).toMatch(/^UPDATE_COMPLETE$|didn't contain changes/);
    expect(stateOf(fixture)).toEqual(await fresh(b));
    expect(await fixture.destroy()).toBe('DELETE_COMPLETE');
    expect(fixture.things.state.size).toBe(0);
  }), settings);
});

test('a deploy of B over A that fails anywhere leaves exactly A', async () => {
  await fc.assert(fc.asyncProperty(template, template, fc.constantFrom('create', 'update'), fc.constantFrom(...IDS), async (a, b, verb, id) => {
    const fixture = new Fixture();
    await fixture.deploy(a);
    const before = [...fixture.things.state].sort();
    fixture.things.failures = [`${verb} ${id}`];
    const status = await fixture.deploy(b);
    const failed = fixture.things.failures.length === 0;
    expect(status).toMatch(failed ? /^UPDATE_ROLLBACK_COMPLETE$/ : /^UPDATE_COMPLETE$|didn't contain changes/);
    if (failed) expect([...fixture.things.state].sort()).toEqual(before);
    expect(await fixture.destroy()).toBe('DELETE_COMPLETE');
    expect(fixture.things.state.size).toBe(0);
  }), settings);
});

test('a deploy that failed, was left standing and was tried again gives what a deploy without failure gives', async () => {
  await fc.assert(fc.asyncProperty(template, template, fc.constantFrom('create', 'update'), fc.constantFrom(...IDS), async (a, b, verb, id) => {
    const fixture = new Fixture();
    await fixture.deploy(a);
    fixture.things.failures = [`${verb} ${id}`];
    await fixture.deploy(b, {}, { DisableRollback: true });
    expect(await fixture.deploy(b, {}, { DisableRollback: true })).toMatch(/^UPDATE_COMPLETE$|didn't contain changes/);
    expect(stateOf(fixture)).toEqual(await fresh(b));
  }), settings);
});

test('the same seed gives the same history', async () => {
  await fc.assert(fc.asyncProperty(template, template, async (a, b) => {
    const histories = await Promise.all([1, 2].map(async () => {
      const fixture = new Fixture();
      await fixture.deploy(a);
      await fixture.deploy(b);
      return fixture.events();
    }));
    expect(histories[0]).toEqual(histories[1]);
  }), { ...settings, numRuns: 10 });
});
