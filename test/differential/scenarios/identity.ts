import { call, type Scenario } from '../harness/step';

const iam = (operation: string, input = {}) => call(`iam:${operation}`, input);
const trust = (Service: string) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] });
const role = (RoleName: string, more = {}) => iam('CreateRole', { RoleName, AssumeRolePolicyDocument: trust('ec2.amazonaws.com'), ...more });
const MANAGED = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] });
const ROLE = { RoleName: 'r' };

export const identity: Scenario[] = [
  {
    name: 'roles',
    steps: [
      role('r', { Description: 'first', Tags: [{ Key: 'a', Value: 'b' }] }), role('r'), role('s', { Path: '/team/', MaxSessionDuration: 7200 }), iam('GetRole', ROLE), iam('GetRole', { RoleName: 's' }),
      iam('ListRoles', { PathPrefix: '/team/' }),
      iam('PutRolePolicy', { ...ROLE, PolicyName: 'p', PolicyDocument: policy }), iam('AttachRolePolicy', { ...ROLE, PolicyArn: MANAGED }),
      iam('ListRolePolicies', ROLE), iam('ListAttachedRolePolicies', ROLE), iam('DeleteRole', ROLE), iam('DeleteRole', { RoleName: 's' }), iam('GetRole', { RoleName: 's' }),
    ],
  },
  {
    name: 'roles that are not accepted',
    steps: [
      iam('GetRole', ROLE), iam('DeleteRole', ROLE), iam('AttachRolePolicy', { ...ROLE, PolicyArn: MANAGED }), iam('PutRolePolicy', { ...ROLE, PolicyName: 'p', PolicyDocument: policy }),
      iam('ListRolePolicies', ROLE), iam('GetInstanceProfile', { InstanceProfileName: 'none' }),
      role('r'), iam('AttachRolePolicy', { ...ROLE, PolicyArn: 'arn:aws:iam::123456789012:policy/none' }),
      iam('PutRolePolicy', { ...ROLE, PolicyName: 'p', PolicyDocument: '{"Version":"2012-10-17"}' }), iam('PutRolePolicy', { ...ROLE, PolicyName: 'p', PolicyDocument: 'nonsense' }),
      iam('CreateRole', { RoleName: 'nonsense', AssumeRolePolicyDocument: 'nonsense' }), role('x', { MaxSessionDuration: 60 }), role('bad name'), role('y', { Path: 'no-slash' }),
    ],
  },
  {
    name: 'service-linked roles',
    steps: [
      iam('CreateServiceLinkedRole', { AWSServiceName: 'autoscaling.amazonaws.com' }), iam('GetRole', { RoleName: 'AWSServiceRoleForAutoScaling' }),
      iam('CreateServiceLinkedRole', { AWSServiceName: 'autoscaling.amazonaws.com', CustomSuffix: 'mine' }),
      iam('CreateServiceLinkedRole', { AWSServiceName: 'autoscaling.amazonaws.com' }),
    ],
  },
  {
    name: 'who calls',
    steps: [
      call('sts:GetCallerIdentity', {}), role('r'),
      call('sts:AssumeRole', { RoleArn: 'arn:aws:iam::123456789012:role/r', RoleSessionName: 'session' }),
      call('sts:AssumeRole', { RoleArn: 'arn:aws:iam::123456789012:role/r', RoleSessionName: 'x' }),
      call('sts:AssumeRole', { RoleArn: 'arn:aws:iam::123456789012:role/none', RoleSessionName: 'session' }),
    ],
  },
];
