import { Match, Template } from 'aws-cdk-lib/assertions';
import { imported, LINUX, refused, synthesized, WINDOWS } from './helper';
import { BuildInfrastructure, ParentImage, Platform, RoleImage } from '../../../src/image';
import { AMAZON_EBS_OPTIONS } from '../../../src/packer/mapping/builders/amazon-ebs-options';
import { OperatingSystemVersion } from '../../../src/platform';
import { newBase, newStack, Synthesized } from '../../image/fixture';

type Settings = Record<string, unknown>;

const shell = { type: 'shell', inline: ['true'] };
const notices = (builder: Settings): string[] => imported({ builders: [builder] }, (all) => all.notices.map((each) => each.replace(/ \d+:\d+/, '')));
const refusal = (builder: Settings): string => refused({ builders: [builder] });
const recipe = (builder: Settings): Settings => imported({ builders: [builder], provisioners: builder.communicator ? [] : [shell] }, ({ template }) =>
  synthesized(template.image()).ofType('AWS::ImageBuilder::ImageRecipe')[0]!.Properties);

describe('each option of amazon-ebs', () => {
  const rows = Object.entries(AMAZON_EBS_OPTIONS);

  test.each(rows.filter(([, { kind }]) => kind === 'dropped'))('%s is dropped, which is told once', (name) => {
    expect(notices({ ...LINUX, [name]: 'x' }).filter((each) => each.startsWith(`info "${name}" is dropped: `))).toHaveLength(1);
  });

  test.each(rows.filter(([, { kind }]) => kind === 'warned'))('%s is warned of once', (name) => {
    expect(notices({ ...LINUX, [name]: 'x' }).filter((each) => each.startsWith(`warning "${name}" is not taken over: `))).toHaveLength(1);
  });

  test.each(rows.filter(([, { kind }]) => kind === 'refused'))('%s is refused with what to do', (name, treatment) => {
    expect(refusal({ ...LINUX, [name]: 'x' })).toMatch(new RegExp(`^\\d+:\\d+ "${name}" of the builder amazon-ebs: `));
    expect(treatment).toHaveProperty('fix', expect.stringMatching(/\w/));
  });

  test('one that nobody knows is refused by name', () => {
    expect(refusal({ ...LINUX, ami_nme: 'x' })).toMatch(/^\d+:\d+ the builder amazon-ebs has no option "ami_nme" that is known; did you mean "ami_name"\?/);
  });
});

describe('where images are built', () => {
  test('network, key and instance type go to the infrastructure', () => {
    const builder = { ...LINUX, vpc_id: 'vpc-0123456789abcdef0', subnet_id: 'subnet-0123456789abcdef0', kms_key_id: 'alias/images', security_group_ids: ['sg-00000001', 'sg-00000002'] };
    imported({ builders: [builder], provisioners: [shell] }, ({ template, notices: told }) => {
      const all = synthesized(template.image());
      expect(all.ofType('AWS::ImageBuilder::InfrastructureConfiguration')[0]!.Properties).toMatchObject({
        InstanceTypes: ['t3.small'], SubnetId: 'subnet-0123456789abcdef0', SecurityGroupIds: ['sg-00000001'],
      });
      expect(told.join('\n')).toMatch(/build instances have one security group: only sg-00000001 is taken over/);
    });
  });

  test('a VPC without a group gets one without ingress', () => {
    const builder = { ...LINUX, vpc_id: 'vpc-0123456789abcdef0', subnet_id: 'subnet-0123456789abcdef0' };
    imported({ builders: [builder], provisioners: [shell] }, ({ template }) => {
      const stack = newStack();
      const infrastructure = new BuildInfrastructure(stack, 'I', template.image().infrastructureProps(stack));
      new RoleImage(stack, 'Role', { parent: newBase(stack), components: template.image().allComponents, infrastructure });
      Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { VpcId: 'vpc-0123456789abcdef0', SecurityGroupIngress: Match.absent() });
    });
  });

  test.each([
    [{ subnet_id: 'subnet-1' }, /"subnet-1" is no id/],
    [{ instance_type: 'large' }, /"large" is no instance type/],
    [{ kms_key_id: 'my key' }, /no id, alias or ARN of a key/],
  ])('refuses %j', (settings, message) => expect(refusal({ ...LINUX, ...settings })).toMatch(message));
});

