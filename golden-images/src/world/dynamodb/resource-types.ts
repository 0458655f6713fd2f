import type { DynamoDbService } from '../dynamodb';
import { NotModelled, type Properties, type ResourceType } from '../kernel';

/** What a table is made of, in the members of CreateTable. */
const structure = ['AttributeDefinitions', 'BillingMode', 'GlobalSecondaryIndexes', 'KeySchema', 'LocalSecondaryIndexes', 'ProvisionedThroughput', 'SSESpecification', 'TableClass'];

/** The properties that tables and global tables share. */
const shared = {
  TableName: 'replace',
  KeySchema: 'replace',
  LocalSecondaryIndexes: 'replace',
  AttributeDefinitions: 'update',
  BillingMode: 'update',
  GlobalSecondaryIndexes: 'update',
  SSESpecification: 'update',
  TimeToLiveSpecification: 'update',
} as const;

export function dynamoDbResourceTypes(dynamoDb: DynamoDbService): Record<string, ResourceType> {
  return { 'AWS::DynamoDB::Table': tableType(dynamoDb), 'AWS::DynamoDB::GlobalTable': globalTableType(dynamoDb) };
}

function tableType(dynamoDb: DynamoDbService): ResourceType {
  return {
    properties: {
      ...shared,
      DeletionProtectionEnabled: 'update',
      PointInTimeRecoverySpecification: 'update',
      ProvisionedThroughput: 'update',
      ResourcePolicy: 'update',
      TableClass: 'update',
      Tags: 'update',
    },
    create: async (context, properties) => {
      const name: string = properties.TableName ?? context.generateName(255);
      await create(dynamoDb, name, properties, [...context.tags, ...(properties.Tags ?? [])]);
      await settle(dynamoDb, name, properties);
      return name;
    },
    update: async (_, name, properties, previous) => {
      refuseStructuralChange(properties, previous);
      await settle(dynamoDb, name, properties);
    },
    delete: (_, name) => remove(dynamoDb, name),
    attribute: (name, attribute) => attributeOf(dynamoDb, name, attribute),
  };
}

/** A global table of one replica: the one in the region of this world. */
function globalTableType(dynamoDb: DynamoDbService): ResourceType {
  const flattened = (properties: Properties): Properties => {
    const [replica, ...others] = properties.Replicas as Properties[];
    if (others.length > 0) throw new NotModelled('replicas of DynamoDB tables in other regions');
    const { Region: _region, ContributorInsightsSpecification: insights, SSESpecification: replicaSse, ...settings } = replica!;
    const modelled = ['DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'TableClass', 'Tags', 'ResourcePolicy'];
    for (const name of Object.keys(settings)) if (!modelled.includes(name)) throw new NotModelled(`the replica property ${name} of AWS::DynamoDB::GlobalTable`);
    if (insights?.Enabled) throw new NotModelled('contributor insights of DynamoDB tables');
    const sse = properties.SSESpecification ? { SSESpecification: { ...properties.SSESpecification, ...replicaSse } } : {};
    return { ...properties, ...settings, ...sse };
  };
  const table = tableType(dynamoDb);
  return {
    properties: { ...shared, Replicas: 'update' },
    create: (context, properties) => table.create(context, flattened(properties)),
    update: (context, name, properties, previous) => table.update!(context, name, flattened(properties), flattened(previous)),
    delete: (context, name, properties) => table.delete(context, name, properties),
    attribute: (name, attribute) => attributeOf(dynamoDb, name, attribute),
  };
}

async function create(dynamoDb: DynamoDbService, name: string, properties: Properties, tags: unknown[]): Promise<void> {
  const members = structure.filter((member) => properties[member] !== undefined).map((member) => [member, properties[member]]);
  const sse = properties.SSESpecification;
  await dynamoDb.operations.CreateTable!({
    TableName: name,
    ...Object.fromEntries(members),
    ...(sse ? { SSESpecification: sse.SSEEnabled === false ? undefined : { SSEType: sse.SSEType, KMSMasterKeyId: sse.KMSMasterKeyId } } : {}),
    ...(tags.length > 0 ? { Tags: tags } : {}),
  });
}

async function settle(dynamoDb: DynamoDbService, name: string, properties: Properties): Promise<void> {
  const { operations } = dynamoDb;
  const table = dynamoDb.table(name);
  const protect = isTrue(properties.DeletionProtectionEnabled);
  if (protect !== table.deletionProtection) await operations.UpdateTable!({ TableName: name, DeletionProtectionEnabled: protect });
  const recover = isTrue(properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled);
  if (recover !== table.pointInTimeRecovery) {
    await operations.UpdateContinuousBackups!({ TableName: name, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recover } });
  }
  const timeToLive = properties.TimeToLiveSpecification;
  table.sse = sseOf(properties.SSESpecification);
  table.timeToLiveAttribute = isTrue(timeToLive?.Enabled) ? timeToLive.AttributeName : undefined;
  await settlePolicy(dynamoDb, name, properties.ResourcePolicy?.PolicyDocument);
}

/** Last, since it may deny the deployer every other change. */
async function settlePolicy(dynamoDb: DynamoDbService, name: string, document: unknown): Promise<void> {
  const { operations } = dynamoDb;
  const ResourceArn = dynamoDb.arn(name);
  const had = dynamoDb.table(name).policy;
  // assumption: resource-policy-lock-out
  const put = { ResourceArn, Policy: JSON.stringify(document), ConfirmRemoveSelfResourceAccess: true };
  if (document !== undefined) await operations.PutResourcePolicy!(put);
  else if (had) await operations.DeleteResourcePolicy!({ ResourceArn });
}

function refuseStructuralChange(properties: Properties, previous: Properties): void {
  for (const member of structure.filter((name) => name !== 'SSESpecification')) {
    if (JSON.stringify(properties[member]) !== JSON.stringify(previous[member])) throw new NotModelled(`changing ${member} of a DynamoDB table in place`);
  }
}

async function remove(dynamoDb: DynamoDbService, name: string): Promise<void> {
  await dynamoDb.operations.DeleteTable!({ TableName: name });
}

function attributeOf(dynamoDb: DynamoDbService, name: string, attribute: string): unknown {
  if (attribute === 'Arn') return dynamoDb.arn(name);
  if (attribute === 'TableId') return dynamoDb.table(name).id;
  throw new NotModelled(`the attribute ${attribute} of DynamoDB tables`);
}

/** Encryption can be changed in place (API reference of UpdateTable, SSESpecification). */
function sseOf(given: Properties | undefined): { type: string; keyArn?: string } | undefined {
  if (given === undefined || given.SSEEnabled === false) return undefined;
  return { type: given.SSEType ?? 'KMS', ...(given.KMSMasterKeyId ? { keyArn: given.KMSMasterKeyId } : {}) };
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';
