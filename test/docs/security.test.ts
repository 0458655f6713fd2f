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

/** What an SCP cannot name by resource, or that the page says is denied elsewhere. */
const UNDENIED = new Set(['cloudwatch:PutMetricData', 'ssm:ResumeSession', 'ssm:StartAutomationExecution', 'iam:DeleteRole']);

test('each right of the table is denied by the policy, and only rights that are for none of its resources are not', () => {
  const table = page.slice(page.indexOf('## Rights that own'), page.indexOf('```json'));
  const rows = table.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split(' | ')[0]!);
  const rights = rows.flatMap((row) => {
    let service = '';
    return [...row.matchAll(/`(?:([a-z0-9-]+):)?([A-Z][A-Za-z]+)`/g)].map(([, prefix, name]) => {
      service = prefix ?? service;
      return `${service}:${name}`;
    });
  });
  const denied = denials.flatMap(({ Action }) => Action);
  expect(rights.length).toBeGreaterThan(40);
  expect(rights.filter((right) => !denied.includes(right) && !UNDENIED.has(right))).toEqual([]);
});

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
