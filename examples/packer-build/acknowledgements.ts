import { Validations, type Stack } from 'aws-cdk-lib';

/** What cdk-nag's AwsSolutions asks for and this example leaves out, with the reason. The library explains its own wildcards. */
const reasons: Record<string, Record<string, string>> = {
  'Vpc': {
    'AwsSolutions-VPC7': 'An example: flow logs would need a place to be kept and somebody to read them',
  },
  'Images/Builds': {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]': 'Image Builder works through Systems Manager',
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/EC2InstanceProfileForImageBuilder]': 'The policy that Image Builder documents for its instances',
  },
  'Images/GoldenBuild': {
    'AwsSolutions-CB4': 'The key that AWS manages encrypts what AWS CodeBuild keeps; encryptionKey takes one of your own',
  },
};

export function acknowledge(stack: Stack): void {
  Object.entries(reasons).forEach(([path, rules]) => {
    const construct = path.split('/').reduce((scope, id) => scope.node.findChild(id), stack as Stack['node']['root']);
    Validations.of(construct).acknowledge(...Object.entries(rules).map(([id, reason]) => ({ id, reason })));
  });
}
