import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { Images } from './images';

export interface PackerBuildStackProps extends StackProps {
  /**
   * Folder with the template.
   *
   * @default - `template` beside this app
   */
  readonly template?: string;
}

/** Images only: nothing follows the channel here, it is for whoever launches by its parameter. */
export class PackerBuildStack extends Stack {
  public constructor(scope: Construct, id: string, props: PackerBuildStackProps = {}) {
    super(scope, id, props);
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 }],
    });
    const { production } = new Images(this, 'Images', { vpc, template: props.template ?? 'template' });
    new CfnOutput(this, 'ProductionParameter', { value: production.parameterName, description: 'For launch templates: resolve:ssm:<this>' });
    acknowledge(this);
  }
}
