import { call, type Scenario } from '../harness/step';

const put = (Name: string, Value: string, more = {}) => call('ssm:PutParameter', { Name, Value, Type: 'String', ...more });

export const ssm: Scenario[] = [
  {
    name: 'parameters are put, overwritten and read',
    steps: [
      put('/app/a', '1', { Description: 'first' }),
      put('/app/a', '2'),
      put('/app/a', '2', { Overwrite: true }),
      put('/app/a', '3', { Overwrite: true, Tier: 'Advanced' }),
      call('ssm:GetParameter', { Name: '/app/a' }),
      call('ssm:GetParameter', { Name: '/app/a:1' }),
      call('ssm:GetParameter', { Name: '/app/a:9' }),
      call('ssm:GetParameter', { Name: '/app/b' }),
      call('ssm:GetParameters', { Names: ['/app/a', '/app/b', '/app/a:2'] }),
      call('ssm:GetParameterHistory', { Name: '/app/a' }),
      call('ssm:GetParameterHistory', { Name: '/app/b' }),
      call('ssm:DescribeParameters', {}),
      call('ssm:DescribeParameters', { ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: ['/app'] }] }),
    ],
  },
  {
    name: 'parameters by path',
    steps: [
      put('/app/a', '1'), put('/app/b', '2'), put('/app/c/d', '3'), put('/apple', '4'), put('plain', '5'),
      call('ssm:GetParametersByPath', { Path: '/app' }),
      call('ssm:GetParametersByPath', { Path: '/app/' }),
      call('ssm:GetParametersByPath', { Path: '/app', Recursive: true }),
      call('ssm:GetParametersByPath', { Path: '/', Recursive: true }),
      call('ssm:GetParametersByPath', { Path: '/nothing' }),
      call('ssm:GetParametersByPath', { Path: 'app' }),
    ],
  },
  {
    name: 'labels of parameters',
    steps: [
      put('/app/a', '1'), put('/app/a', '2', { Overwrite: true }),
      call('ssm:LabelParameterVersion', { Name: '/app/a', ParameterVersion: 1, Labels: ['good'] }),
      call('ssm:LabelParameterVersion', { Name: '/app/a', Labels: ['next', 'two'] }),
      call('ssm:GetParameter', { Name: '/app/a:good' }),
      call('ssm:LabelParameterVersion', { Name: '/app/a', ParameterVersion: 2, Labels: ['good'] }),
      call('ssm:GetParameter', { Name: '/app/a:good' }),
      call('ssm:GetParameterHistory', { Name: '/app/a' }),
      call('ssm:GetParameter', { Name: '/app/a:bad' }),
      call('ssm:LabelParameterVersion', { Name: '/app/a', ParameterVersion: 7, Labels: ['x'] }),
      call('ssm:LabelParameterVersion', { Name: '/app/none', Labels: ['x'] }),
      call('ssm:LabelParameterVersion', { Name: '/app/a', Labels: ['1abc', 'aws-x', 'ssmy', 'fine'] }),
    ],
  },
  {
    name: 'parameters are deleted',
    steps: [
      put('/app/a', '1'), put('/app/b', '2'),
      call('ssm:DeleteParameter', { Name: '/app/a' }),
      call('ssm:DeleteParameter', { Name: '/app/a' }),
      call('ssm:DeleteParameters', { Names: ['/app/a', '/app/b'] }),
      put('/app/a', '9'),
      call('ssm:GetParameter', { Name: '/app/a' }),
      call('ssm:GetParameterHistory', { Name: '/app/a' }),
    ],
  },
  {
    name: 'parameters that are not accepted',
    steps: [
      put('/aws/x', '1'), put('aws-x', '1'), put('ssm-x', '1'), put('/ssm/x', '1'), put('a b', '1'), put('/a//b', '1'),
      put('app/a', '1'),
      put(`/${Array.from({ length: 16 }, (_, level) => `l${level}`).join('/')}`, '1'),
      put('/app/big', 'x'.repeat(4097)),
      put('/app/advanced', 'x'.repeat(4097), { Tier: 'Advanced' }),
      put('/app/intelligent', 'x'.repeat(4097), { Tier: 'Intelligent-Tiering' }),
      put('/app/p', 'abc', { AllowedPattern: '^\\d+$' }),
      put('/app/p', '12', { AllowedPattern: '^\\d+$' }),
      call('ssm:PutParameter', { Name: '/app/untyped', Value: '1' }),
      put('/app/t', '1', { DataType: 'bogus' }),
      put('/app/tagged', '1', { Tags: [{ Key: 'a', Value: 'b' }] }),
      put('/app/tagged', '2', { Overwrite: true, Tags: [{ Key: 'a', Value: 'c' }] }),
    ],
  },
  {
    name: 'an image parameter names an image that does not exist',
    steps: [
      put('/app/image', 'ami-0123456789abcdef0', { DataType: 'aws:ec2:image' }),
      call('ssm:GetParameter', { Name: '/app/image' }),
    ],
  },
  {
    name: 'tags of parameters',
    steps: [
      put('/app/a', '1', { Tags: [{ Key: 'k', Value: 'v' }] }),
      call('ssm:AddTagsToResource', { ResourceType: 'Parameter', ResourceId: '/app/a', Tags: [{ Key: 'k', Value: 'w' }, { Key: 'l', Value: 'x' }] }),
      call('ssm:ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/app/a' }),
      call('ssm:RemoveTagsFromResource', { ResourceType: 'Parameter', ResourceId: '/app/a', TagKeys: ['k', 'none'] }),
      call('ssm:ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/app/a' }),
      call('ssm:ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/app/none' }),
      call('ssm:AddTagsToResource', { ResourceType: 'Parameter', ResourceId: '/app/none', Tags: [{ Key: 'k', Value: 'w' }] }),
    ],
  },
];
