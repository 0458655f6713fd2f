import { readFileSync } from 'node:fs';
import { actionExists, complaints } from '../examples/permissions/reference';

interface Denial {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Action: string[];
  readonly Resource: string | string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string[]>>>>;
}

const page = readFileSync('docs/security.md', 'utf8');
const [, policy] = /```json\n([^]+?)\n```/.exec(page)!;
const { Statement: denials } = JSON.parse(policy!) as { Statement: Denial[] };

/** What the page itself calls rights that own the fleets. */
const LISTED = [
  'autoscaling:AttachInstances', 'autoscaling:RollbackInstanceRefresh', 'autoscaling:StartInstanceRefresh', 'autoscaling:UpdateAutoScalingGroup',
  'dynamodb:DeleteTable', 'dynamodb:PutItem', 'dynamodb:PutResourcePolicy', 'dynamodb:RestoreTableToPointInTime', 'ec2:CreateLaunchTemplateVersion',
  'ec2:ModifyLaunchTemplate', 'elasticloadbalancing:RegisterTargets', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy', 'lambda:InvokeFunction',
  'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 's3:PutObject', 'ssm:PutParameter', 'ssm:SendCommand', 'sts:AssumeRole',
];

test('the policy to paste denies every right that equals owning the fleets, to all but named roles', () => {
  const denied = denials.flatMap(({ Action }) => Action);
  expect(LISTED.filter((action) => !denied.includes(action))).toEqual([]);
  expect(denials.filter(({ Effect, Condition }) => Effect !== 'Deny' || !(Condition.ArnNotLike?.['aws:PrincipalArn'] ?? []).length)).toEqual([]);
});

test('its actions exist, and each names resources that the action knows', async () => {
  const actions = denials.flatMap(({ Action }) => Action);
  expect((await Promise.all(actions.map(async (action) => (await actionExists(action) ? [] : [action])))).flat()).toEqual([]);
  const statements = denials.map((each) => ({ ...each, resources: [each.Resource].flat().map((arn) => arn.replace(/ACCOUNT/g, '123456789012')) }));
  expect(await complaints([{ where: 'docs/security.md', roles: [], statements }])).toEqual([]);
});

test('the page is linked from where people look for it', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('(docs/security.md)');
  expect(readFileSync('SECURITY.md', 'utf8')).toContain('(docs/security.md)');
});
