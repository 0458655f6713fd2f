import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { FLEET_ROOT, PARAMETER_ROOT, qualifiedName } from '../../contract';

/** What the names of parameters begin with that controllers write. The slash at the end keeps out other namespaces that begin alike. */
export const ownParameterRoots = (namespace: string): string[] => [`${PARAMETER_ROOT}/${namespace}/`, `${FLEET_ROOT}/${namespace}/fleets/`];

/** The service-linked role of Image Builder ("Using service-linked roles for Image Builder"). */
export const imageBuilderRoleArn = (stack: Stack): string => stack.formatArn({
  service: 'iam',
  region: '',
  resource: 'role',
  resourceName: 'aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder',
});

/** ARNs of what has a name of ours, in the account and region of the stack. */
export class Arns {
  private readonly stack: Stack;

  public constructor(scope: IConstruct, private readonly namespace: string) {
    this.stack = Stack.of(scope);
  }

  public imageBuilder(resource: 'image' | 'image-pipeline' | 'component' | 'distribution-configuration'): string {
    return this.format('imagebuilder', resource, qualifiedName(this.namespace, '*'));
  }

  public imageBuilderRole(): string {
    return imageBuilderRoleArn(this.stack);
  }

  /** Resources of a type, also those that other accounts share (subnets of a shared VPC). */
  public anyOf(service: string, resource: string, arnFormat = ArnFormat.SLASH_RESOURCE_NAME): string {
    return this.stack.formatArn({ service, account: '*', resource, resourceName: '*', arnFormat });
  }

  /** Parameters that controllers write. */
  public ownParameters(): string[] {
    return ownParameterRoots(this.namespace).map((root) => this.parameter(`${root}*`));
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

  private format(service: string, resource: string, resourceName: string): string {
    return this.stack.formatArn({ service, resource, resourceName });
  }
}
