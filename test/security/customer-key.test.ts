import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alias, Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { attacker } from './attacker';
import { CloudWatchService } from '../../golden-images/src/world/cloudwatch';
import { DynamoDbService } from '../../golden-images/src/world/dynamodb';
import { ImageBuilderService } from '../../golden-images/src/world/image-builder/image-builder';
import type { World } from '../../golden-images/src/world/kernel';
import { KmsService } from '../../golden-images/src/world/kms';
import { LogsService } from '../../golden-images/src/world/logs';
import { SnsService } from '../../golden-images/src/world/sns';
import { SqsService } from '../../golden-images/src/world/sqs';
import { ControlPlaneSettings } from '../../src/control-plane';
import { DiskImport } from '../../src/image/disk';
import { newRole, newStack } from '../image/fixture';
import { Deployed } from '../packer/build/deployed';

const ROOT = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'kms:*', Resource: '*' };

function shop(stack: Stack, key: IKey): void {
  const topic = new Topic(stack, 'Operators', { masterKey: key });
  ControlPlaneSettings.apply(stack, { encryptionKey: key, alarmActions: [{ bind: () => ({ alarmActionArn: topic.topicArn }) }] });
  newRole(stack);
  new DiskImport(stack, 'Disks');
}

/** The statements that synthesis prints for a key that the app does not own. */
function printed(stack: Stack): object[] {
  const [warning] = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('these statements'));
  return JSON.parse(/these statements: (\[.*\]) \[ack/.exec(String(warning!.entry.data))![1]!) as object[];
}

const builds = (world: World): number => world.get(ImageBuilderService).builds.images.filter(({ status }) => status === 'AVAILABLE').length;

/** A shop under an imported key, which has this policy beside what every key has. */
async function imported(statements: object[]): Promise<Deployed> {
  let arn = '';
  return Deployed.start('Shop', (stack) => shop(stack, Key.fromKeyArn(stack, 'Key', arn)), {
    prepare: (world) => { arn = world.get(KmsService).keys.create({ policy: { Version: '2012-10-17', Statement: [ROOT, ...statements] } }).arn; },
  });
}

