import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestedStack, Tags, type App, type Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Roles, type Call } from './builds/evaluator';
import { Component, RuntimeSecret, SecretScript, Source, Step } from '../../src/component';
import { BuildInfrastructure, DiskImport, RoleImage, type IBuildInfrastructure } from '../../src/image';
import { echo, newBase, newStack, Synthesized } from '../image/fixture';

/**
 * From the side of whoever runs commands on a build instance (a component, a package, a playbook): with the role of the instance and nothing else.
 */
const folder = mkdtempSync(join(tmpdir(), 'security-builds-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'site.txt'), 'hello');

const ACCOUNT = 'eu-central-1:123456789012';
const parameter = (action: string): Call => ({ action, on: [{ resource: `arn:aws:ssm:${ACCOUNT}:parameter/other/password` }] });
const component = (path: string): Call => ({ action: 'imagebuilder:GetComponent', on: [{ resource: `arn:aws:imagebuilder:${path}` }] });
const object = (name: string): Call => ({ action: 's3:GetObject', on: [{ resource: `arn:aws:s3:::${name}`, context: { 's3:ResourceAccount': '123456789012' } }] });
const readSecret = (roles: Roles, match: RegExp): Call =>
  ({ action: 'secretsmanager:GetSecretValue', on: [{ resource: `arn:aws:secretsmanager:${ACCOUNT}:secret:${roles.idOf('AWS::SecretsManager::Secret', match)}` }] });

const withSecret = (stack: Stack, name: string): Component => Component.fromSteps(`with-${name}`, {
  buildSteps: [SecretScript.bash({ TOKEN: RuntimeSecret.secretsManager(new Secret(stack, `Secret${name}`)) }, 'login "$TOKEN"')],
});
const withMedia = (stack: Stack): Component => Component.fromSteps('with-media', {
  buildSteps: [Step.download(Source.bucket(new Bucket(stack, 'Media'), 'setup.tar', 'a'.repeat(64)), '/opt/setup.tar')],
});
const withAsset = (): Component => Component.fromSteps('with-asset', { buildSteps: [Step.download(Source.asset(join(folder, 'site.txt')), '/srv/site.txt')] });

/** Images that read secrets and a bucket, and one that reads neither. */
function images(where: (stack: Stack) => IBuildInfrastructure | undefined = () => undefined): Roles {
  const stack = newStack('Shop');
  const parent = newBase(stack);
  const infrastructure = where(stack);
  const add = (id: string, ...components: Component[]): RoleImage => new RoleImage(stack, id, { parent, components, infrastructure });
  add('Plain', echo(), withAsset());
  add('Other', echo());
  add('First', withSecret(stack, 'One'), withAsset());
  add('Second', withSecret(stack, 'Two'));
  add('Third', withMedia(stack));
  return new Roles(stack);
}

describe('an instance that builds an image', () => {
  const roles = images();
  const plain = roles.builderOf('plain');

  test.each(['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'])('%s: reads no parameter, and so no SecureString of the account', (action) => {
    expect(roles.may(plain, parameter(action))).toBe(false);
    expect(roles.may(roles.builderOf('first'), parameter(action))).toBe(false);
  });

  test('decrypts nothing by itself: only what Image Builder decrypts for it', () => {
    const key = `arn:aws:kms:${ACCOUNT}:key/aws-ssm`;
    const decrypt = (context: Record<string, string | string[]>): Call => ({ action: 'kms:Decrypt', on: [{ resource: key }], context });
    expect(roles.may(plain, decrypt({ 'kms:EncryptionContextKeys': ['PARAMETER_ARN'], 'aws:CalledVia': ['ssm.amazonaws.com'] }))).toBe(false);
    expect(roles.may(plain, decrypt({ 'kms:EncryptionContextKeys': ['aws:imagebuilder:arn'] }))).toBe(false);
    expect(roles.may(plain, decrypt({ 'kms:EncryptionContextKeys': ['aws:imagebuilder:arn'], 'aws:CalledVia': ['imagebuilder.amazonaws.com'] }))).toBe(true);
  });

  test('reads no component of anybody else', () => {
    expect(roles.may(plain, component(`${ACCOUNT}:component/payroll--install/1.0.0/1`))).toBe(false);
    expect(roles.may(plain, component(`${ACCOUNT}:component/shopping--install/1.0.0/1`))).toBe(false);
    expect(roles.may(plain, component(`${ACCOUNT}:component/shop--echo/1.0.0/1`))).toBe(true);
    expect(roles.may(plain, component('eu-central-1:aws:component/update-linux/1.0.2/1'))).toBe(true);
  });

  test('reads no document of the account, only those of AWS', () => {
    const document = (arn: string): Call => ({ action: 'ssm:GetDocument', on: [{ resource: arn }] });
    expect(roles.may(plain, document(`arn:aws:ssm:${ACCOUNT}:document/payroll-runbook`))).toBe(false);
    expect(roles.may(plain, document('arn:aws:ssm:eu-central-1::document/AWS-RunShellScript'))).toBe(true);
  });

  test('reads no ISO file of the account', () => {
    expect(roles.may(plain, object('payroll-media/erp.iso'))).toBe(false);
  });

  test('writes no logs of anybody else', () => {
    const put = (group: string): Call => ({ action: 'logs:PutLogEvents', on: [{ resource: `arn:aws:logs:${ACCOUNT}:log-group:/aws/imagebuilder/${group}:log-stream:1.0.0/1` }] });
    expect(roles.may(plain, put('payroll--base'))).toBe(false);
    expect(roles.may(plain, put('shop--build-infrastructure/AROA1'))).toBe(true);
  });

  test.each([
    'ssm:UpdateInstanceInformation', 'ssm:ListInstanceAssociations', 'ssm:PutInventory', 'ssmmessages:OpenControlChannel', 'ssmmessages:CreateDataChannel', 'ec2messages:GetMessages',
  ])('%s: is managed by Systems Manager as before', (action) => {
    expect(roles.may(plain, { action, on: [{ resource: '*' }] })).toBe(true);
  });

  test('fetches the component manager and what the app publishes', () => {
    expect(roles.may(plain, object('ec2imagebuilder-toe-eu-central-1-prod/latest/linux/amd64/awstoe'))).toBe(true);
    expect(roles.may(plain, object('amazon-ssm-eu-central-1/latest/linux_amd64/amazon-ssm-agent.rpm'))).toBe(true);
    expect(roles.statementsOf(plain).some(({ resources }) => resources.some((each) => /cdk-.*-assets-.*\.txt$/.test(each)))).toBe(true);
  });
});

describe.each<[string, (stack: Stack) => IBuildInfrastructure | undefined]>([
  ['the infrastructure of the stack', () => undefined], ['an infrastructure that is given', (stack) => new BuildInfrastructure(stack, 'Farm')],
])('in %s', (_, where) => {
  const roles = images(where);
  const one = readSecret(roles, /One/);
  const two = readSecret(roles, /Two/);

  test('a secret is read by the image that has it, and by no other', () => {
    const may = ['plain', 'other', 'first', 'second', 'third', 'base'].map((name) => [roles.may(roles.builderOf(name), one), roles.may(roles.builderOf(name), two)]);
    expect(may).toEqual([[false, false], [false, false], [true, false], [false, true], [false, false], [false, false]]);
  });

  test('an object of a bucket is read by the image that has it, and by no other', () => {
    const media = object(`${roles.idOf('AWS::S3::Bucket', /^Media/)}/setup.tar`);
    expect(['plain', 'other', 'first', 'second', 'third'].map((name) => roles.may(roles.builderOf(name), media))).toEqual([false, false, false, false, true]);
  });

  test('those that read neither share one role', () => {
    expect(new Set(['plain', 'other'].map((name) => roles.builderOf(name))).size).toBe(1);
    expect(new Set(['plain', 'first', 'second', 'third'].map((name) => roles.builderOf(name))).size).toBe(4);
  });
});

test('disks for an import are read by no build of an image', () => {
  const stack = newStack('Shop');
  const infrastructure = new BuildInfrastructure(stack, 'Farm');
  new RoleImage(stack, 'Web', { parent: newBase(stack), components: [echo()], infrastructure });
  new DiskImport(stack, 'Disks', { isoInfrastructure: infrastructure });
  const roles = new Roles(stack);
  expect(roles.may(roles.builderOf('web'), object(`${roles.idOf('AWS::S3::Bucket', /^Disks/)}/erp.vmdk`))).toBe(false);
});

test('a component that is not of this library is read by the image that has it', () => {
  const stack = newStack('Shop');
  const arn = 'arn:aws:imagebuilder:eu-central-1:210987654321:component/shared/1.x.x';
  const shared = new (class extends Component {
    public bind(): { componentName: string; componentArn: string; content: string } {
      return { componentName: 'shared', componentArn: arn, content: 'shared' };
    }
  })();
  new RoleImage(stack, 'Web', { parent: newBase(stack), components: [shared] });
  const roles = new Roles(stack);
  expect(roles.may(roles.builderOf('web'), component('eu-central-1:210987654321:component/shared/1.4.0/2'))).toBe(true);
  expect(roles.may(roles.builderOf('web'), component('eu-central-1:210987654321:component/other/1.0.0/1'))).toBe(false);
});

test('an image in a nested stack has its own role there, and reads what is declared beside it', () => {
  const stack = newStack('Shop');
  const nested = new NestedStack(stack, 'Roles');
  new RoleImage(nested, 'First', { parent: newBase(stack), components: [withSecret(nested, 'One')] });
  (stack.node.root as App).synth();
  const roles = new Roles(nested);
  expect(roles.may(roles.builderOf('first'), readSecret(roles, /One/))).toBe(true);
});

test('a role of one image has the boundary and the tags of the others', () => {
  const stack = newStack('Shop');
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
  const infrastructure = new BuildInfrastructure(stack, 'Farm', { resourceTags: { owner: 'images' } });
  Tags.of(infrastructure).add('cost', '42');
  new RoleImage(stack, 'First', { parent: newBase(stack), components: [withSecret(stack, 'One')], infrastructure });
  const { resources } = new Synthesized(stack);
  const role = Object.entries(resources).find(([id, { Type }]) => Type === 'AWS::IAM::Role' && id.startsWith('FirstBuildInfrastructureRole'))![1];
  expect(role.Properties.PermissionsBoundary).toBeDefined();
  const configuration = Object.values(resources).find(({ Properties }) => Properties?.Name === 'shop--first-own-x86-64')!;
  expect(configuration.Properties).toMatchObject({ ResourceTags: { cost: '42', owner: 'images' }, InstanceMetadataOptions: { HttpTokens: 'required' } });
});

test('a role that the app extends is extended for each of its images', () => {
  const stack = newStack('Shop');
  const infrastructure = new BuildInfrastructure(stack, 'Farm');
  const before = new Bucket(stack, 'Before');
  const after = new Bucket(stack, 'After');
  before.grantRead(infrastructure.role);
  new RoleImage(stack, 'First', { parent: newBase(stack), components: [withSecret(stack, 'One')], infrastructure });
  after.grantRead(infrastructure.role);
  const roles = new Roles(stack);
  const reads = [before, after].map(({ node }) => object(`${roles.idOf('AWS::S3::Bucket', new RegExp(`^${node.id}`))}/x`));
  expect(reads.map((call) => roles.may(roles.builderOf('first'), call))).toEqual([true, true]);
});

test('what an image reads is in as many policies as it takes', () => {
  const stack = newStack('Shop');
  const media = new Bucket(stack, 'Media');
  const steps = Array.from({ length: 95 }, (_, index) => Step.download(Source.bucket(media, `part-${index}`, 'a'.repeat(64)), `/opt/part-${index}`));
  new RoleImage(stack, 'Web', { parent: newBase(stack), components: [Component.fromSteps('parts', { buildSteps: steps })] });
  const roles = new Roles(stack);
  const bucket = roles.idOf('AWS::S3::Bucket', /^Media/);
  expect(steps.every((_, index) => roles.may(roles.builderOf('web'), object(`${bucket}/part-${index}`)))).toBe(true);
  const { resources } = new Synthesized(stack);
  const policies = Object.entries(resources).filter(([id, { Type }]) => /^AWS::IAM::(Managed)?Policy$/.test(Type) && id.startsWith('WebBuildInfrastructureRole'));
  expect(policies.map(([, { Type }]) => Type)).toEqual(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::ManagedPolicy']);
});

test('moving an image into a role of its own builds it not once more: its content is what it was', () => {
  const stack = newStack('Shop');
  new RoleImage(stack, 'First', { parent: newBase(stack), components: [withSecret(stack, 'One')] });
  const hash = new Synthesized(stack).registry.images.find(({ name }) => name === 'first')!.contentHash;
  expect(hash).toBe('b4053ffcc4e34f814f76d10575961aef');
});
