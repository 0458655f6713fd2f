import { CustomResource, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Handler } from './handler';
import type { Handlers } from './handlers';

/** A distribution configuration, as its API takes it. */
export interface DistributionRequest {
  readonly name: string;
  readonly description: string;
  readonly distributions: object[];
}

/** Where disks go, and in which role they are written. */
export interface DiskDestination {
  readonly role: IRole;
  readonly bucketArn: string;
}

/**
 * Makes distribution configurations by their API. CloudFormation's resource type has all of them but `s3ExportConfiguration`, by which disks are exported
 * (template reference of AWS::ImageBuilder::DistributionConfiguration).
 */
export class Distributor extends Construct {
  private readonly handler: Handler;

  public constructor(scope: Construct, id: string, private readonly handlers: Handlers) {
    super(scope, id);
    this.handler = handlers.makeDistributor();
  }

  /** Gives the ARN, which is known before: Image Builder makes it of the name. */
  public distribution(scope: Construct, id: string, request: DistributionRequest, { role, bucketArn }: DiskDestination): CustomResource {
    this.handler.allow(
      // Whoever names a role to a service must be allowed to hand it on (assumption: distribution-pass-role).
      {
        statement: new PolicyStatement({
          actions: ['iam:PassRole'], resources: [role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'vmie.amazonaws.com' } },
        }),
      },
      // Service authorization reference of EC2 Image Builder, CreateDistributionConfiguration and UpdateDistributionConfiguration.
      { statement: new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }) },
    );
    if (Stack.of(scope).nestedStackParent) { this.handlers.permitNested(this.handler); }
    return new CustomResource(scope, id, {
      resourceType: 'Custom::GoldenImagesDistribution',
      serviceToken: this.handler.lambda.functionArn,
      serviceTimeout: this.handler.responseTimeout,
      properties: { Arn: this.arnOf(request.name), Definition: Stack.of(scope).toJsonString(request) },
    });
  }

  private arnOf(resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'imagebuilder', resource: 'distribution-configuration', resourceName });
  }
}
