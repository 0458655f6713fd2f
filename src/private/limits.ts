/** How long AWS lets a name be. */
export interface NameLimit {
  /** What is named. */
  readonly of: string;
  /** Characters. */
  readonly maximum: number;
  readonly source: string;
}

/** Limits of the names that are made of a namespace and what the user called something. */
export const nameLimits = {
  imageBuilder: { of: 'EC2 Image Builder resource', maximum: 128, source: 'API reference of EC2 Image Builder, ResourceName' },
  /** The variable counts as it is written. */
  distributedAmi: { of: 'exported AMI', maximum: 127, source: 'API reference of EC2 Image Builder, AmiDistributionConfiguration, name' },
  alarm: { of: 'alarm', maximum: 255, source: 'API reference of CloudWatch, PutMetricAlarm, AlarmName' },
  logGroup: { of: 'log group', maximum: 512, source: 'API reference of CloudWatch Logs, CreateLogGroup, logGroupName' },
  project: { of: 'AWS CodeBuild project', maximum: 150, source: 'AWS CodeBuild user guide, "Quotas for AWS CodeBuild", build project names' },
  parameter: { of: 'parameter', maximum: 1011, source: 'API reference of Systems Manager, PutParameter, Name' },
} as const;

/** Tags that a resource may have; those that begin with `aws:` do not count. AWS General Reference, "Tag naming limits and requirements". */
export const MAX_TAGS = 50;

/** Tags of instances that builds launch. API reference of EC2 Image Builder, CreateInfrastructureConfiguration, resourceTags. */
export const MAX_RESOURCE_TAGS = 30;
