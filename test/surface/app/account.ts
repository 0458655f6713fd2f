import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { IpAddresses, SubnetType, Vpc, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter, type IStringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ControlPlaneSettings } from 'cdk-golden-images';

/** A stack whose zones have names: nothing is looked up in an account. */
export class SurfaceStack extends Stack {
  public override get availabilityZones(): string[] {
    return ['a', 'b'].map((zone) => `${this.region}${zone}`);
  }
}

/** What an account has before there are images: a network, keys, buckets, secrets. Nothing of it is of the library. */
export class Account extends Construct {
  public readonly vpc: IVpc;
  public readonly key: IKey;
  public readonly media: IBucket;
  public readonly logs: IBucket;
  public readonly secret: ISecret;
  public readonly license: IStringParameter;
  public readonly alarmAction: IAlarmAction;

  public constructor(stack: Stack) {
    super(stack, 'Account');
    this.key = new Key(this, 'Key', {
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.vpc = this.network();
    this.logs = this.bucket('Logs');
    this.media = this.bucket('Media', this.logs);
    this.secret = Secret.fromSecretNameV2(this, 'Secret', 'surface/token');
    // Whoever answers alarms.
    const operators = new Topic(this, 'Operators', { masterKey: this.key, enforceSSL: true });
    this.alarmAction = new SnsAction(operators);
    ControlPlaneSettings.apply(stack, { alarmActions: [this.alarmAction] });
    this.license = StringParameter.fromSecureStringParameterAttributes(this, 'License', {
      parameterName: '/surface/license',
    });
  }

  private network(): Vpc {
    return new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 24 },
      ],
    });
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
