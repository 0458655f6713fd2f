import { CustomResource, Lazy, Stack, type CfnResource } from 'aws-cdk-lib';
import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { rendered } from './rendered';
import type { ControlPlane } from '../control-plane/control-plane';
import { contentHash } from '../private/hash';
import { idFollowsName } from '../private/logical-ids';

export interface TemplateRecordProps {
  readonly controlPlane: ControlPlane;
  readonly fleetName: string;
  readonly template: CfnLaunchTemplate;
  readonly group?: CfnAutoScalingGroup;
}

/**
 * Stands after a launch template and before the group that launches from it: compares what the stack declares with what EC2 has, and records the
 * version. Of all versions that somebody makes, only those that are recorded become configuration releases.
 */
export class TemplateRecord extends Construct {
  public constructor(scope: Construct, id: string, { controlPlane, fleetName, template, group }: TemplateRecordProps) {
    super(scope, id);
    const { recorder } = controlPlane.handlers;
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::GoldenImagesLaunchTemplate',
      serviceToken: recorder.lambda.functionArn,
      serviceTimeout: recorder.responseTimeout,
      properties: {
        Namespace: controlPlane.namespace,
        Fleet: fleetName,
        LaunchTemplateId: template.ref,
        LatestVersion: template.attrLatestVersionNumber,
        // By its content, with overrides and aspects: what the template will be made of.
        Data: Lazy.uncachedAny({ produce: () => rendered(template).Properties?.LaunchTemplateData }),
        Overrides: group && Lazy.uncachedAny({ produce: () => rendered(group).Properties?.MixedInstancesPolicy?.LaunchTemplate?.Overrides }),
      },
    });
    if (Stack.of(this).nestedStackParent) { controlPlane.handlers.permitNested(recorder); }
    resource.node.addDependency(controlPlane.handlers.ledgerAccess);
    const element = resource.node.defaultChild as CfnResource;
    // It cannot name a template that a condition leaves out.
    element.addOverride('Condition', Lazy.uncachedAny({ produce: () => rendered(template).Condition }));
    idFollowsName(element, 'LaunchTemplate', `${fleetName}-${contentHash(this, (group ?? template).logicalId).slice(0, 8)}`);
    group?.node.addDependency(resource);
  }
}
