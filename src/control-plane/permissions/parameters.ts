import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';

const READ = 'ssm:GetParameter';

/** Everything about the parameters of the namespace. */
export const ownParameters = (arns: Arns): PolicyStatement[] => [
  new PolicyStatement({ actions: [READ, 'ssm:PutParameter', 'ssm:DeleteParameter'], resources: arns.ownParameters() }),
  // Parameter Store checks values of type `aws:ec2:image` with the rights of the caller; the action knows no resources.
  new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
];

export const readParameters = (...resources: string[]): PolicyStatement => new PolicyStatement({ actions: [READ], resources });

/** Who reads a parameter is known only by looking at all launch templates and recipes; neither list knows resources. */
export const findReaders = (): PolicyStatement => new PolicyStatement({
  actions: ['ec2:DescribeLaunchTemplateVersions', 'imagebuilder:ListImageRecipes'],
  resources: ['*'],
});
