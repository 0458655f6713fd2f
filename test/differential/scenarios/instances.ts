import { call, ref, wait, type Scenario } from '../harness/step';

const run = (more = {}, as = 'run') => call('ec2:RunInstances', { ImageId: ref('facts.image'), InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, ...more }, as);
const id = ref('run.Instances.0.InstanceId');

export const instances: Scenario[] = [
  {
    name: 'instances run and are terminated',
    steps: [
      run({ TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'role', Value: 'web' }] }] }),
      wait(600),
      call('ec2:DescribeInstances', { InstanceIds: [id] }),
      call('ec2:DescribeInstanceStatus', { InstanceIds: [id] }),
      call('ec2:DescribeInstances', { Filters: [{ Name: 'tag:role', Values: ['web'] }, { Name: 'instance-state-name', Values: ['running'] }] }),
      call('ec2:DescribeInstances', { Filters: [{ Name: 'image-id', Values: [ref('facts.image')] }] }),
      call('ec2:DescribeInstances', { Filters: [{ Name: 'instance-type', Values: ['t3.*'] }] }),
      call('ec2:DescribeInstances', { Filters: [{ Name: 'instance-state-name', Values: ['terminated'] }] }),
      run({ MinCount: 2, MaxCount: 2 }, 'two'),
      wait(600),
      call('ec2:DescribeInstanceStatus', {}),
      call('ec2:TerminateInstances', { InstanceIds: [id] }),
      wait(600),
      call('ec2:DescribeInstances', { InstanceIds: [id] }),
      call('ec2:DescribeInstanceStatus', { InstanceIds: [id] }),
      call('ec2:DescribeInstanceStatus', { InstanceIds: [id], IncludeAllInstances: true }),
      call('ec2:TerminateInstances', { InstanceIds: [id] }),
    ],
  },
  {
    name: 'instances that cannot run',
    steps: [
      run({ ImageId: 'ami-0123456789abcdef0' }),
      run({ ImageId: 'nonsense' }),
      call('ec2:RunInstances', { InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
      run({ SubnetId: 'subnet-0123456789abcdef0' }),
      run({ SecurityGroupIds: ['sg-0123456789abcdef0'] }),
      run({ LaunchTemplate: { LaunchTemplateName: 'none' } }),
      run({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0' } }),
      call('ec2:DescribeInstances', { InstanceIds: ['i-0123456789abcdef0'] }),
      call('ec2:DescribeInstances', { InstanceIds: ['nonsense'] }),
      call('ec2:TerminateInstances', { InstanceIds: ['i-0123456789abcdef0'] }),
      run({ MinCount: 2, MaxCount: 1 }),
    ],
  },
  {
    name: 'instances of a launch template',
    steps: [
      call('ec2:CreateLaunchTemplate', {
        LaunchTemplateName: 'web',
        LaunchTemplateData: {
          ImageId: ref('facts.image'), InstanceType: 't3.small', TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'from', Value: 'template' }] }],
        },
      }),
      call('ec2:RunInstances', { LaunchTemplate: { LaunchTemplateName: 'web' }, MinCount: 1, MaxCount: 1 }, 'run'),
      call('ec2:RunInstances', { LaunchTemplate: { LaunchTemplateName: 'web', Version: '1' }, InstanceType: 't3.large', MinCount: 1, MaxCount: 1 }),
      call('ec2:RunInstances', { LaunchTemplate: { LaunchTemplateName: 'web', Version: '7' }, MinCount: 1, MaxCount: 1 }),
      wait(600),
      call('ec2:DescribeInstances', {}),
    ],
  },
];
