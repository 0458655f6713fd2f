import { App, Aws, Duration, Lazy, Stack, TimeZone, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, LaunchTemplate, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as lib from '../../src';

const newStack = () => new Stack(new App({ analyticsReporting: false }), 'Web');
const newBase = (stack: Stack, api = lib) =>
  new api.PatchedBaseImage(stack, 'Base', { parent: api.ParentImage.amazonLinux2023(), schedule: api.BuildSchedule.daily() });

/** The library once more, as an app has it whose dependencies bring their own. */
function otherCopy(): typeof lib {
  let copy: typeof lib | undefined;
  jest.isolateModules(() => { copy = jest.requireActual('../../src'); });
  return copy!;
}

describe('what is right comes through', () => {
  test('tokens, where texts, numbers and lists are wanted', () => {
    const text = Lazy.string({ produce: () => 'true' });
    expect(() => lib.Step.bash(text, `echo ${Aws.REGION}`)).not.toThrow();
    expect(() => lib.BuildSchedule.daily({ hour: Token.asNumber({ Ref: 'Hour' }) })).not.toThrow();
    expect(() => lib.WindowsFeature.install(Token.asList({ Ref: 'Features' }))).not.toThrow();
  });

  test('every time zone that the CDK or Node has', () => {
    const names = [...Object.values(TimeZone).map((zone) => (zone as TimeZone).timezoneName), ...Intl.supportedValuesOf('timeZone')];
    names.forEach((name) => expect(() => lib.BuildSchedule.cron('0 3 * * ? *', { timeZone: TimeZone.of(name) })).not.toThrow());
    expect(names.length).toBeGreaterThan(400);
  });

  test('undefined for what may be left out', () => {
    expect(() => lib.Step.bash('true').withOptions({ timeout: undefined })).not.toThrow();
    expect(() => lib.Step.bash('true').withOptions({ timeoutSeconds: undefined } as never)).not.toThrow();
  });

  test('options of a class that the user derived', () => {
    class TeamImage extends lib.RoleImage {
      public constructor(scope: Stack, id: string, props: lib.RoleImageProps & { readonly team: string }) { super(scope, id, props); }
    }
    const stack = newStack();
    const components = [lib.Component.fromSteps('echo', { buildSteps: [lib.Step.bash('true')] })];
    expect(() => new TeamImage(stack, 'Role', { parent: newBase(stack), components, team: 'web' })).not.toThrow();
    expect(() => new TeamImage(stack, 'Other', { parent: 'base' as never, components, team: 'web' })).toThrow(/^Web\/Other: parent is the string 'base'/);
  });

  test('a value that implements a public class without extending it, as TypeScript allows', () => {
    const component: lib.Component = { bind: (scope, options) => lib.OperatingSystem.updates(options.platform).bind(scope, options) };
    const stack = newStack();
    expect(() => new lib.RoleImage(stack, 'Role', { parent: newBase(stack), components: [component] })).not.toThrow();
  });

  test('every day that some month has, also 29 February', () => {
    for (const expression of ['0 3 31 1 ? *', '0 3 29 FEB ? *', '0 3 30,31 2,3 ? *', '0 3 L 2 ? *', '0 3 1/30 2 ? *', '0 3 29 2 ? 2028', '0 3 31W 2 ? *']) {
      const schedule = lib.BuildSchedule.cron(expression);
      expect(() => schedule.bind(newStack())).not.toThrow();
    }
  });

  test('a component that Amazon may have added, with a warning', () => {
    const stack = newStack();
    const components = ['amazon-corretto-25-jdk', 'quantum-sdk-linux'].map((name) => lib.Component.amazonManaged(name));
    new lib.RoleImage(stack, 'Role', { parent: newBase(stack), components });
    const messages = stack.node.findChild('Role').node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
    expect(messages.filter((message) => message.includes('is not among those that this version knows'))).toHaveLength(2);
  });

  test('an Auto Scaling group for its target', () => {
    const template = (wrapped: boolean) => {
      const stack = newStack();
      const fleet = new lib.Fleet(stack, 'Fleet', { follows: newBase(stack).latest });
      const launchTemplate = new LaunchTemplate(stack, 'Template', { machineImage: fleet.machineImage, instanceType: new InstanceType('m7i.large') });
      const group = new AutoScalingGroup(stack, 'Group', { vpc: new Vpc(stack, 'Vpc'), launchTemplate });
      fleet.addTarget(wrapped ? lib.RolloutTarget.autoScalingGroup(group) : group as never);
      return Template.fromStack(stack).toJSON();
    };
    expect(template(false)).toEqual(template(true));
  });
});

describe('two copies of the library in one app', () => {
  test('are two, whose values are of one kind', () => {
    const other = otherCopy();
    expect(other.Step).not.toBe(lib.Step);
    const step = other.Step.bash('true');
    expect(step).not.toBeInstanceOf(lib.Step);
    const stack = newStack();
    const check = other.Step.bash('echo found');
    const after = lib.Step.assertThat(other.Condition.stringEquals(check.output('stdout'), 'found'));
    const component = lib.Component.fromSteps('mixed', { buildSteps: [step.withOptions({ timeout: Duration.minutes(1) }), check, after] });
    new lib.RoleImage(stack, 'Role', { parent: newBase(stack), components: [component, other.OperatingSystem.updates(lib.Platform.LINUX)] });
    const documents = Object.values(Template.fromStack(stack).findResources('AWS::ImageBuilder::Component')).map(({ Properties }) => JSON.stringify(Properties.Data));
    expect(documents.join()).toMatch(/build\.\S+\.outputs\.stdout/);
  });

  test('refuse what is of another kind, whichever copy made it', () => {
    const stack = newStack();
    expect(() => new lib.RoleImage(stack, 'Role', { parent: newBase(stack), components: [otherCopy().Step.bash('true') as never] }))
      .toThrow(/^Web\/Role: components\[0\] is a Step; expected a Component/);
  });
});
