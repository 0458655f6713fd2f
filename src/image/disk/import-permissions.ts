import { Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { imageBuilderRoleArn } from '../../control-plane/permissions';

/** What installing from ISO files needs. */
export interface IsoImport {
  readonly infrastructureArn: string;
  readonly executionRole: IRole;
}

interface Wanted {
  readonly role: IRole;
  readonly iso?: IsoImport;
}

interface Statement {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: Record<string, Record<string, string>>;
}

/**
 * What `golden-images disk import` calls, and what these calls need: VM Import/Export user guide, "Required permissions"; Service
 * Authorization Reference, EC2 Image Builder, ImportVmImage and ImportDiskImage. The bucket is read by what the grant gives beside.
 */
export function importPermissions(scope: IConstruct, { role, iso }: Wanted): Statement[] {
  const stack = Stack.of(scope);
  const image = stack.formatArn({ service: 'imagebuilder', resource: 'image', resourceName: '*' });
  // Also those of the service.
  const workflow = stack.formatArn({ service: 'imagebuilder', account: '*', resource: 'workflow', resourceName: '*' });
  const importTask = stack.formatArn({ service: 'ec2', resource: 'import-image-task', resourceName: '*' });
  const ec2Image = `arn:${stack.partition}:ec2:${stack.region}::image/*`;
  const snapshot = `arn:${stack.partition}:ec2:${stack.region}::snapshot/*`;
  return [
    { actions: ['cloudformation:DescribeStacks'], resources: [stack.stackId] },
    { actions: ['ec2:ImportImage'], resources: [importTask, ec2Image, snapshot] },
    { actions: ['ec2:CreateTags'], resources: [importTask, ec2Image, snapshot], conditions: { StringEquals: { 'ec2:CreateAction': 'ImportImage' } } },
    { actions: ['ec2:DescribeImages', 'ec2:DescribeImportImageTasks'], resources: ['*'] },
    { actions: ['iam:PassRole'], resources: [role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'vmie.amazonaws.com' } } },
    { actions: ['imagebuilder:GetImage', 'imagebuilder:ImportVmImage', 'imagebuilder:TagResource'], resources: [image] },
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [imageBuilderRoleArn(stack)],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'imagebuilder.amazonaws.com' } },
    },
    ...iso ? [
      { actions: ['imagebuilder:ImportDiskImage'], resources: [image] },
      { actions: ['imagebuilder:GetInfrastructureConfiguration'], resources: [iso.infrastructureArn] },
      { actions: ['imagebuilder:GetWorkflow'], resources: [workflow] },
      { actions: ['iam:PassRole'], resources: [iso.executionRole.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'imagebuilder.amazonaws.com' } } },
    ] : [],
  ];
}
