import { Aws, Lazy } from 'aws-cdk-lib';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnWorkflow, type CfnImagePipelineProps } from 'aws-cdk-lib/aws-imagebuilder';
import { Construct } from 'constructs';
import { ControlPlane } from '../control-plane/control-plane';
import { explain } from '../private/findings';
import { commented, contentHash } from '../private/hash';
import { imageBuilderName } from '../private/names';

/**
 * What the service's own workflow `build-image` does to a Windows instance, but for the step RunSysPrep. Metadata are always collected, because
 * the pipelines ask for that. CreateImage restarts the instance, as nothing else has stopped Windows before it (assumption: create-image-restarts), and
 * EC2Launch is left as it is (assumption: ec2launch-once).
 * Source: Image Builder user guide, "Supported step actions for your workflow document".
 */
const DOCUMENT = `name: build-without-sysprep
description: Builds an AMI that Sysprep has not generalized
schemaVersion: 1.0
steps:
  - name: LaunchBuildInstance
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: ssmAgent
  - name: ApplyBuildComponents
    action: ExecuteComponents
    onFailure: Abort
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId
  - name: CollectMetadata
    action: CollectImageMetadata
    onFailure: Abort
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId
  - name: CreateOutputAmi
    action: CreateImage
    onFailure: Abort
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId
  - name: TerminateBuildInstance
    action: TerminateInstance
    onFailure: Continue
    inputs:
      instanceId.$: $.stepOutputs.LaunchBuildInstance.instanceId
outputs:
  - name: ImageId
    value: $.stepOutputs.CreateOutputAmi.imageId
`;

/** The build workflow of Windows images that are not generalized, and the role in which the service runs it. One a stack, for those that need it. */
export class BuildWorkflow extends Construct {
  public static withoutSysprep(scope: Construct): BuildWorkflow {
    const plane = ControlPlane.of(scope);
    return (plane.node.tryFindChild('BuildWithoutSysprep') as BuildWorkflow | undefined) ?? new BuildWorkflow(plane);
  }

  /** What it makes of an image, for the image's content hash. */
  public readonly content: string;
  private readonly workflowArn: string;
  private readonly role: Role;

  private constructor(plane: ControlPlane) {
    super(plane, 'BuildWithoutSysprep');
    this.content = contentHash(this, DOCUMENT);
    this.workflowArn = this.makeWorkflow(imageBuilderName(this, plane.namespace, { workflow: 'build-without-sysprep' })).attrArn;
    this.role = this.makeRole();
  }

  /** Members of a pipeline. Where workflows are listed, only those are run: without the workflow for tests there would be none. */
  public get pipelineProps(): Pick<CfnImagePipelineProps, 'executionRole' | 'workflows'> {
    const test = `arn:${Aws.PARTITION}:imagebuilder:${Aws.REGION}:aws:workflow/test/test-image/x.x.x`;
    return { executionRole: this.role.roleArn, workflows: [{ workflowArn: this.workflowArn }, { workflowArn: test }] };
  }

  /** As with components, the service counts the builds of one version and refuses a document that it already has (ADR 3). */
  private makeWorkflow(name: string): CfnWorkflow {
    const workflow = new CfnWorkflow(this, 'Resource', { name, type: 'BUILD', version: '1.0.0' });
    const identity = { name, type: workflow.type, version: workflow.version, text: DOCUMENT };
    workflow.data = Lazy.uncachedString({ produce: () => commented(this, DOCUMENT, identity) });
    return workflow;
  }

  /**
   * The user guide ("Service access") advises against the service-linked role here, and for a role of one's own with this policy, which has what
   * the service needs and reads parameters where the service-linked role does (assumption: execution-policy). Who starts a build need not pass it
   * (assumption: start-passes-no-role).
   */
  private makeRole(): Role {
    const role = new Role(this, 'Role', {
      description: 'Image Builder, in builds without Sysprep',
      assumedBy: new ServicePrincipal('imagebuilder.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('EC2ImageBuilderExecutionPolicy')],
    });
    explain(role, 'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/EC2ImageBuilderExecutionPolicy]');
    return role;
  }
}
