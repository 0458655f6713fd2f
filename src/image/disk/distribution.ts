import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DiskExport } from './disk-export';
import { DiskServiceRole } from './service-role';
import { ControlPlane } from '../../control-plane/control-plane';

export interface DistributionProps {
  /** Of the pipeline. */
  readonly name: string;
  readonly description: string;
  /** Where disks go unless the export says otherwise. */
  readonly prefix: string;
  readonly diskExport: DiskExport;
  readonly amiTags: { [key: string]: string };
}

/** What happens to an AMI once it is built and tested: its disk goes to a bucket. Made only for images that ask for it; no part of their content. */
export class Distribution extends Construct {
  public readonly arn: string;

  public constructor(scope: Construct, id: string, { name, description, amiTags, ...props }: DistributionProps) {
    super(scope, id);
    const { diskImageFormat, bucket, prefix = props.prefix } = props.diskExport.bind(scope);
    const role = new DiskServiceRole(this, 'ExportRole', `VM Import/Export, to export ${name}`);
    role.allowWriting(bucket, prefix);
    const distribution = {
      region: Stack.of(this).region,
      // A distribution needs a name that differs from build to build; this is the one that AMIs have without a distribution.
      amiDistributionConfiguration: { name: `${name} {{ imagebuilder:buildDate }}`, amiTags },
      s3ExportConfiguration: { diskImageFormat, roleName: role.roleName, s3Bucket: bucket.bucketName, s3Prefix: prefix },
    };
    const resource = ControlPlane.of(this).distributor.distribution(this, 'Resource', { name, description, distributions: [distribution] }, { role, bucketArn: bucket.bucketArn });
    // The role must be able to write when the first build reaches its distribution.
    resource.node.addDependency(role);
    this.arn = resource.ref;
  }
}
