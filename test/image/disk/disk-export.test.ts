import { App, Stack } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BuildInfrastructure, BuildSchedule, DiskExport, ParentImage, PatchedBaseImage, Platform, RoleImage, type BuiltImageProps } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';
import { echo, literal, newStack, Synthesized } from '../fixture';

const CUSTOM = 'Custom::GoldenImagesDistribution';
const PIPELINE = 'AWS::ImageBuilder::ImagePipeline';
const own = ParentImage.fromImportedDisk('erp-server');

const base = (stack: Stack, props: BuiltImageProps = {}, parent = own, id = 'Base') =>
  new PatchedBaseImage(stack, id, { parent, schedule: BuildSchedule.daily(), ...props });

function exported(diskExport: (bucket: IBucket) => DiskExport, parent = own) {
  const stack = newStack();
  base(stack, { encrypted: false, diskExport: diskExport(new Bucket(stack, 'Disks')) }, parent);
  return new Synthesized(stack);
}

describe('an image with a disk export', () => {
  const template = exported((bucket) => DiskExport.vmdk({ bucket }));
  const [custom] = template.ofType(CUSTOM);
  const definition = JSON.parse(literal(custom!.Properties.Definition));
  const role = Object.entries(template.resources).find(([id]) => /ExportRole(?!Default)/.test(id))!;

  test('has a distribution that exports each build, under a name that tells builds apart', () => {
    expect(definition).toEqual({
      name: 'web--base',
      description: 'Image base',
      distributions: [{
        region: 'AWS::Region',
        amiDistributionConfiguration: { name: 'web--base {{ imagebuilder:buildDate }}', amiTags: { 'golden-images:owner': 'web/base' } },
        s3ExportConfiguration: { diskImageFormat: 'VMDK', roleName: role[0], s3Bucket: expect.stringMatching(/^Disks/), s3Prefix: 'web/base/' },
      }],
    });
    expect(literal(custom!.Properties.Arn)).toMatch(/:imagebuilder:AWS::Region:AWS::AccountId:distribution-configuration\/web--base$/);
    expect(template.named(PIPELINE, 'web--base').Properties.DistributionConfigurationArn).toEqual({ Ref: expect.stringContaining('Distribution') });
  });

  test('has a role that only VM Import/Export of this account takes', () => {
    expect(role[1].Properties.AssumeRolePolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'vmie.amazonaws.com' },
      Condition: {
        StringEquals: { 'sts:ExternalId': 'vmimport', 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: { 'aws:SourceArn': expect.anything() },
      },
    }]);
    expect(custom!.DependsOn).toEqual(expect.arrayContaining([role[0], expect.stringContaining('ExportRoleDefaultPolicy')]));
  });

  test('writes under its prefix only', () => {
    const [policy] = template.ofType('AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties).includes('s3:PutObject'));
    const writing = policy!.Properties.PolicyDocument.Statement.find(({ Action }: any) => Action.includes('s3:PutObject'));
    expect(literal(writing.Resource)).toMatch(/^Disks.*\.Arn\/web\/base\/\*$/);
  });

  test('is not encrypted, which its recipe says by saying nothing', () => {
    expect(template.named('AWS::ImageBuilder::ImageRecipe', 'web--base').Properties.BlockDeviceMappings[0].Ebs).not.toHaveProperty('Encrypted');
  });
});

test.each([
  ['VHD', (bucket: IBucket) => DiskExport.vhd({ bucket, prefix: 'azure' }), 'azure/'],
  ['RAW', (bucket: IBucket) => DiskExport.raw({ bucket, prefix: 'kvm/gold/' }), 'kvm/gold/'],
])('exports %s under a prefix of its own', (diskImageFormat, diskExport, s3Prefix) => {
  const definition = JSON.parse(literal(exported(diskExport).ofType(CUSTOM)[0]!.Properties.Definition));
  expect(definition.distributions[0].s3ExportConfiguration).toMatchObject({ diskImageFormat, s3Prefix });
});

test('an image without one has no distribution, and the stack no function for them', () => {
  const stack = newStack();
  base(stack);
  const template = new Synthesized(stack);
  expect(template.ofType(CUSTOM)).toEqual([]);
  expect(Object.keys(template.resources).filter((id) => id.includes('Distribut'))).toEqual([]);
  expect(template.named(PIPELINE, 'web--base').Properties).not.toHaveProperty('DistributionConfigurationArn');
});

test('an export changes what is deployed and not what is in the image', () => {
  const plain = newStack();
  base(plain, { encrypted: false });
  const hash = (template: Synthesized) => template.registry.images[0]!.contentHash;
  expect(hash(exported((bucket) => DiskExport.raw({ bucket })))).toBe(hash(new Synthesized(plain)));
});

test('a second exporting image costs a distribution, a role and its policy', () => {
  const count = (images: number) => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Disks');
    for (let index = 0; index < images; index += 1) { base(stack, { encrypted: false, diskExport: DiskExport.raw({ bucket }) }, own, `Base${index}`); }
    return Object.keys(new Synthesized(stack).resources).length;
  };
  // Recipe and pipeline of the image itself come to that; the component is shared.
  expect(count(2) - count(1)).toBe(5);
});