describe('the image', () => {
  test('its name, without what changes from build to build', () => {
    const name = (ami_name: string): string => imported({ builders: [{ ...LINUX, ami_name }] }, ({ template }) => template.image().imageName);
    expect(name('Web Server {{timestamp}}')).toBe('web-server');
    expect(name('web-{{isotime `2006-01-02`}}-x64')).toBe('web-x64');
    expect(name('{{timestamp}}')).toBe('amazon-ebs');
    expect(name('Ünïcode.{{ .SourceAMI }}')).toBe('n-code');
  });

  test('tags, of which those of the build are left out with a warning', () => {
    const builder = { ...LINUX, tags: { Team: 'web', Built: '{{timestamp}}', Base: '{{ .SourceAMI }}' }, ami_description: 'For the web' };
    expect(recipe(builder)).toMatchObject({ Description: 'For the web', AmiTags: { 'Team': 'web', 'golden-images:owner': 'web/linux' } });
    expect(recipe(builder).AmiTags).not.toHaveProperty('Built');
    expect(notices(builder).filter((each) => each.startsWith('warning the tag'))).toHaveLength(2);
  });

  test('the root volume; others are named', () => {
    const builder = { ...WINDOWS, launch_block_device_mappings: [{ device_name: '/dev/sda1', volume_size: '60' }, { device_name: 'xvdb', volume_size: 10 }] };
    imported({ builders: [builder], provisioners: [{ type: 'windows-update' }] }, ({ template, notices: told }) => {
      const [{ Properties }] = synthesized(template.image()).ofType('AWS::ImageBuilder::ImageRecipe') as unknown as [{ Properties: Settings }];
      expect(Properties.BlockDeviceMappings).toMatchObject([{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 60, Encrypted: true } }]);
      expect(told.join('\n')).toMatch(/warning \d+:\d+ the volume xvdb is not taken over/);
    });
  });

  test('a value of the build anywhere else is refused: the template would change with every synthesis', () => {
    expect(refused({ builders: [LINUX], provisioners: [{ type: 'shell', inline: ['echo {{timestamp}}'] }] })).toMatch(/"inline" holds a value that only the build knows/);
  });

  test('user data that opens a communicator is not needed; other that is no script is refused', () => {
    expect(recipe({ ...WINDOWS, user_data: '<powershell>winrm quickconfig -q</powershell>' })).toHaveProperty('Name');
    expect(refusal({ ...LINUX, user_data: '#cloud-config\npackages: [nginx]' })).toMatch(/does more than open WinRM or SSH, and is no script that runs once; put what it does into a provisioner/);
    expect(refusal({ ...LINUX, user_data_file: 'none.sh' })).toMatch(/there is no file "none.sh"/);
  });
});

