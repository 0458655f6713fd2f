import { call, ref, type Scenario } from '../harness/step';

const SELF = { Owners: ['self'] };
const copy = (Name: string, as: string, more = {}) =>
  call('ec2:CopyImage', { Name, SourceImageId: ref('facts.image'), SourceRegion: 'eu-central-1', ...more }, as);
const by = (Name: string, ...Values: string[]) => call('ec2:DescribeImages', { ...SELF, Filters: [{ Name, Values }] });

export const images: Scenario[] = [
  {
    name: 'images are copied, found and deregistered',
    steps: [
      copy('one', 'one', { Description: 'the first' }),
      copy('two', 'two', { TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: 'role', Value: 'web' }] }] }),
      call('ec2:DescribeImages', SELF),
      call('ec2:DescribeImages', { ImageIds: [ref('one.ImageId')] }),
      by('name', 'one'), by('name', 'o*', 't?o'), by('name', 'nothing'), by('tag:role', 'web'), by('tag-key', 'role'), by('state', 'available'),
      by('architecture', 'x86_64'), by('description', 'the first'), by('is-public', 'true'), by('is-public', 'false'), by('root-device-type', 'ebs'),
      call('ec2:DescribeImages', { Filters: [{ Name: 'owner-id', Values: ['123456789012'] }] }),
      call('ec2:DescribeImages', { ...SELF, Filters: [{ Name: 'image-id', Values: [ref('two.ImageId')] }] }),
      call('ec2:DeregisterImage', { ImageId: ref('one.ImageId') }),
      call('ec2:DescribeImages', SELF),
      call('ec2:DescribeImages', { ImageIds: [ref('one.ImageId')] }),
      call('ec2:DeregisterImage', { ImageId: ref('one.ImageId') }),
    ],
  },
  {
    name: 'images that do not exist',
    steps: [
      call('ec2:DescribeImages', { ImageIds: ['ami-0123456789abcdef0'] }),
      call('ec2:DescribeImages', { ImageIds: ['ami-xyz'] }),
      call('ec2:DescribeImages', { ImageIds: ['nonsense'] }),
      call('ec2:DeregisterImage', { ImageId: 'ami-0123456789abcdef0' }),
      call('ec2:CopyImage', { Name: 'none', SourceImageId: 'ami-0123456789abcdef0', SourceRegion: 'eu-central-1' }),
      call('ec2:DescribeImageAttribute', { ImageId: 'ami-0123456789abcdef0', Attribute: 'launchPermission' }),
      call('ec2:ModifyImageAttribute', { ImageId: 'ami-0123456789abcdef0', LaunchPermission: { Add: [{ UserId: '111122223333' }] } }),
    ],
  },
  {
    name: 'a name of an image is taken',
    steps: [copy('one', 'one'), copy('one', 'two')],
  },
  {
    name: 'permissions and tags of images',
    steps: [
      copy('one', 'one'),
      call('ec2:DescribeImageAttribute', { ImageId: ref('one.ImageId'), Attribute: 'launchPermission' }),
      call('ec2:ModifyImageAttribute', { ImageId: ref('one.ImageId'), LaunchPermission: { Add: [{ UserId: '111122223333' }] } }),
      call('ec2:DescribeImageAttribute', { ImageId: ref('one.ImageId'), Attribute: 'launchPermission' }),
      call('ec2:ModifyImageAttribute', { ImageId: ref('one.ImageId'), LaunchPermission: { Add: [{ Group: 'all' }] } }),
      call('ec2:DescribeImages', SELF),
      call('ec2:ModifyImageAttribute', { ImageId: ref('one.ImageId'), LaunchPermission: { Remove: [{ UserId: '111122223333' }, { Group: 'all' }] } }),
      call('ec2:DescribeImageAttribute', { ImageId: ref('one.ImageId'), Attribute: 'launchPermission' }),
      call('ec2:CreateTags', { Resources: [ref('one.ImageId')], Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }),
      call('ec2:CreateTags', { Resources: [ref('one.ImageId')], Tags: [{ Key: 'a', Value: '3' }] }),
      call('ec2:DescribeTags', { Filters: [{ Name: 'resource-id', Values: [ref('one.ImageId')] }] }),
      call('ec2:DeleteTags', { Resources: [ref('one.ImageId')], Tags: [{ Key: 'a', Value: 'other' }, { Key: 'b' }] }),
      call('ec2:DescribeImages', SELF),
      call('ec2:CreateTags', { Resources: ['ami-0123456789abcdef0'], Tags: [{ Key: 'a', Value: '1' }] }),
      call('ec2:CreateTags', { Resources: [ref('one.ImageId')], Tags: [{ Key: 'aws:a', Value: '1' }] }),
    ],
  },
];
