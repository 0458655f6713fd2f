import { Stack, type StackProps } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { Images } from './images';
import { Servers } from './servers';

export interface WebFleetStackProps extends StackProps {
  /**
   * Folder with the web site.
   *
   * @default - `site` beside this app
   */
  readonly site?: string;
}

/** Images and servers of a small web site. Public subnets only: no NAT gateway is needed, and none is made. */
export class WebFleetStack extends Stack {
  public constructor(scope: Construct, id: string, props: WebFleetStackProps = {}) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }],
    });
    const { production } = new Images(this, 'Images', { vpc, site: props.site ?? 'site' });
    new Servers(this, 'Servers', { vpc, follows: production, motd: this.node.tryGetContext('motd') ?? 'welcome' });
    acknowledge(this);
  }
}
