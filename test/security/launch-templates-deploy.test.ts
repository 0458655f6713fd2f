import { CreateLaunchTemplateVersionCommand, DeleteLaunchTemplateVersionsCommand, EC2Client, ModifyLaunchTemplateCommand, type RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CfnCondition, CfnParameter, Fn, NestedStack, type Stack } from 'aws-cdk-lib';
import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { attacker, type Attacker } from './attacker';
import { servers, type ServersProps } from './servers';
import { CloudFormationService } from '../../golden-images/src/world/cloudformation/cloudformation';
import { DynamoDbService } from '../../golden-images/src/world/dynamodb';
import { Ec2Service } from '../../golden-images/src/world/ec2/ec2';
import { LambdaService } from '../../golden-images/src/world/lambda/lambda';
import { SCHEMA_VERSION, type TemplateDocument } from '../../src/contract';
import { contentHash, overridesHash } from '../../src/runtime/aws/fleet/configuration-hash';
import { newBase } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

let shop: Deployed;
let mallory: Attacker;
afterEach(() => shop.local.close());

async function start(props: ServersProps = {}): Promise<void> {
  await startWith((stack) => void servers(stack, props));
}

async function startWith(build: (stack: Stack) => void): Promise<void> {
  shop = await Deployed.start('Shop', build);
  shop.ssm.put({ Name: '/taken', Value: 'taken', Type: 'String' });
  mallory = attacker(shop.local.world, 'Mallory');
}

const deploy = (props: ServersProps = {}): Promise<void> => shop.deploy((stack) => void servers(stack, props));
const ec2 = (): Ec2Service => shop.local.world.get(Ec2Service);
const stackState = (name = 'Shop') => shop.local.world.get(CloudFormationService).stackState(name)!;
const resource = (type: string, stack = 'Shop') => [...stackState(stack).resources.values()].find((each) => each.type === type)!;
const template = (stack?: string) => ec2().launchTemplates.find(resource('AWS::EC2::LaunchTemplate', stack).physicalId!)!;
const declarations = async (stack?: string): Promise<TemplateDocument['declarations']> => (await record(stack))?.declarations ?? [];
const recorder = (): string => [...stackState().resources.values()].find(({ logicalId, type }) => type === 'AWS::Lambda::Function' && /Recorder/.test(logicalId))!.physicalId!;
const calls = (): number => shop.local.world.get(LambdaService).logs(recorder()).length;

async function record(stack?: string): Promise<TemplateDocument | undefined> {
  const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' };
  const input = { TableName: resource('AWS::DynamoDB::Table').physicalId, Key: { key: { S: `template#shop#${template(stack).id}` } } };
  const { body } = await shop.local.world.get(DynamoDbService).raw(headers, JSON.stringify(input));
  const { Item: item } = JSON.parse(Buffer.from(body).toString()) as { Item?: { document: { S: string } } };
  return item && JSON.parse(item.document.S) as TemplateDocument;
}

const foreign = (data: RequestLaunchTemplateData = { UserData: Buffer.from('curl evil').toString('base64') }): Promise<unknown> =>
  mallory.client(EC2Client).send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId: template().id, SourceVersion: '$Latest', LaunchTemplateData: data }));
const removal = (number: number): Promise<unknown> =>
  mallory.client(EC2Client).send(new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: template().id, Versions: [String(number)] }));

/** As soon as the deploy has made its version, and before anything that stands after the template. */
function afterUpdate(attack: () => Promise<unknown>): void {
  const { world } = shop.local;
  const before = template().latestVersion;
  const look = (): unknown => (template().latestVersion > before ? attack() : world.timeline.schedule(100, 'attacker', look));
  look();
}

describe('a deploy declares its launch template', () => {
  test('once: by number, content, author, stack and operation', async () => {
    await start();
    const { data } = template().require(1);
    expect(await record()).toEqual({
      schemaVersion: SCHEMA_VERSION,
      templateId: template().id,
      declarations: [{
        number: '1',
        contentHash: contentHash(data),
        createdBy: 'arn:aws:iam::123456789012:root',
        stackId: stackState().id,
        operation: new Date(stackState().createdAt).toISOString(),
        declaredAt: expect.stringMatching(/^2026-01-06T09:/),
      }],
    });
  });

  test('and not again where it is as it was', async () => {
    await start();
    const before = calls();
    expect(before).toBeGreaterThan(0);
    await expect(deploy()).rejects.toThrow(/No updates are to be performed/);
    await deploy({ maxCapacity: 5 });
    expect(calls()).toBe(before);
    expect(await declarations()).toHaveLength(1);
  });

  test('again where it changes it, with the operation of that deploy', async () => {
    await start();
    await deploy({ userData: 'echo other' });
    const [first, second] = await declarations();
    expect([first!.number, second!.number]).toEqual(['1', '2']);
    expect(second!.operation).toBe(new Date(stackState().updatedAt!).toISOString());
    expect(second!.contentHash).not.toBe(first!.contentHash);
  });
});

