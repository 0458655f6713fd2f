import { CloudWatchService } from './cloudwatch';
import { embeddedMetrics, InvalidEmbeddedMetrics } from './cloudwatch/embedded-metrics';
import { AwsError, NotModelled, refuseUnknown, Service, type Operation, type Properties, type ResourceType } from './kernel';
import { assertServiceMayUse } from './kms/encrypted';

interface LogLine {
  readonly at: number;
  readonly text: string;
}

interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  retentionInDays?: number;
  kmsKeyId?: string;
  readonly lines: LogLine[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/**
 * Amazon CloudWatch Logs. Lines are kept and can be read back, and those in the embedded metric format become metrics at once. Retention is
 * recorded, and encryption too, if the policy of the key allows it. Metric filters and subscriptions are not modelled.
 */
export class LogsService extends Service {
  public override readonly signingName = 'logs';
  public override readonly operations: Readonly<Record<string, Operation>> = {
    CreateLogGroup: (input) => {
      refuseUnknown('logs:CreateLogGroup', input, ['logGroupName', 'kmsKeyId', 'tags', 'logGroupClass']);
      this.assertKey(input.logGroupName, input.kmsKeyId);
      this.create(input.logGroupName).kmsKeyId = input.kmsKeyId;
    },
    DeleteLogGroup: (input) => this.remove(input.logGroupName),
    PutRetentionPolicy: (input) => {
      this.required(input.logGroupName).retentionInDays = retention(input.retentionInDays);
    },
    DescribeLogGroups: (input) => {
      refuseUnknown('logs:DescribeLogGroups', input, ['logGroupNamePrefix']);
      const groups = [...this.groups.values()].filter((group) => group.name.startsWith(input.logGroupNamePrefix ?? ''));
      return { logGroups: groups.map((group) => this.describe(group)) };
    },
  };

  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = { 'AWS::Logs::LogGroup': this.groupType() };

  private readonly groups = new Map<string, LogGroup>();

  public has(group: string): boolean {
    return this.groups.has(group);
  }

  /** Appends a line; the group is made where it is absent, as AWS Lambda and EC2 Image Builder do it. */
  public write(group: string, line: string): void {
    (this.groups.get(group) ?? this.create(group)).lines.push({ at: this.world.now, text: line });
    try {
      this.count(line);
    } catch (error) {
      if (!(error instanceof InvalidEmbeddedMetrics)) throw error;
      // Counted under this name in the namespace AWS/Logs ("Monitoring with CloudWatch metrics" of CloudWatch Logs).
      this.world.get(CloudWatchService).putMetric('AWS/Logs', 'EMFValidationErrors', [{ Name: 'LogGroupName', Value: group }], 1);
      this.world.log('logs', `a line of ${group} is not in the embedded metric format: ${error.message}`);
    }
  }

  private count(line: string): void {
    const cloudWatch = this.world.get(CloudWatchService);
    for (const { namespace, name, dimensions, values, at } of embeddedMetrics(line)) {
      for (const value of values) cloudWatch.putMetric(namespace, name, dimensions, value, { at });
    }
  }

  /** What was written to a group so far. */
  public lines(group: string): readonly LogLine[] {
    return this.groups.get(group)?.lines ?? [];
  }

  /** CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS Key Management Service": the key policy names the service. */
  private assertKey(group: string, keyId: string | undefined): void {
    const arn = this.world.arn('logs', `log-group:${group}`);
    try {
      assertServiceMayUse(this.world, keyId, `logs.${this.world.region}.amazonaws.com`, {
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:GenerateDataKey'],
        context: { 'kms:EncryptionContext:aws:logs:arn': arn, 'aws:SourceArn': arn, 'aws:SourceAccount': this.world.account },
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError('InvalidParameterException', `The specified KMS key does not exist or is not allowed to be used with LogGroup '${arn}'`);
    }
  }

  private create(name: string): LogGroup {
    if (!/^[\w./#-]{1,512}$/.test(name)) throw new AwsError('InvalidParameterException', `The log group name ${name} is not valid`);
    if (this.groups.has(name)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    const group: LogGroup = { name, createdAt: this.world.now, lines: [] };
    this.groups.set(name, group);
    return group;
  }

  private required(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  private remove(name: string): void {
    this.required(name);
    this.groups.delete(name);
  }

  private describe(group: LogGroup): Record<string, unknown> {
    return {
      logGroupName: group.name,
      creationTime: group.createdAt,
      retentionInDays: group.retentionInDays,
      kmsKeyId: group.kmsKeyId,
      arn: this.world.arn('logs', `log-group:${group.name}:*`),
    };
  }

  private groupType(): ResourceType {
    const apply = (name: string, properties: Properties): void => {
      const { RetentionInDays, KmsKeyId } = properties;
      Object.assign(this.required(name), { retentionInDays: RetentionInDays && retention(RetentionInDays), kmsKeyId: KmsKeyId });
    };
    return {
      properties: { LogGroupName: 'replace', LogGroupClass: 'replace', RetentionInDays: 'update', KmsKeyId: 'update', Tags: 'update' },
      create: (context, properties) => {
        if (properties.RetentionInDays) retention(properties.RetentionInDays);
        const wanted = properties.LogGroupName ?? context.generateName(512);
        this.assertKey(wanted, properties.KmsKeyId);
        const { name } = this.create(wanted);
        apply(name, properties);
        return name;
      },
      update: (_context, name, properties) => {
        this.assertKey(name, properties.KmsKeyId);
        apply(name, properties);
      },
      delete: (_context, name) => this.remove(name),
      attribute: (name, attribute) => {
        if (attribute === 'Arn') return this.describe(this.required(name)).arn;
        throw new NotModelled(`the attribute ${attribute} of AWS::Logs::LogGroup`);
      },
    };
  }
}

function retention(days: unknown): number {
  const value = Number(days);
  if (!RETENTION_DAYS.includes(value)) throw new AwsError('InvalidParameterException', `The retention ${String(days)} is not one of ${RETENTION_DAYS.join(', ')}`);
  return value;
}
