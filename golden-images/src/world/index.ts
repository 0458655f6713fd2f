import { AutoScalingService } from './auto-scaling/auto-scaling';
import { CloudFormationService } from './cloudformation/cloudformation';
import { CloudWatchService } from './cloudwatch';
import { CodeBuildService } from './code-build/code-build';
import { DynamoDbService } from './dynamodb';
import { Ec2Service } from './ec2/ec2';
import { EcrService } from './ecr';
import { EventsService } from './events';
import { IamService } from './iam';
import { ImageBuilderService } from './image-builder/image-builder';
import type { Service, World } from './kernel';
import { KmsService } from './kms';
import { LambdaService } from './lambda/lambda';
import { LoadBalancingService } from './load-balancing/load-balancing';
import { LogsService } from './logs';
import { S3Service } from './s3';
import { SchedulerService } from './scheduler';
import { SnsService } from './sns';
import { SqsService } from './sqs';
import { SsmService } from './ssm/ssm';
import { StsService } from './sts';

export * from './kernel';

/** Every service of the model. */
export const allServices: ReadonlyArray<new (world: World) => Service> = [
  AutoScalingService, CloudFormationService, CloudWatchService, CodeBuildService, DynamoDbService, Ec2Service, EcrService, EventsService,
  IamService, ImageBuilderService, KmsService, LambdaService, LoadBalancingService, LogsService, S3Service, SchedulerService, SnsService, SqsService,
  SsmService, StsService,
];