describe('somebody who may only make and delete versions', () => {
  test('gets none of theirs declared, though theirs is the latest when the deploy looks', async () => {
    await start();
    afterUpdate(() => foreign());
    await deploy({ userData: 'echo other' });
    expect([...template().versions.values()].map(({ createdBy }) => createdBy)).toEqual([expect.stringMatching(/root$/), expect.stringMatching(/root$/), mallory.sessionArn]);
    expect((await declarations()).map(({ number, createdBy }) => [number, createdBy])).toEqual([
      ['1', 'arn:aws:iam::123456789012:root'], ['2', 'arn:aws:iam::123456789012:root'],
    ]);
  });

  test('gets none declared that was there before a deploy that leaves the template alone', async () => {
    await start();
    await foreign();
    await deploy({ maxCapacity: 5 });
    expect((await declarations()).map(({ number }) => number)).toEqual(['1']);
  });

  test('who deletes the version of the deploy makes it fail, with what differs and no user data', async () => {
    await start();
    afterUpdate(() => foreign().then(() => removal(2)));
    const failure = await deploy({ userData: 'echo secret-of-ours' }).then(() => '', (error: Error) => error.message);
    expect(failure).toMatch(/^UPDATE_ROLLBACK_COMPLETE: /);
    expect(failure).toMatch(/no version of the launch template lt-\w+ is what the stack declares \(latest version: 3\): the nearest, version \d by \S+, differs in UserData; expected .* deploy again/);
    expect(failure).not.toMatch(/secret-of-ours|evil/);
    expect((await declarations()).filter(({ createdBy }) => createdBy === mallory.sessionArn)).toEqual([]);
    await deploy({ userData: 'echo secret-of-ours' });
    expect((await declarations()).at(-1)).toMatchObject({ number: String(template().latestVersion), createdBy: 'arn:aws:iam::123456789012:root' });
  });

  test('gets theirs declared where it is what the deploy declares: then it is', async () => {
    await start();
    afterUpdate(() => foreign({ InstanceType: 't3.small' }));
    await deploy({ userData: 'echo other' });
    const [, second] = await declarations();
    expect(second).toMatchObject({ number: '3', createdBy: mallory.sessionArn, contentHash: contentHash(template().require(2).data) });
  });
});

describe('a deploy that is rolled back', () => {
  test.each([false, true])('has its version declared by an operation that did not end well (rollback leaves it as the newest: %s)', async (leaves) => {
    await start();
    ec2().launchTemplates.rollbackLeavesNewest = leaves;
    await expect(deploy({ userData: 'echo other', fails: true })).rejects.toThrow(/^UPDATE_ROLLBACK_COMPLETE/);
    const [created, failed] = [stackState().createdAt, stackState().updatedAt!].map((time) => new Date(time).toISOString());
    expect((await declarations()).map(({ number, operation }) => [number, operation])).toEqual([['1', created], ['2', failed]]);
    expect(template().latestVersion).toBe(leaves ? 2 : 3);
    await deploy({ userData: 'echo other' });
    const last = (await declarations()).at(-1)!;
    expect(last).toMatchObject({ number: String(template().latestVersion), operation: new Date(stackState().updatedAt!).toISOString() });
  });

  test('goes back where the version that it goes back to is gone', async () => {
    const edit: ServersProps['edit'] = ({ group }) => (group.node.defaultChild as CfnAutoScalingGroup).addPropertyOverride('LaunchTemplate.Version', '$Latest');
    await start({ edit });
    ec2().launchTemplates.rollbackLeavesNewest = true;
    afterUpdate(async () => {
      await mallory.client(EC2Client).send(new ModifyLaunchTemplateCommand({ LaunchTemplateId: template().id, DefaultVersion: '2' }));
      await removal(1);
    });
    await expect(deploy({ edit, userData: 'echo other', fails: true })).rejects.toThrow(/^UPDATE_ROLLBACK_COMPLETE/);
    expect(JSON.stringify(shop.local.world.get(LambdaService).logs(recorder()))).toContain('template-without-declared-version');
  });
});

