import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';

const READ = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory'];
const WRITE = ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:AddTagsToResource'];

/** Everything about the parameters of the namespace. */
export function ownParameters(arns: Arns): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: [...READ, ...WRITE], resources: arns.ownParameters() }),
    // Parameter Store checks `aws:ec2:image` values with the rights of the caller; the action knows no resources.
    new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
  ];
}

export function readParameters(...resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions: READ, resources });
}
