import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { IpAddresses, SubnetType, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter, type IStringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

/** What an account has before there are images: a network, keys, buckets, secrets. Nothing of it is of the library. */
export class Account extends Construct {
  public readonly vpc: IVpc;
  public readonly key: IKey;
  public readonly media: IBucket;
  public readonly logs: IBucket;
  public readonly secret: ISecret;
  public readonly license: IStringParameter;

  public constructor(stack: Stack) {
    super(stack, 'Account');
    this.key = new Key(this, 'Key', { enableKeyRotation: true, pendingWindow: Duration.days(7), removalPolicy: RemovalPolicy.DESTROY });
    this.vpc = this.network(stack.region);
    this.logs = this.bucket('Logs');
    this.media = this.bucket('Media', this.logs);
    this.secret = Secret.fromSecretNameV2(this, 'Secret', 'surface/token');
    this.license = StringParameter.fromSecureStringParameterAttributes(this, 'License', { parameterName: '/surface/license' });
  }

  /** Named zones: nothing is looked up. */
  private network(region: string): Vpc {
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
      availabilityZones: [`${region}a`, `${region}b`],
      natGateways: 1,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 24 },
      ],
    });
    return vpc;
  }

  private bucket(id: string, serverAccessLogsBucket?: IBucket): Bucket {
    return new Bucket(this, id, {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      serverAccessLogsBucket,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