describe('a mixed instances policy', () => {
  test('has its overrides declared, in their order', async () => {
    await start({ types: ['t3.small', 't3.medium'] });
    await deploy({ types: ['t3.medium', 't3.small'] });
    const hashes = (await declarations()).map(({ number, overridesHash: hash }) => [number, hash]);
    expect(hashes).toEqual([
      ['1', overridesHash([{ InstanceType: 't3.small' }, { InstanceType: 't3.medium' }])],
      ['1', overridesHash([{ InstanceType: 't3.medium' }, { InstanceType: 't3.small' }])],
    ]);
  });
});

describe('what is known only while deploying', () => {
  test('is compared as it turns out: parameters, conditions, secrets; and a secret is shown nowhere', async () => {
    await start({
      userData: 'echo first',
      edit: ({ stack, template: construct }) => {
        new CfnParameter(stack, 'Token', { noEcho: true, default: 'hunter2-hunter2' });
        new CfnCondition(stack, 'Large', { expression: Fn.conditionEquals('a', 'b') });
        const element = construct.node.defaultChild as CfnLaunchTemplate;
        element.addPropertyOverride('LaunchTemplateData.UserData', { 'Fn::Base64': { 'Fn::Sub': 'echo ${Token}' } });
        element.addPropertyOverride('LaunchTemplateData.KeyName', { 'Fn::If': ['Large', 'big', { Ref: 'AWS::NoValue' }] });
        element.addPropertyOverride('LaunchTemplateData.InstanceType', { 'Fn::If': ['Large', 't3.large', 't3.small'] });
        element.addPropertyOverride('LaunchTemplateData.EbsOptimized', 'true');
      },
    });
    const { data } = template().require(1);
    expect(Buffer.from(data.UserData, 'base64').toString()).toBe('echo hunter2-hunter2');
    const document = JSON.stringify(await record());
    expect(document).toContain(contentHash(data));
    const logs = JSON.stringify(shop.local.world.get(LambdaService).logs(recorder()));
    expect(logs).toContain('template-recorded');
    expect([document, logs].join()).not.toMatch(new RegExp(`hunter2|${data.UserData}`));
  });
});

test('a nested stack declares with the operation of its root', async () => {
  const build = (userData: string) => (stack: Stack): void => {
    const base = newBase(stack);
    servers(new NestedStack(stack, 'Servers') as unknown as Stack, { userData }, base.latest);
  };
  await startWith(build('echo hello'));
  const nested = stackState(resource('AWS::CloudFormation::Stack').physicalId);
  const [first] = await declarations(nested.id);
  expect(first).toMatchObject({ stackId: nested.id, operation: new Date(stackState().createdAt).toISOString() });
  await shop.deploy(build('echo other'));
  const [, second] = await declarations(nested.id);
  expect(second).toMatchObject({ number: '2', stackId: nested.id, operation: new Date(stackState().updatedAt!).toISOString() });
});

describe('somebody who may call the function itself', () => {
  const forged = async (over: object): Promise<string> => {
    const { properties } = resource('Custom::GoldenImagesLaunchTemplate');
    const { data: Data } = template().require('$Latest');
    const event = {
      RequestType: 'Create',
      ResponseURL: `${shop.local.url}/_cloudformation/responses/none`,
      StackId: stackState().id,
      RequestId: 'r',
      LogicalResourceId: 'l',
      ResourceProperties: { ...properties, LatestVersion: String(template().latestVersion), Data },
      ...over,
    };
    const answers: string[] = [];
    const original = shop.local.world.get(CloudFormationService).respond;
    shop.local.world.get(CloudFormationService).respond = (_token: string, body: string) => void answers.push(body);
    await mallory.client(LambdaClient).send(new InvokeCommand({ FunctionName: recorder(), Payload: Buffer.from(JSON.stringify(event)) }));
    shop.local.world.get(CloudFormationService).respond = original;
    return answers.join();
  };

  test('declares nothing while no deploy runs, and nothing for another stack', async () => {
    await start();
    await foreign();
    expect(await forged({})).toMatch(/is not being deployed/);
    expect(await forged({ StackId: stackState().id.replace('Shop', 'Other') })).toMatch(/FAILED/);
    expect((await declarations()).map(({ number }) => number)).toEqual(['1']);
  });
});
