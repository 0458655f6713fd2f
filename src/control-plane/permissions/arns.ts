import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { FLEET_ROOT, PARAMETER_ROOT } from '../../contract';

/** ARNs of what has a name of ours, in the account and region of the stack. */
export class Arns {
  private readonly stack: Stack;

  public constructor(scope: IConstruct, private readonly namespace: string) {
    this.stack = Stack.of(scope);
  }

  public imageBuilder(resource: 'image' | 'image-pipeline'): string {
    return this.format('imagebuilder', resource, `${this.namespace}-*`);
  }

  /** Parameters that controllers write. */
  public ownParameters(): string[] {
    return [this.parameter(`${PARAMETER_ROOT}/${this.namespace}/*`), this.parameter(`${FLEET_ROOT}/${this.namespace}/fleets/*`)];
  }

  public parameter(name: string): string {
    return this.format('ssm', 'parameter', name.replace(/^\//, ''));
  }

  /** Parameters that AWS publishes. */
  public publicParameters(): string {
    return this.stack.formatArn({ service: 'ssm', account: '', resource: 'parameter', resourceName: 'aws/service/*' });
  }

  public launchTemplate(id: string): string {
    return this.format('ec2', 'launch-template', id);
  }

  /** The id between the colons is AWS's and unknown before the group exists. */
  public group(name: string): string {
    return this.stack.formatArn({
      service: 'autoscaling',
      resource: 'autoScalingGroup',
      resourceName: `*:autoScalingGroupName/${name}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** What RunInstances touches; images have no account. */
  public runInstances(): string[] {
    const owned = ['instance', 'volume', 'network-interface', 'security-group', 'subnet', 'key-pair', 'launch-template'];
    return [
      ...owned.map((resource) => this.format('ec2', resource, '*')),
      this.stack.formatArn({ service: 'ec2', account: '', resource: 'image', resourceName: '*' }),
      this.stack.formatArn({ service: 'ec2', account: '', resource: 'snapshot', resourceName: '*' }),
    ];
  }

  /** What a launch may tag while it makes it. */
  public taggedAtLaunch(): string[] {
    return ['instance', 'volume', 'network-interface'].map((resource) => this.format('ec2', resource, '*'));
  }

  private format(service: string, resource: string, resourceName: string): string {
    return this.stack.formatArn({ service, resource, resourceName });
  }
}