describe('one customer key', () => {
  test('of the app is that of ledger, queues, log groups and bucket; images are built and alarms are heard', async () => {
    const deployed = await Deployed.start('Shop', (stack) => shop(stack, new Key(stack, 'Key')));
    try {
      const { world } = deployed.local;
      const key = world.get(KmsService).keys.all().find(({ manager }) => manager === 'CUSTOMER')!.arn;
      expect(await deployed.until(() => builds(world) === 2, 30)).toBe(true);
      const { TableNames } = await deployed.call(DynamoDbService, 'ListTables', {}) as { TableNames: string[] };
      expect(TableNames.map((name) => world.get(DynamoDbService).table(name).sse?.keyArn)).toEqual([key]);
      const queues = await deployed.call(SqsService, 'ListQueues', {}) as { QueueUrls: string[] };
      expect(queues.QueueUrls.map((url) => world.get(SqsService).required(url).attributes.KmsMasterKeyId)).toEqual([key, key, key]);
      const { logGroups } = await deployed.call(LogsService, 'DescribeLogGroups', {}) as { logGroups: Array<{ kmsKeyId?: string }> };
      expect(logGroups.map(({ kmsKeyId }) => kmsKeyId)).toEqual([key, key]);
      // Who may call both services and not use the key reads nothing.
      const mallory = attacker(world, 'Mallory');
      await expect(mallory.client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl: queues.QueueUrls[0] }))).rejects.toThrow(/not authorized to perform: kms:Decrypt/);
      const read = new GetItemCommand({ TableName: TableNames[0], Key: { key: { S: 'registry#shop' } } });
      await expect(mallory.client(DynamoDBClient).send(read)).rejects.toThrow(/not authorized to perform: kms:Decrypt/);
      const cloudWatch = world.get(CloudWatchService);
      cloudWatch.setAlarmState(cloudWatch.alarms[0]!.name, 'ALARM', 'a test');
      expect(JSON.parse(world.get(SnsService).published.at(-1)!.message)).toMatchObject({ NewStateValue: 'ALARM' });
    } finally {
      await deployed.local.close();
    }
  });

  test('that is imported works with the statements that synthesis prints', async () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Shop', { env: { account: '123456789012', region: 'eu-central-1' } });
    shop(stack, Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:123456789012:key/1'));
    const deployed = await imported(printed(stack));
    try {
      expect(await deployed.until(() => builds(deployed.local.world) === 2, 30)).toBe(true);
    } finally {
      await deployed.local.close();
    }
  });

  test('that is imported without them fails the deploy at the first log group', async () => {
    await expect(imported([])).rejects.toThrow(/The specified KMS key does not exist or is not allowed to be used with LogGroup/);
  });

  test('that lets EventBridge in by the ARN of its rule lets nothing in: its requests carry none', async () => {
    const stack = newStack('Shop');
    shop(stack, Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:123456789012:key/1'));
    const statements = (JSON.parse(JSON.stringify(printed(stack)).replaceAll('<account>', '123456789012').replaceAll('<region>', 'eu-central-1')) as Array<{ Sid: string }>)
      .map((each) => (each.Sid === 'EventsReachEncryptedQueues' ? { ...each, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } } } : each));
    const deployed = await imported(statements);
    try {
      const { journal } = deployed.local.world;
      expect(await deployed.until(() => journal.some(({ text }) => /cannot deliver .*events\.amazonaws\.com may not use the key/.test(text)), 1)).toBe(true);
    } finally {
      await deployed.local.close();
    }
  });

  test('reaches functions through DynamoDB and SQS only', () => {
    const stack = newStack();
    shop(stack, new Key(stack, 'Key'));
    const template = Template.fromStack(stack);
    const documents = [
      ...Object.values(template.findResources('AWS::IAM::Role')).filter((role) => JSON.stringify(role.Properties.AssumeRolePolicyDocument).includes('lambda')).flatMap(({ Properties }) => (Properties.Policies ?? []).map((policy: any) => policy.PolicyDocument)),
      ...Object.values(template.findResources('AWS::IAM::Policy', { Properties: { PolicyName: Match.stringLikeRegexp('Ledger') } })).map(({ Properties }) => Properties.PolicyDocument),
    ];
    const ofKey = documents.flatMap(({ Statement }: any) => Statement).filter(({ Action }: any) => JSON.stringify(Action).includes('kms:'));
    const services = ofKey.map(({ Condition }: any) => JSON.stringify(Condition?.StringEquals['kms:ViaService'])?.match(/sqs|dynamodb/)?.[0]);
    expect(services.sort()).toEqual(['dynamodb', 'dynamodb', 'sqs', 'sqs']);
    expect(JSON.stringify(ofKey)).not.toContain('kms:*');
  });

  test('is no alias, and is of the same account and region', () => {
    const stack = newStack();
    ControlPlaneSettings.apply(stack, { encryptionKey: Alias.fromAliasName(stack, 'Key', 'alias/ours') });
    expect(() => newRole(stack)).toThrow(/encryptionKey Web\/Key is an alias; expected the key itself.*; give it by Key.fromKeyArn/);
    const app = new App({ analyticsReporting: false });
    const there = new Stack(app, 'Keys', { env: { account: '123456789012', region: 'eu-west-1' } });
    const here = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-central-1' } });
    ControlPlaneSettings.apply(here, { encryptionKey: new Key(there, 'Key') });
    expect(() => newRole(here)).toThrow(/the encryptionKey Keys\/Key is in region eu-west-1; expected region eu-central-1, where the stack is/);
    const other = new Stack(app, 'Other', { env: { account: '123456789012', region: 'eu-central-1' } });
    ControlPlaneSettings.apply(other, { encryptionKey: Key.fromKeyArn(other, 'Key', 'arn:aws:kms:eu-central-1:210987654321:key/1') });
    expect(() => newRole(other)).toThrow(/the encryptionKey Other\/Key is in account 210987654321; expected account 123456789012/);
  });

  test('of another stack waits for nothing of the stack that uses it', () => {
    const app = new App({ analyticsReporting: false });
    const keys = new Stack(app, 'Keys');
    const here = new Stack(app, 'Shop');
    shop(here, new Key(keys, 'Key'));
    expect(() => app.synth()).not.toThrow();
    expect(keys.dependencies).toEqual([]);
  });

  test('costs nothing where there is none', () => {
    const stack = newStack();
    newRole(stack);
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/kms:ViaService|KmsMasterKeyId|KMSMasterKeyId|KmsKeyId/);
  });
});