describe('what AWS would refuse is refused', () => {
  const refused = (text: RegExp, make: (stack: Stack, diskExport: DiskExport) => void) => {
    const stack = newStack();
    expect(() => make(stack, DiskExport.vmdk({ bucket: new Bucket(stack, 'Disks') }))).toThrow(text);
  };

  test('an encrypted image', () => refused(
    /^Web\/Base: the image has a disk export and an encrypted root volume; expected encrypted: false, because AWS exports no AMI with encrypted snapshots; give/,
    (stack, diskExport) => base(stack, { diskExport }),
  ));

  test('a role on an encrypted image', () => refused(
    /^Web\/Role: encrypted is false and the parent is encrypted; expected .*; give the parent encrypted: false too/,
    (stack, diskExport) => new RoleImage(stack, 'Role', { parent: base(stack), components: [echo()], encrypted: false, diskExport }),
  ));

  test('a Windows image of AWS, also under a role', () => {
    const windows = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022);
    const text = /^Web\/\w+: the image has a disk export and its parent is a Windows image of AWS.*; import a machine of your own/;
    refused(text, (stack, diskExport) => base(stack, { encrypted: false, diskExport }, windows));
    refused(text, (stack, diskExport) => new RoleImage(stack, 'Role', {
      parent: base(stack, { encrypted: false }, windows), components: [echo()], encrypted: false, diskExport,
    }));
  });

  test('a Marketplace product', () => refused(/its parent comes from AWS Marketplace/, (stack, diskExport) =>
    base(stack, { encrypted: false, diskExport, initialAmi: 'ami-12345678' }, ParentImage.fromMarketplace('prod-abcdefghijklm'))));

  test('a key for what is not encrypted', () => refused(/^Web\/Base: encrypted is false and the build infrastructure has an encryptionKey/, (stack) =>
    base(stack, { encrypted: false, infrastructure: new BuildInfrastructure(stack, 'Builds', { encryptionKey: new Key(stack, 'Key') }) })));

  test('a bucket with a KMS key', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Disks', { encryptionKey: new Key(stack, 'Key') });
    expect(() => base(stack, { encrypted: false, diskExport: DiskExport.vhd({ bucket }) })).toThrow(/^Web\/Base: the bucket Web\/Disks .* KMS key; .*SSE-KMS; give it another bucket/);
  });

  test('a bucket elsewhere', () => {
    const app = new App();
    const there = new Bucket(new Stack(app, 'There', { env: { account: '123456789012', region: 'us-east-1' } }), 'Disks', { bucketName: 'disks' });
    const stack = new Stack(app, 'Web', { env: { account: '123456789012', region: 'eu-central-1' } });
    expect(() => base(stack, { encrypted: false, diskExport: DiskExport.vhd({ bucket: there }) })).toThrow(/Web\/Base: the bucket of the disk export is in region us-east-1; expected region eu-central-1/);
  });

  test.each(['', '/disks', 'a b', 'ä', 'x'.repeat(901)])('the prefix %j', (prefix) => {
    expect(() => exported((bucket) => DiskExport.raw({ bucket, prefix }))).toThrow(/^Web\/Base: the prefix .* of the disk export is not valid/);
  });
});

describe('what the documentation only speaks against is warned of', () => {
  const warnings = (parent: ParentImage) => exported((bucket) => DiskExport.vmdk({ bucket }), parent).warnings.filter((text) => text.includes('BootMode'));

  test.each([
    ['Amazon Linux 2023', ParentImage.amazonLinux2023(), /BIOS and by UEFI/],
    ['Ubuntu', ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04), /BIOS and by UEFI/],
    ['an AMI with Windows', ParentImage.fromAmiId('ami-12345678', { platform: Platform.WINDOWS, rootDeviceName: '/dev/sda1' }), /license of your own/],
  ])('%s', (_name, parent, text) => expect(warnings(parent)).toEqual([expect.stringMatching(text)]));

  test('an imported disk is not', () => expect(warnings(own)).toEqual([]));

  test('a parent of another app', () => {
    const stack = newStack();
    const parent = RoleImage.fromImageAttributes(stack, 'Parent', {
      imageName: 'hardened', namespace: 'platform', ledgerTableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/Platform-Ledger',
    });
    new RoleImage(stack, 'Role', { parent, components: [echo()], encrypted: false, diskExport: DiskExport.raw({ bucket: new Bucket(stack, 'Disks') }) });
    expect(new Synthesized(stack).warnings).toEqual(expect.arrayContaining([expect.stringMatching(/not known here how the parent 'hardened' is built/)]));
  });
});

test('an image on an arm64 parent may be exported', () => {
  const parent = ParentImage.fromAmiId('ami-12345678', { architecture: InstanceArchitecture.ARM_64, rootDeviceName: '/dev/xvda' });
  expect(exported((bucket) => DiskExport.raw({ bucket }), parent).warnings).toEqual(expect.not.arrayContaining([expect.stringContaining('BootMode')]));
});
