import { DynamoDbEngine, engineOperations, type HttpResponse } from './dynamodb/engine';
import { ResourcePolicies, type TablePolicy } from './dynamodb/resource-policies';
import { dynamoDbResourceTypes } from './dynamodb/resource-types';
import { AwsError, NotModelled, Service, type Operation, type ResourceType, type World } from './kernel';
import { assertRoleMayUse } from './kms/encrypted';

/** Settings of a table that dynalite does not know. */
export interface TableSettings {
  readonly id: string;
  readonly createdAt: number;
  pointInTimeRecovery: boolean;
  timeToLiveAttribute?: string;
  deletionProtection: boolean;
  policy?: TablePolicy;
  /** Recorded. */
  sse?: { type: string; keyArn?: string };
}

const READ = ['kms:Decrypt', 'kms:DescribeKey'];
const USE = [...READ, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

// Members in the JSON shapes of the protocol.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

/**
 * Amazon DynamoDB through dynalite, in memory. Tables are active at once. Denials of resource policies are enforced. Recorded, not enforced:
 * backups, capacity, what resource policies allow, and the deletion of items by their time to live.
 */
export class DynamoDbService extends Service {
  public override readonly signingName = 'dynamodb';
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = dynamoDbResourceTypes(this);
  public override readonly operations: Readonly<Record<string, Operation>>;
  private readonly engine: DynamoDbEngine;
  private readonly policies: ResourcePolicies;
  private readonly settings = new Map<string, TableSettings>();

  public constructor(world: World) {
    super(world);
    this.engine = new DynamoDbEngine(world.account, world.region);
    this.policies = new ResourcePolicies(world, this);
    const operations: Record<string, Operation> = {
      ...this.policies.operations,
      ...Object.fromEntries(engineOperations.map((name) => [name, (input: Json) => this.onData(name, input)])),
      CreateTable: (input) => this.createTable(input),
      DescribeTable: (input) => this.describeTable(input.TableName),
      UpdateTable: (input) => this.updateTable(input),
      DeleteTable: (input) => this.deleteTable(input.TableName),
      DescribeContinuousBackups: (input) => this.continuousBackups(input.TableName),
      UpdateContinuousBackups: (input) => this.updateContinuousBackups(input),
      DescribeTimeToLive: (input) => ({ TimeToLiveDescription: this.timeToLive(input.TableName) }),
      UpdateTimeToLive: (input) => this.updateTimeToLive(input),
    };
    this.operations = Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, async (input: Json) => {
      this.policies.refuseDenied(name, input);
      return await operation(input) as unknown;
    }]));
  }

  /** Answers a request of the JSON protocol, from its headers (lower case) and body. */
  public async raw(headers: Readonly<Record<string, string>>, body: string | Uint8Array): Promise<HttpResponse> {
    const operation = (headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    try {
      return rendered(200, await this.world.call(this, operation, JSON.parse(Buffer.from(body as string).toString() || '{}')));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const __type = `com.amazonaws.dynamodb.v20120810#${error.code}`;
      return rendered(error.status, { __type, message: error.message, Message: error.message, ...error.members });
    }
  }

  /** The settings of a table. Throws `ResourceNotFoundException`. */
  public table(name: string): TableSettings {
    const settings = this.tableIfAny(name);
    if (!settings) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
    return settings;
  }

  public tableIfAny(name: string): TableSettings | undefined {
    return this.settings.get(name);
  }

  public arn(name: string): string {
    this.table(name);
    return this.world.arn('dynamodb', `table/${name}`);
  }

  /** With a customer key the caller must be allowed to use it (DynamoDB developer guide, "DynamoDB encryption at rest: usage notes"). */
  private onData(operation: string, input: Json): Promise<Json> {
    const key = this.settings.get(input.TableName)?.sse?.keyArn;
    assertRoleMayUse(this.world, key, /^(Put|Update|Delete)Item$/.test(operation) ? USE : READ, 'AccessDeniedException');
    return this.forward(operation, input);
  }

  private async forward(operation: string, input: Json): Promise<Json> {
    const { status, body } = await this.engine.request(operation, JSON.stringify(this.named(input)));
    const output = JSON.parse(body);
    if (status === 200) return output;
    const { __type: type, message, Message, ...members } = output;
    throw new AwsError(String(type).split('#').pop()!, message ?? Message ?? '', status, members);
  }

  /** A table may be given by its ARN too (GetItem and PutItem API reference, "TableName"), which dynalite does not know. */
  private named(input: Json): Json {
    const given = String(input.TableName ?? '');
    if (!given.startsWith('arn:')) return input;
    const name = given.split(':table/')[1] ?? '';
    if (given !== this.world.arn('dynamodb', `table/${name}`)) throw new AwsError('ResourceNotFoundException', `Requested resource not found: ${given}`);
    return { ...input, TableName: name };
  }

  private async createTable(input: Json): Promise<Json> {
    const { DeletionProtectionEnabled: protection, ResourcePolicy: policy, SSESpecification: sse, ...others } = input;
    const { TableClass: tableClass, StreamSpecification: stream, ...rest } = others;
    if (stream?.StreamEnabled) throw new NotModelled('streams of DynamoDB tables');
    if (tableClass && tableClass !== 'STANDARD') throw new NotModelled(`the table class ${tableClass}`);
    await this.forward('CreateTable', rest);
    this.settings.set(input.TableName, {
      id: this.world.random.uuid(),
      createdAt: this.world.now,
      pointInTimeRecovery: false,
      deletionProtection: protection ?? false,
      ...(sse ? { sse: { type: sse.SSEType ?? 'KMS', keyArn: sse.KMSMasterKeyId } } : {}),
    });
    if (policy !== undefined) this.policies.put({ ResourceArn: this.arn(input.TableName), Policy: policy, ConfirmRemoveSelfResourceAccess: true });
    return { TableDescription: (await this.describeTable(input.TableName)).Table };
  }

  private async describeTable(name: string): Promise<Json> {
    // The table turns active in a timer of dynalite.
    let { Table: table } = await this.forward('DescribeTable', { TableName: name });
    while (table.TableStatus === 'CREATING' || table.TableStatus === 'UPDATING') {
      await new Promise((resolve) => { setImmediate(resolve); });
      ({ Table: table } = await this.forward('DescribeTable', { TableName: name }));
    }
    const { id, createdAt, deletionProtection, sse } = this.table(name);
    return {
      Table: {
        ...table,
        TableId: id,
        CreationDateTime: createdAt / 1000,
        DeletionProtectionEnabled: deletionProtection,
        ...(sse ? { SSEDescription: { Status: 'ENABLED', SSEType: sse.type, ...(sse.keyArn ? { KMSMasterKeyArn: sse.keyArn } : {}) } } : {}),
      },
    };
  }

  /** Deletion protection is known here alone; all other changes are for the engine. */
  private async updateTable({ DeletionProtectionEnabled: protection, ...rest }: Json): Promise<Json> {
    const table = this.table(rest.TableName);
    if (protection === undefined || Object.keys(rest).length > 1) await this.forward('UpdateTable', rest);
    table.deletionProtection = protection ?? table.deletionProtection;
    return { TableDescription: (await this.describeTable(rest.TableName)).Table };
  }

  private async deleteTable(name: string): Promise<Json> {
    if (this.table(name).deletionProtection) {
      throw new AwsError('ValidationException', 'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.');
    }
    const output = await this.forward('DeleteTable', { TableName: name });
    this.settings.delete(name);
    // Gone for a caller that asks at once.
    while ((await this.forward('ListTables', {})).TableNames.includes(name)) await new Promise((resolve) => { setImmediate(resolve); });
    return output;
  }

  private continuousBackups(name: string): Json {
    const status = this.table(name).pointInTimeRecovery ? 'ENABLED' : 'DISABLED';
    return { ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status } } };
  }

  private updateContinuousBackups(input: Json): Json {
    this.table(input.TableName).pointInTimeRecovery = input.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled === true;
    return this.continuousBackups(input.TableName);
  }

  private timeToLive(name: string): Json {
    const attribute = this.table(name).timeToLiveAttribute;
    return attribute ? { TimeToLiveStatus: 'ENABLED', AttributeName: attribute } : { TimeToLiveStatus: 'DISABLED' };
  }

  private updateTimeToLive(input: Json): Json {
    const { Enabled: enabled, AttributeName: name } = input.TimeToLiveSpecification;
    const table = this.table(input.TableName);
    if (enabled === (table.timeToLiveAttribute !== undefined)) {
      throw new AwsError('ValidationException', `TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
    }
    table.timeToLiveAttribute = enabled ? name : undefined;
    return { TimeToLiveSpecification: input.TimeToLiveSpecification };
  }
}

const rendered = (status: number, output: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(output),
});
