import {
  CreateTableCommand, DeleteResourcePolicyCommand, DeleteTableCommand, DynamoDBClient, GetItemCommand, GetResourcePolicyCommand, PutItemCommand,
  PutResourcePolicyCommand, UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { allServices, World } from '../../../golden-images/src/world';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { IamService } from '../../../golden-images/src/world/iam';
import type { Properties } from '../../../golden-images/src/world/kernel';
import { attacker, type Attacker } from '../../security/attacker';

const TABLE = 'arn:aws:dynamodb:eu-central-1:123456789012:table/ledger';
const WRITER = 'arn:aws:iam::123456789012:role/app/Writer';
const denial = (more: object = {}): object => ({
  Effect: 'Deny',
  Principal: '*',
  Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
  Resource: TABLE,
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': [WRITER] } },
  ...more,
});
const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const definition = {
  TableName: 'ledger',
  BillingMode: 'PAY_PER_REQUEST' as const,
  KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' as const }],
  AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' as const }],
};
const put = new PutItemCommand({ TableName: 'ledger', Item: { key: { S: 'a' } } });
const denied = { name: 'AccessDeniedException', message: expect.stringMatching(/is not authorized to perform: .* with an explicit deny in a resource-based policy/) };

describe('the resource policy of a table', () => {
  let world: World;
  let root: DynamoDBClient;
  let mallory: Attacker;
  beforeEach(async () => {
    world = new World();
    const settings = { region: world.region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, endpoint: 'http://localhost', requestHandler: inProcessHandler(world) };
    root = new DynamoDBClient(settings as never);
    mallory = attacker(world, 'Mallory');
    await root.send(new CreateTableCommand(definition));
  });
  const attach = (...statements: object[]): Promise<{ RevisionId?: string }> =>
    root.send(new PutResourcePolicyCommand({ ResourceArn: TABLE, Policy: policy(...statements) }));
  const writer = (): DynamoDBClient => {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
    world.get(IamService).createRole({ RoleName: 'Writer', Path: '/app/', AssumeRolePolicyDocument: trust });
    return attacker(world, 'Writer').client(DynamoDBClient);
  };

  test('keeps out whom it denies, and nobody else: a role counts by its ARN with its path, the root by its own', async () => {
    await attach(denial());
    await expect(mallory.client(DynamoDBClient).send(put)).rejects.toMatchObject(denied);
    await expect(root.send(put)).rejects.toMatchObject(denied);
    await writer().send(put);
    await mallory.client(DynamoDBClient).send(new GetItemCommand({ TableName: 'ledger', Key: { key: { S: 'a' } } }));
  });

  test('says who was denied what', async () => {
    await attach(denial());
    await expect(mallory.client(DynamoDBClient).send(put)).rejects.toThrow(
      `User: ${mallory.sessionArn} is not authorized to perform: dynamodb:PutItem on resource: ${TABLE} with an explicit deny in a resource-based policy`,
    );
  });

  test.each<[string, object, boolean]>([
    ['a role that is like it', { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/Mal*' } } }, true],
    ['a role that is not like it', { Condition: { ArnNotLike: { 'AWS:principalarn': 'arn:aws:iam::123456789012:role/app/*' } } }, false],
    ['a wildcard that would have to cross a colon', { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:*:role/Mallory' } } }, false],
    ['one of two texts', { Condition: { StringNotEquals: { 'aws:PrincipalArn': ['x', 'arn:aws:iam::123456789012:role/Mallory'] } } }, true],
    ['its own account', { Condition: { StringNotEquals: { 'aws:PrincipalAccount': '123456789012' } } }, true],
    ['another account', { Condition: { StringEqualsIfExists: { 'aws:PrincipalAccount': '210987654321' } } }, true],
    ['an action that is excepted', { Action: undefined, NotAction: 'dynamodb:Put*', Condition: undefined }, true],
    ['another table', { Resource: `${TABLE}2`, Condition: undefined }, true],
    ['another principal', { Principal: { AWS: WRITER }, Condition: undefined }, true],
    ['the account, which is everybody in it', { Principal: { AWS: '123456789012' }, Condition: undefined }, false],
    ['the role itself', { Principal: { AWS: ['arn:aws:iam::123456789012:role/Mallory'] }, Condition: undefined }, false],
  ])('lets a role through, or not, that meets %s', async (_, more, through) => {
    await attach(denial(more));
    const sent = mallory.client(DynamoDBClient).send(put);
    await (through ? sent : expect(sent).rejects.toMatchObject(denied));
  });

  test.each<[object, RegExp]>([
    [{ Condition: { IpAddress: { 'aws:PrincipalArn': '10.0.0.0/8' } } }, /the condition operator IpAddress/],
    [{ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, /the condition key aws:PrincipalOrgID/],
    [{ Condition: { StringNotEquals: { 'aws:PrincipalArn': '${aws:userid}' } } }, /the policy variable/],
    [{ Principal: { Service: 'lambda.amazonaws.com' } }, /the principals Service/],
    [{ Principal: undefined, NotPrincipal: '*' }, /NotPrincipal/],
  ])('is refused by name where the denial is not modelled: %j', async (more, message) => {
    await expect(attach(denial(more))).rejects.toThrow(message);
  });

  test('is put, read and deleted with its revision', async () => {
    const { RevisionId } = await attach(denial());
    expect(await root.send(new GetResourcePolicyCommand({ ResourceArn: TABLE }))).toMatchObject({ RevisionId, Policy: policy(denial()) });
    expect((await attach(denial())).RevisionId).toBe(RevisionId);
    const stale = new PutResourcePolicyCommand({ ResourceArn: TABLE, Policy: policy(denial()), ExpectedRevisionId: 'NO_POLICY' });
    await expect(root.send(stale)).rejects.toMatchObject({ name: 'PolicyNotFoundException' });
    await root.send(new DeleteResourcePolicyCommand({ ResourceArn: TABLE }));
    await root.send(new DeleteResourcePolicyCommand({ ResourceArn: TABLE }));
    await expect(root.send(new GetResourcePolicyCommand({ ResourceArn: TABLE }))).rejects.toMatchObject({ name: 'PolicyNotFoundException' });
    await root.send(put);
  });

  test('can lock out everybody but the root, who may always delete it; whoever locks himself out confirms it', async () => {
    const everything = denial({ Action: 'dynamodb:*', Condition: undefined });
    await expect(attach(everything)).rejects.toMatchObject({ name: 'ValidationException' });
    await root.send(new PutResourcePolicyCommand({ ResourceArn: TABLE, Policy: policy(everything), ConfirmRemoveSelfResourceAccess: true }));
    await expect(mallory.client(DynamoDBClient).send(new DeleteResourcePolicyCommand({ ResourceArn: TABLE }))).rejects.toMatchObject(denied);
    await expect(root.send(put)).rejects.toMatchObject(denied);
    await root.send(new DeleteResourcePolicyCommand({ ResourceArn: TABLE }));
  });

  test.each(['{', '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}', ' '.repeat(20 * 1024 + 1)])(
    'is refused where it is none (case %#)', async (text) => {
      await expect(root.send(new PutResourcePolicyCommand({ ResourceArn: TABLE, Policy: text }))).rejects.toMatchObject({ name: 'ValidationException' });
    },
  );

  test('a table that is protected is not deleted until it is no more', async () => {
    await root.send(new UpdateTableCommand({ TableName: 'ledger', DeletionProtectionEnabled: true }));
    await expect(root.send(new DeleteTableCommand({ TableName: 'ledger' }))).rejects.toMatchObject({ name: 'ValidationException' });
    await root.send(new UpdateTableCommand({ TableName: 'ledger', DeletionProtectionEnabled: false }));
    await root.send(new DeleteTableCommand({ TableName: 'ledger' }));
  });

  test('and its protection come with the stack, and what it denies holds for the stack too', async () => {
    const cloudFormation = world.get(CloudFormationService);
    cloudFormation.register(allServices.map((service) => world.get(service)));
    const arn = TABLE.replace('ledger', 'made');
    const table = (more: Properties): string => JSON.stringify({
      Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { ...definition, TableName: 'made', ...more } } },
    });
    const ResourcePolicy = (...actions: string[]): Properties => ({
      PolicyDocument: { Version: '2012-10-17', Statement: [denial({ Action: actions, Resource: arn })] },
    });
    const operate = async (operation: string, more: Properties): Promise<unknown> => {
      await world.call(cloudFormation, operation, { StackName: 's', ...(operation === 'DeleteStack' ? {} : { TemplateBody: table(more) }) });
      await world.timeline.runUntil(world.now + 600_000);
      return cloudFormation.stackState('s')?.status;
    };
    const write = (): Promise<unknown> => root.send(new PutItemCommand({ TableName: 'made', Item: { key: { S: 'a' } } }));
    expect(await operate('CreateStack', { DeletionProtectionEnabled: true, ResourcePolicy: ResourcePolicy('dynamodb:PutItem', 'dynamodb:UpdateTable') })).toBe('CREATE_COMPLETE');
    await expect(write()).rejects.toMatchObject(denied);
    expect(await operate('UpdateStack', { ResourcePolicy: ResourcePolicy('dynamodb:PutItem', 'dynamodb:UpdateTable') })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await operate('UpdateStack', { DeletionProtectionEnabled: true })).toBe('UPDATE_COMPLETE');
    await write();
    expect(await operate('DeleteStack', {})).toBe('DELETE_FAILED');
  });
});
