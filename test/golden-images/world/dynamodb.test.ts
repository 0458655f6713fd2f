import { DynamoDbService } from '../../../golden-images/src/world/dynamodb';
import { World } from '../../../golden-images/src/world/kernel';

const definition = {
  TableName: 'tab',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
};

describe('tables', () => {
  let world: World;
  let dynamoDb: DynamoDbService;
  const raw = async (operation: string, input: unknown): Promise<{ status: number; body: any }> => {
    const { status, body } = await dynamoDb.raw({ 'x-amz-target': `DynamoDB_20120810.${operation}` }, JSON.stringify(input));
    return { status, body: JSON.parse(body) };
  };
  beforeEach(() => {
    world = new World();
    dynamoDb = world.get(DynamoDbService);
  });

  test('are active at once, made in virtual time, in this account and region', async () => {
    await raw('CreateTable', definition);
    const { body: { Table: table } } = await raw('DescribeTable', { TableName: 'tab' });
    expect(table).toMatchObject({ TableStatus: 'ACTIVE', CreationDateTime: Date.UTC(2026, 0, 5) / 1000, TableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/tab' });
    expect(dynamoDb.arn('tab')).toBe(table.TableArn);
  });

  test('write only where the condition holds', async () => {
    await raw('CreateTable', definition);
    const put = (revision: string, expected: string): Promise<{ status: number; body: any }> => raw('PutItem', {
      TableName: 'tab',
      Item: { pk: { S: 'a' }, revision: { N: revision } },
      ConditionExpression: 'attribute_not_exists(pk) OR revision = :r',
      ExpressionAttributeValues: { ':r': { N: expected } },
    });
    expect((await put('1', '0')).status).toBe(200);
    expect((await put('2', '1')).status).toBe(200);
    expect(await put('2', '1')).toMatchObject({ status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' } });
    expect((await raw('GetItem', { TableName: 'tab', Key: { pk: { S: 'a' } }, ConsistentRead: true })).body.Item).toEqual({ pk: { S: 'a' }, revision: { N: '2' } });
    expect((await raw('Query', { TableName: 'tab', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'a' } } })).body.Count).toBe(1);
  });

  test('two worlds share nothing', async () => {
    await raw('CreateTable', definition);
    await expect(new World().get(DynamoDbService).operations.DescribeTable!({ TableName: 'tab' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('fail by name', async () => {
    expect(await raw('TransactWriteItems', {})).toMatchObject({ status: 501, body: { message: expect.stringMatching(/dynamodb:TransactWriteItems/) } });
    expect(await raw('GetItem', { TableName: 'gone', Key: { pk: { S: 'a' } } })).toMatchObject({ status: 400, body: { __type: expect.stringMatching(/#ResourceNotFoundException$/) } });
    expect(await raw('CreateTable', { TableName: 'x' })).toMatchObject({ status: 400, body: { __type: expect.stringMatching(/#ValidationException$/) } });
    world.faults.failCalls('dynamodb', 'GetItem');
    expect(await raw('GetItem', { TableName: 'gone', Key: { pk: { S: 'a' } } })).toMatchObject({ status: 400, body: { __type: expect.stringMatching(/#ThrottlingException$/) } });
  });

  const context = { stackName: 's', stackId: 'id', logicalId: 'T', tags: [{ Key: 'stack', Value: 's' }], generateName: () => 's-T-1' };

  test.each([
    ['AWS::DynamoDB::Table', {
      DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { SSEEnabled: true },
    }],
    ['AWS::DynamoDB::GlobalTable', {
      Replicas: [{ Region: 'eu-central-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
      SSESpecification: { SSEEnabled: true },
    }],
  ])('are made by CloudFormation as %s', async (name, more) => {
    const type = dynamoDb.resourceTypes[name]!;
    const { TableName: _name, ...rest } = definition;
    const properties = { ...rest, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true }, ...more };
    const id = await type.create(context, properties);
    expect(id).toBe('s-T-1');
    expect(type.attribute(id, 'Arn', properties)).toBe('arn:aws:dynamodb:eu-central-1:123456789012:table/s-T-1');
    expect((await raw('DescribeContinuousBackups', { TableName: id })).body.ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus).toBe('ENABLED');
    expect((await raw('DescribeTimeToLive', { TableName: id })).body.TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
    await expect(type.delete(context, id, properties)).rejects.toThrow(/protected against deletion/);
    const without = JSON.parse(JSON.stringify(properties).replace('"DeletionProtectionEnabled":true', '"DeletionProtectionEnabled":false'));
    await type.update!(context, id, without, properties);
    await expect(async () => type.update!(context, id, { ...without, BillingMode: 'PROVISIONED' }, without)).rejects.toThrow(/BillingMode/);
    await type.delete(context, id, without);
    expect((await raw('ListTables', {})).body.TableNames).toEqual([]);
  });
});
