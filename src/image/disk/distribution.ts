import { Stack, type CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DiskExport } from './disk-export';
import { DiskServiceRole } from './service-role';
import { ControlPlane } from '../../control-plane/control-plane';
import { nameLimits } from '../../private/limits';
import { idFollowsName } from '../../private/logical-ids';
import { composedName, imageBuilderName } from '../../private/names';

export interface DistributionProps {
  readonly namespace: string;
  readonly imageName: string;
  readonly description: string;
  readonly diskExport: DiskExport;
  readonly amiTags: { [key: string]: string };
}

/** What happens to an AMI once it is built and tested: its disk goes to a bucket. Made only for images that ask for it; no part of their content. */
export class Distribution extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string, { namespace, imageName, description, amiTags, diskExport }: DistributionProps) {
    super(scope, id);
    const name = imageBuilderName(this, namespace, { imageName });
    const { diskImageFormat, bucket, prefix = `${namespace}/${imageName}/` } = diskExport.bind(scope);
    const role = new DiskServiceRole(this, 'ExportRole', `VM Import/Export, to export ${name}`);
    role.allowWriting(bucket, prefix);
    const amiName = `${name} {{ imagebuilder:buildDate }}`;
    const distribution = {
      region: Stack.of(this).region,
      // A distribution needs a name that differs from build to build; this is the one that AMIs have without a distribution.
      amiDistributionConfiguration: { name: composedName(this, nameLimits.distributedAmi, amiName, { namespace, imageName }), amiTags },
      s3ExportConfiguration: { diskImageFormat, roleName: role.roleName, s3Bucket: bucket.bucketName, s3Prefix: prefix },
    };
    const properties = { name, description, distributions: [distribution] };
    const resource = ControlPlane.of(this).distributor.distribution(this, 'Resource', properties, { role, bucketArn: bucket.bucketArn });
    idFollowsName(resource.node.defaultChild as CfnResource, 'Distribution', imageName);
    // The role must be able to write when the first build reaches its distribution.
    resource.node.addDependency(role);
    this.arn = resource.ref;
  }
}
