import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { OperatingSystem, WebServer } from '../../../src/catalog';
import { Component, ExecuteModule, Step } from '../../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';
import { newBase, newStack, Synthesized } from '../../image/fixture';
import { media } from '../windows-support';

const ARM = ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64);
const nginx = (site?: string): Component => WebServer.nginx({ content: site === undefined ? undefined : media(`${site}.zip`) });

/** Names of the components of a stack whose images have these, one each. */
function namesOf(...uses: (Component | { readonly component: Component; readonly parent: ParentImage })[]): string[] {
  const stack = newStack();
  uses.map((use) => ('parent' in use ? use : { component: use, parent: ParentImage.amazonLinux2023() })).forEach(({ component, parent }, index) =>
    new PatchedBaseImage(stack, `Image${index}`, { parent, schedule: BuildSchedule.daily(), components: [component] }));
  const names = new Synthesized(stack).ofType('AWS::ImageBuilder::Component').map(({ Properties }) => Properties.Name as string);
  return names.filter((name) => !/update-|wait-for|sysprep-ready/.test(name)).sort();
}

test('a second one with a name of its own leaves the first as it is, wherever it stands', () => {
  const shop = Component.named('nginx-shop', nginx('shop'));
  expect(namesOf(nginx(), shop)).toEqual(['web--nginx', 'web--nginx-shop']);
  expect(namesOf(shop, nginx())).toEqual(['web--nginx', 'web--nginx-shop']);
  expect(namesOf(Component.named('outer', shop))).toEqual(['web--outer']);
});

test('those behind the first have their names in whatever order they come', () => {
  const names = namesOf(nginx(), nginx('a'), nginx('b'));
  expect(names).toEqual(['web--nginx', expect.stringMatching(/^web--nginx-[0-9a-f]{8}$/), expect.stringMatching(/^web--nginx-[0-9a-f]{8}$/)]);
  expect(namesOf(nginx(), nginx('b'), nginx('a'))).toEqual(names);
  expect(namesOf(nginx(), nginx('b'))).toEqual(expect.arrayContaining(['web--nginx']));
  expect(names).toEqual(expect.arrayContaining(namesOf(nginx(), nginx('b'))));
});

test('two of an entry may be in one image', () => {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025),
    schedule: BuildSchedule.daily(),
    updates: OperatingSystem.windowsUpdates(),
    components: [OperatingSystem.windowsUpdates({ searchCriteria: "IsInstalled=0 and Type='Driver'" })],
  });
  const names = new Synthesized(stack).ofType('AWS::ImageBuilder::Component').map(({ Properties }) => Properties.Name as string);
  expect(names.filter((name) => name.startsWith('web--windows-updates'))).toHaveLength(2);
});

test('a component of the user is one of its own for each platform and architecture in which it differs', () => {
  const tools = new (class extends Step {
    public bind(_: unknown, { architecture }: { architecture: InstanceArchitecture }) {
      return { actions: [{ name: 'Tools', action: 'ExecuteBash', inputs: { commands: [`echo ${architecture}`] } }] };
    }
  })();
  const make = (): Component => Component.fromSteps('Tools', { buildSteps: [tools] });
  expect(namesOf(make(), { component: make(), parent: ARM })).toEqual(['web--tools', expect.stringMatching(/^web--tools-[0-9a-f]{8}$/)]);
  const same = (): Component => Component.fromSteps('Tools', { buildSteps: [ExecuteModule.bash('echo tools')] });
  expect(namesOf(same(), { component: same(), parent: ARM })).toEqual(['web--tools']);
});

test('one name of the user for two contents in images of one kind is refused, also by Component.named', () => {
  expect(() => namesOf(Component.named('a', nginx()), Component.named('a', nginx('b')))).toThrow(
    "the component 'a' differs from another component of that name in this stack; expected one content for one name, because the service knows "
    + 'components by name; give one of them another name',
  );
});

test('a component of the user and an entry of the catalogue may have one name', () => {
  const own = Component.fromSteps('nginx', { buildSteps: [Step.bash('true')] });
  expect(namesOf(own, nginx())).toHaveLength(2);
  expect(namesOf(nginx(), own)).toHaveLength(2);
});

test('a component of Amazon has the name of Amazon', () => {
  const stack = newStack();
  const components = [Component.named('cli', Component.amazonManaged('aws-cli-version-2-linux'))];
  expect(() => new RoleImage(stack, 'Role', { parent: newBase(stack), components })).toThrow(
    "Web/Role: the Amazon-managed component 'aws-cli-version-2-linux' is given the name 'cli'; expected its own name",
  );
});

test('names may be as long as names are: a hash behind them still fits', () => {
  const long = 'a'.repeat(50);
  const component = (architecture: string): Component => Component.fromSteps(long, { buildSteps: [ExecuteModule.bash(`echo ${architecture}`)] });
  expect(namesOf(component('x86'), { component: component('arm'), parent: ARM })).toEqual([`web--${long}`, expect.stringMatching(/^web--a{50}-[0-9a-f]{8}$/)]);
});
