import { Duration } from 'aws-cdk-lib';
import { SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  BuildInfrastructure, BuildSchedule, Gate, PackerBuild, ParentImage, PatchedBaseImage, RegisteredImage, RoleImage, Source, WebServer, WeekDay,
  type Channel, type IImage,
} from 'cdk-golden-images';

export interface ImagesProps {
  readonly vpc: IVpc;
  /** Folder with the template. */
  readonly template: string;
}

/** A patched base, what Packer makes of it, and a web server on top. */
export class Images extends Construct {
  /** For whoever launches servers. */
  public readonly production: Channel;

  public constructor(scope: Construct, id: string, private readonly props: ImagesProps) {
    super(scope, id);
    const infrastructure = new BuildInfrastructure(this, 'Builds', { vpc: props.vpc, subnets: { subnetType: SubnetType.PUBLIC } });
    const base = new PatchedBaseImage(this, 'Base', {
      parent: ParentImage.amazonLinux2023(),
      schedule: BuildSchedule.weekly({ weekDay: WeekDay.TUESDAY, hour: 3 }),
      infrastructure,
    });
    const web = new RoleImage(this, 'Web', { parent: this.golden(base), infrastructure, components: [WebServer.nginx()] });
    this.production = web.addChannel('production', { gates: [Gate.imageTests(), Gate.soak(Duration.hours(24))] });
  }

  /** Built whenever the base is released, whenever the template changes, and on Thursdays for what the template itself fetches. */
  private golden(base: IImage): RegisteredImage {
    const golden = new RegisteredImage(this, 'Golden', { parent: base });
    new PackerBuild(this, 'GoldenBuild', {
      image: golden,
      template: Source.asset(this.props.template),
      runTag: { key: 'Name', value: 'Packer Builder' },
      packer: this.tool('packer'),
      plugins: [{ address: 'github.com/hashicorp/amazon', archive: this.tool('plugin') }],
      parentVariable: 'source_ami',
      variables: { subnet_id: this.props.vpc.publicSubnets[0]!.subnetId },
      schedule: BuildSchedule.weekly({ weekDay: WeekDay.THURSDAY, hour: 3 }),
      tested: true,
    });
    return golden;
  }

  /** Packer and its plugin are yours: a bucket of yours has them, and the context of this app says what is in it. */
  private tool(name: string): Source {
    const setting = (key: string): string => this.node.getContext(key) as string;
    const bucket = this.node.tryFindChild('Tools') as Bucket | undefined ?? Bucket.fromBucketName(this, 'Tools', setting('toolsBucket'));
    return Source.bucket(bucket, setting(`${name}Archive`), setting(`${name}Sha256`));
  }
}
