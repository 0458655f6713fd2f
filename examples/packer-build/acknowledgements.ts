import { Validations, type Stack } from 'aws-cdk-lib';

/** What cdk-nag's AwsSolutions asks for and this example leaves out, with the reason. The library explains its own. */
const reasons: Record<string, Record<string, string>> = {
  Vpc: {
    'AwsSolutions-VPC7': 'An example: flow logs would need a place to be kept and somebody to read them',
  },
};

export function acknowledge(stack: Stack): void {
  Object.entries(reasons).forEach(([path, rules]) => {
    const construct = path.split('/').reduce((scope, id) => scope.node.findChild(id), stack as Stack['node']['root']);
    Validations.of(construct).acknowledge(...Object.entries(rules).map(([id, reason]) => ({ id, reason })));
  });
}
