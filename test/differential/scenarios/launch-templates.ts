import { call, ref, wait, type Scenario } from '../harness/step';

const byName = { LaunchTemplateName: 'web' };
const create = (data = {}, more = {}) => call('ec2:CreateLaunchTemplate', {
  ...byName, LaunchTemplateData: { ImageId: ref('facts.image'), InstanceType: 't3.micro', ...data }, ...more,
}, 'template');
const version = (data: Record<string, string | boolean>, more = {}) =>
  call('ec2:CreateLaunchTemplateVersion', { ...byName, LaunchTemplateData: data, ...more });
const versions = (more = {}) => call('ec2:DescribeLaunchTemplateVersions', { ...byName, ...more });

export const launchTemplates: Scenario[] = [
  {
    name: 'launch templates and their versions',
    steps: [
      create({}, { VersionDescription: 'first', TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'a', Value: 'b' }] }] }),
      create(),
      call('ec2:DescribeLaunchTemplates', {}),
      version({ InstanceType: 't3.small' }),
      version({ InstanceType: 't3.large' }, { SourceVersion: '1', VersionDescription: 'from one' }),
      version({ KeyName: 'k' }, { SourceVersion: '$Latest' }),
      version({ EbsOptimized: true }, { SourceVersion: '$Default' }),
      versions(),
      versions({ Versions: ['1', '3'] }),
      versions({ Versions: ['$Latest'] }),
      versions({ Versions: ['$Default'] }),
      versions({ Versions: ['99'] }),
      versions({ MinVersion: '2', MaxVersion: '3' }),
      call('ec2:ModifyLaunchTemplate', { ...byName, DefaultVersion: '2' }),
      versions({ Versions: ['$Default', '$Latest'] }),
      call('ec2:ModifyLaunchTemplate', { ...byName, DefaultVersion: '99' }),
      call('ec2:DescribeLaunchTemplates', { LaunchTemplateNames: ['web'] }),
      call('ec2:DescribeLaunchTemplates', { LaunchTemplateIds: [ref('template.LaunchTemplate.LaunchTemplateId')] }),
      call('ec2:DescribeLaunchTemplates', { Filters: [{ Name: 'launch-template-name', Values: ['web'] }] }),
      call('ec2:DescribeLaunchTemplates', { Filters: [{ Name: 'tag:a', Values: ['b'] }] }),
      call('ec2:DeleteLaunchTemplate', { LaunchTemplateId: ref('template.LaunchTemplate.LaunchTemplateId') }),
      call('ec2:DescribeLaunchTemplates', {}),
      create(),
      version({ InstanceType: 't3.nano' }, { SourceVersion: '9' }),
    ],
  },
  {
    name: 'launch templates that do not exist',
    steps: [
      call('ec2:DescribeLaunchTemplates', { LaunchTemplateNames: ['none'] }),
      call('ec2:DescribeLaunchTemplates', { LaunchTemplateIds: ['lt-0123456789abcdef0'] }),
      call('ec2:DescribeLaunchTemplateVersions', { LaunchTemplateName: 'none' }),
      call('ec2:DescribeLaunchTemplateVersions', { LaunchTemplateId: 'lt-0123456789abcdef0' }),
      version({ InstanceType: 't3.small' }),
      call('ec2:CreateLaunchTemplateVersion', { LaunchTemplateId: 'lt-0123456789abcdef0', LaunchTemplateData: { InstanceType: 't3.small' } }),
      call('ec2:ModifyLaunchTemplate', { LaunchTemplateName: 'none', DefaultVersion: '1' }),
      call('ec2:DeleteLaunchTemplate', { LaunchTemplateName: 'none' }),
      call('ec2:DeleteLaunchTemplate', { LaunchTemplateId: 'lt-0123456789abcdef0' }),
      call('ec2:CreateLaunchTemplate', { LaunchTemplateName: 'x', LaunchTemplateData: { InstanceType: 't3.micro' } }),
    ],
  },
  {
    name: 'a launch template names its image through Parameter Store',
    steps: [
      call('ssm:PutParameter', { Name: '/app/image', Type: 'String', Value: ref('facts.image'), DataType: 'aws:ec2:image' }),
      // AWS validates the value before it can be read; moto does not.
      wait(60),
      create({ ImageId: 'resolve:ssm:/app/image' }),
      versions(),
      versions({ ResolveAlias: true }),
      call('ec2:RunInstances', { LaunchTemplate: { ...byName, Version: '$Latest' }, MinCount: 1, MaxCount: 1 }),
    ],
  },
];
