import { DIFFERENT, entries, type Use } from './uses';
import { BuildSchedule, PatchedBaseImage } from '../../../src/image';
import { literal, newStack, Synthesized } from '../../image/fixture';

/** What an entry became in an image. */
interface Made {
  readonly id: string;
  readonly name: string;
  readonly data: string;
}

/** A stack with an image for each use, and what the entry is in each. Components of Amazon are not the stack's. */
function stackWith(entry: string, uses: Use[]): { readonly made: (Made | undefined)[]; readonly hashes: string[] } {
  const stack = newStack();
  const isUpdate = entry.startsWith('OperatingSystem.');
  uses.forEach(({ component, parent, sysprep }, index) => new PatchedBaseImage(stack, `Image${index}`, {
    parent, sysprep, schedule: BuildSchedule.daily(), ...isUpdate ? { updates: component } : { components: [component] },
  }));
  const template = new Synthesized(stack);
  const made = uses.map((_, index): Made | undefined => {
    const { Components } = template.named('AWS::ImageBuilder::ImageRecipe', `web--image${index}`).Properties;
    const first = /wait-?for-?first-?boot/i.test(JSON.stringify(Components[0])) ? 1 : 0;
    const id = Components[first + (isUpdate ? 0 : 1)].ComponentArn['Fn::GetAtt']?.[0];
    if (id === undefined) return undefined;
    const { Name, Data, Uri } = template.resources[id]!.Properties;
    return { id, name: Name, data: Data === undefined ? literal(Uri) : literal(Data).replace(/^.*\n/, '') };
  });
  return { made, hashes: template.registry.images.map(({ contentHash }) => contentHash) };
}

test('each entry of the catalogue is here', () => {
  expect(Object.keys(DIFFERENT).sort()).toEqual(entries().sort());
});

describe.each(Object.keys(DIFFERENT))('%s', (entry) => {
  const uses = DIFFERENT[entry]!;
  const ofStack = (made: (Made | undefined)[]): Made[] => made.filter((each) => each !== undefined);

  test('is one component where it is the same', () => {
    uses().forEach((_, index) => {
      const { made } = stackWith(entry, [uses()[index]!, uses()[index]!]);
      expect(made[1]).toEqual(made[0]);
    });
  });

  test('may be in a stack with any others of its kind, and the first keeps the name and the logical id that it has alone', () => {
    const count = uses().length;
    for (let turn = 0; turn < count; turn++) {
      const order = Array.from({ length: count }, (_, index) => (index + turn) % count);
      const { made, hashes } = stackWith(entry, order.map((index) => uses()[index]!));
      const alone = stackWith(entry, [uses()[turn]!]);
      expect([made[0]?.id, made[0]?.name]).toEqual([alone.made[0]?.id, alone.made[0]?.name]);
      const names = ofStack(made).map(({ name }) => name);
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      expect(new Set(ofStack(made).map(({ data }) => data)).size).toBe(names.length);
      names.forEach((name) => expect(name).toMatch(/^web--[a-z0-9-]{3,59}$/));
      // The name is nothing to the image.
      expect(hashes[0]).toBe(alone.hashes[0]);
    }
  });

  test('has the same names in the next synthesis', () => {
    expect(stackWith(entry, uses())).toEqual(stackWith(entry, uses()));
  });
});