describe('the parent', () => {
  const parent = (filters: Settings | string, owners: string[] = ['amazon'], more: Settings = {}): string => {
    const { source_ami: _, ...builder } = LINUX;
    const name = typeof filters === 'string' ? { name: filters } : filters;
    return imported({ builders: [{ ...builder, source_ami_filter: { filters: name, owners, most_recent: true }, ...more }] }, ({ template }) =>
      template.image().parent.bind(newStack()).parentImage);
  };

  test.each([
    ['Windows_Server-2022-English-Full-Base-*', 'amazon', 'ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base'],
    ['Windows_Server-2016-English-Core-Base-*', '801119661308', 'ssm:/aws/service/ami-windows-latest/Windows_Server-2016-English-Core-Base'],
    ['al2023-ami-2023.*-x86_64', 'amazon', 'ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'],
    ['al2023-ami-*-kernel-6.1-arm64', '137112412989', 'ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64'],
    ['amzn2-ami-hvm-*-x86_64-gp2', 'amazon', 'ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-gp2'],
    ['ubuntu/images/*ubuntu-jammy-22.04-amd64-server-*', '099720109477', 'ssm:/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id'],
    ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-*', '099720109477', 'ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id'],
  ])('%s of %s', (name, owner, expected) => expect(parent(name, [owner])).toBe(expected));

  test.each([
    ['my-base-*', 'self'],
    ['al2023-ami-2023.*-x86_64', '111122223333'],
    ['al2023-ami-minimal-2023.*-x86_64', 'amazon'],
    ['al2023-ami-ecs-hvm-2023.*-x86_64', 'amazon'],
  ])('%s of %s, which no public parameter holds, is looked up', (name, owner) => expect(parent(name, [owner])).toBe(`AMI of ${owner} named ${name}`));

  test.each([
    ['my-base-*', ['self', '111122223333'], /an AMI is looked up by one owner, and the filter has several[^]*parents:/],
    ['al2023-ami-2023.*-x86_64', [], /the filter has no owners/],
  ])('%s of %j is refused', (name, owners, message) => expect(() => parent(name, owners)).toThrow(message));

  test('can be given', () => {
    const { source_ami: _, ...builder } = LINUX;
    imported({ builders: [{ ...builder, name: 'web' }] }, ({ template }) => {
      expect(template.image('web').platform).toBe(Platform.WINDOWS);
    }, { parents: { web: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022) } });
    expect(refused({ builders: [LINUX] }, { parents: { wbe: ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022) } })).toMatch(/no builder is called "wbe"/);
    expect(refused({ builders: [builder] })).toMatch(/the builder has no source AMI; name the parent/);
    expect(refusal({ ...LINUX, source_ami: 'ami-xyz' })).toMatch(/the AMI id 'ami-xyz' is not valid/);
  });
});

describe('several builders', () => {
  const template = {
    builders: [
      { ...LINUX, name: 'one', ami_name: 'one' }, { ...LINUX, name: 'two', ami_name: 'two' }, { type: 'azure-arm', name: 'azure' }, { type: 'vsphere-iso', name: 'vsphere' },
    ],
    provisioners: [shell],
  };

  test('are images with one definition; those that cannot be are listed with what to do', () => {
    imported(template, ({ template: read, notices: told }) => {
      expect(read.images.map(({ builderName }) => builderName)).toEqual(['one', 'two']);
      expect(read.images[0]!.components[0]).toBe(read.images[1]!.components[0]);
      expect(read.otherBuilders).toEqual([
        { builderName: 'azure', builderType: 'azure-arm', reason: 'it makes no AMI', instead: expect.stringContaining('golden-images render') },
        expect.objectContaining({ builderName: 'vsphere' }),
      ]);
      expect(told.filter((each) => each.startsWith('warning') && each.includes('is not taken over'))).toHaveLength(2);
      expect(() => read.image()).toThrow(/the template has 2 such images; name one of one, two/);
      expect(() => read.image('three')).toThrow(/no image is built by "three"/);

      const stack = newStack();
      for (const { imageName, components } of read.images) new RoleImage(stack, imageName, { parent: newBase(stack, `Base-${imageName}`), components });
      expect(new Synthesized(stack).ofType('AWS::ImageBuilder::Component').filter(({ Properties }) => Properties.Name.includes('template'))).toHaveLength(1);
    });
  });

  test('differ where provisioners say so', () => {
    const differing = { ...template, provisioners: [{ ...shell, override: { two: { inline: ['false'] } } }, { ...shell, inline: ['id'], only: ['one'] }] };
    imported(differing, ({ template: read }) => {
      expect(read.images[0]!.components[0]).not.toBe(read.images[1]!.components[0]);
    });
    imported({ ...template, provisioners: [{ ...shell, inline: ['echo $PACKER_BUILD_NAME'] }] }, ({ template: read }) => {
      expect(read.images[0]!.components[0]).not.toBe(read.images[1]!.components[0]);
    });
  });

  test('none that can be built is refused', () => {
    expect(refused({ builders: [{ type: 'docker' }] })).toMatch(/no builder can be taken over; "docker": it makes a container image; build it by a Dockerfile/);
    expect(refused({ builders: [{ type: 'amazon-chroot' }] })).toMatch(/RegisteredImage/);
  });
});
