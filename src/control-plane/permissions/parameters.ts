import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';
import type { Permission } from './permission';

const READ = 'ssm:GetParameter';

/** Everything about the parameters of the namespace. */
export const ownParameters = (arns: Arns): Permission[] => [
  {
    statement: new PolicyStatement({ actions: [READ, 'ssm:PutParameter', 'ssm:DeleteParameter'], resources: arns.ownParameters() }),
    wildcards: 'All parameters of the namespace belong to its images and fleets',
  },
  {
    // assumption: ssm-ami-validation
    statement: new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
    wildcards: 'Parameter Store checks AMI ids with the rights of the caller; the action knows no resources',
  },
];

export const readParameters = (resources: string[], wildcards?: string): Permission => ({
  statement: new PolicyStatement({ actions: [READ], resources }),
  wildcards,
});

/** Before a parameter is removed, it is known that nothing reads it. */
export const findReaders = (): Permission => ({
  statement: new PolicyStatement({ actions: ['ec2:DescribeLaunchTemplateVersions', 'imagebuilder:ListImageRecipes'], resources: ['*'] }),
  wildcards: 'Who reads a parameter is known only by looking at all launch templates and recipes',
});
