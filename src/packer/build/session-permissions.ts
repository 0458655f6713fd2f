import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { PackerRunTag } from './packer-build-props';
import type { Permission } from '../../control-plane/permissions';

/** Sessions of Systems Manager to Packer's own instances. */
export function sessionPermissions(scope: Construct, instances: string[], { key, value }: PackerRunTag): Permission[] {
  const stack = Stack.of(scope);
  const document = stack.formatArn({ service: 'ssm', account: '', resource: 'document', resourceName: 'AWS-StartPortForwardingSession' });
  return [
    {
      statement: new PolicyStatement({ actions: ['ssm:StartSession'], resources: instances, conditions: { StringEquals: { [`ssm:resourceTag/${key}`]: value } } }),
      wildcards: 'What Packer launches has no name before; only what carries the run tag of this build',
    },
    { statement: new PolicyStatement({ actions: ['ssm:StartSession'], resources: [document] }) },
    {
      statement: new PolicyStatement({
        actions: ['ssm:ResumeSession', 'ssm:TerminateSession'],
        resources: [stack.formatArn({ service: 'ssm', resource: 'session', resourceName: '${aws:userid}-*' })],
      }),
      wildcards: 'Sessions are named after who began them; limited to its own',
    },
  ];
}
