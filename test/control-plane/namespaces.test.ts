import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ControlPlaneSettings } from '../../src/control-plane';
import { ControlPlane } from '../../src/control-plane/control-plane';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';

const env = { account: '123456789012', region: 'eu-central-1' };

function stackWith(namespace: string, imageName: string, app = new App()): Stack {
  const stack = new Stack(app, namespace, { env });
  new PatchedBaseImage(stack, 'Image', { imageName, parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
  return stack;
}

const flat = (value: any): string => (typeof value === 'string' ? value : value['Fn::Join'] ? value['Fn::Join'][1].map(flat).join('') : `<${value.Ref}>`);

/** As IAM matches: `*` is anything. */
const matches = (pattern: string, arn: string) =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`).test(arn);

/** Every resource pattern in a policy of a function, without those for everything. */
function scopesOf(template: Template): string[] {
  return Object.values(template.findResources('AWS::IAM::Role')).flatMap((role) => role.Properties.Policies ?? [])
    .flatMap((policy: any) => policy.PolicyDocument.Statement).flatMap((statement: any) => statement.Resource)
    .filter((resource: any) => typeof resource === 'string' || resource['Fn::Join']).map(flat).filter((resource) => resource !== '*');
}

const arn = (service: string, rest: string) => `arn:<AWS::Partition>:${service}:${env.region}:${env.account}:${rest}`;

/** What another namespace has. */
const belongings = (namespace: string): string[] => [
  arn('imagebuilder', `image/${namespace}--web/1.0.0/1`),
  arn('imagebuilder', `image-pipeline/${namespace}--web`),
  arn('ssm', `parameter/imagebuilder/golden-images/${namespace}/web/latest`),
  arn('ssm', `parameter/golden-images/${namespace}/fleets/web/status`),
  arn('ssm', `parameter/golden-images/${namespace}/pause`),
];

describe('the namespaces prod and prod-eu', () => {
  const template = Template.fromStack(stackWith('prod', 'eu-web'));
  const scopes = scopesOf(template);

  test('no function of the one may touch anything of the other', () => {
    expect(belongings('prod-eu').filter((each) => scopes.some((scope) => matches(scope, each)))).toEqual([]);
    expect(belongings('prod').filter((each) => scopes.some((scope) => matches(scope, each)))).toHaveLength(5);
  });

  test('no event of the one wakes the other', () => {
    const rules = Object.values(template.findResources('AWS::Events::Rule')).map(({ Properties }) => Properties.EventPattern ?? {});
    const prefixes = rules.flatMap(({ resources = [], detail = {} }) => [...resources, ...detail.name ?? []])
      .filter((each: any) => each.prefix).map((each: any) => flat(each.prefix));
    expect(prefixes.sort()).toEqual(['/imagebuilder/golden-images/prod/', arn('imagebuilder', 'image/prod--')]);
    const theirs = [...belongings('prod-eu'), '/imagebuilder/golden-images/prod-eu/web/latest'];
    expect(theirs.filter((each) => prefixes.some((prefix) => each.startsWith(prefix)))).toEqual([]);
  });

  test('no resource of the one has a name of the other, where namespace and image read alike', () => {
    const named = (of: Template) => Object.values(of.toJSON().Resources as Record<string, any>).map(({ Properties }) =>
      Properties?.Name ?? Properties?.LogGroupName ?? Properties?.AlarmName).filter((name) => typeof name === 'string');
    const one = named(template);
    expect(one).toContain('prod--eu-web');
    expect(named(Template.fromStack(stackWith('prod-eu', 'web'))).filter((name) => one.includes(name))).toEqual([]);
  });
});

test('a name with two hyphens in a row could be read both ways, and is refused', () => {
  expect(() => stackWith('prod', 'eu--web')).toThrow(/^prod\/Image: the image name 'eu--web' is not valid; expected .*single hyphens.*; change imageName$/);
  expect(() => stackWith('prod--eu', 'web')).toThrow(/the namespace 'prod--eu' is not valid.*ControlPlaneSettings/);
});

describe('one namespace twice', () => {
  const planes = (...envs: Array<{ account: string; region: string } | undefined>) => {
    const app = new App();
    ControlPlaneSettings.apply(app, { namespace: 'prod' });
    envs.forEach((each, index) => ControlPlane.of(new Stack(app, `Stack${index}`, { env: each })));
  };

  test('is refused in one account and region', () => {
    expect(() => planes(env, env)).toThrow(/^Stack1: the namespace 'prod' belongs to the stack Stack0 in 123456789012\/eu-central-1; expected .*; give one of them another/);
  });

  test('is right in two regions, and where the environment is not known', () => {
    expect(() => planes(env, { ...env, region: 'eu-west-1' }, undefined, undefined)).not.toThrow();
  });

  test('warns where the environment is not known: both stacks mostly go to that of the command line', () => {
    const app = new App();
    const stages = ['Dev', 'Prod'].map((id) => new Stage(app, id));
    const stacks = [...stages.map((stage) => new Stack(stage, 'Web')), new Stack(stages[1]!, 'Other')];
    stacks.forEach((stack) => {
      ControlPlaneSettings.apply(stack, { namespace: 'prod' });
      ControlPlane.of(stack);
    });
    const warnings = stacks.map(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)));
    expect(warnings.map((each) => each.length)).toEqual([0, 0, 1]);
    expect(warnings[2]![0]).toMatch(/^the namespace 'prod' is also that of the stack Prod\/Web: .*give one of them another/);
  });
});
