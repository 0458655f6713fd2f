import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { User } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BuildInfrastructure, BuildSchedule, DiskExport, DiskImport, ParentImage, PatchedBaseImage, Platform, type DiskImportProps } from '../../../src/image';
import { literal, newStack, Synthesized } from '../fixture';

function imported(props: (stack: Stack) => DiskImportProps = () => ({})) {
  const stack = newStack();
  const disks = new DiskImport(stack, 'Disks', props(stack));
  return { stack, disks };
}

const statements = (stack: Stack, of: RegExp): any[] => Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
  .filter(([id]) => of.test(id)).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
const output = (stack: Stack) => JSON.parse(literal(Template.fromStack(stack).toJSON().Outputs.GoldenImagesDiskImport.Value));

describe('what an import needs', () => {
  const { stack } = imported();
  const template = new Synthesized(stack);

  test('a bucket that is encrypted, closed and kept', () => {
    const [bucket] = template.ofType('AWS::S3::Bucket');
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      },
    });
    expect(JSON.stringify(template.ofType('AWS::S3::BucketPolicy'))).toContain('aws:SecureTransport');
  });

  test('a role of VM Import/Export that reads it and makes images', () => {
    const [role] = template.ofType('AWS::IAM::Role');
    expect(role!.Properties.AssumeRolePolicyDocument.Statement[0]).toMatchObject({
      Principal: { Service: 'vmie.amazonaws.com' }, Condition: { StringEquals: { 'sts:ExternalId': 'vmimport' } },
    });
    const actions = statements(stack, /Role/).flatMap(({ Action }) => Action);
    expect(actions.sort()).toEqual([
      'ec2:CopySnapshot', 'ec2:Describe*', 'ec2:ModifySnapshotAttribute', 'ec2:RegisterImage', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket',
    ]);
  });

  test('and an output in which the command finds them; no control plane', () => {
    expect(output(stack)).toEqual({ bucket: expect.stringMatching(/^Disks/), role: expect.stringMatching(/^Disks/) });
    expect(Object.keys(template.resources)).toHaveLength(4);
  });
});

test('a key lets the role encrypt with it, and the command know it', () => {
  const { stack } = imported((scope) => ({ encryptionKey: new Key(scope, 'Key') }));
  expect(output(stack).key).toMatch(/Key/);
  const encrypting = statements(stack, /Role/).find(({ Action }) => Action.includes('kms:CreateGrant'));
  expect(encrypting.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] });
});

test('ISO files are installed in an infrastructure whose instances may read them', () => {
  const { stack } = imported((scope) => ({ isoInfrastructure: new BuildInfrastructure(scope, 'Builds') }));
  expect(output(stack)).toMatchObject({ infrastructure: expect.stringMatching(/^GoldenImagesInfrastructureBuilds.*\.Arn$/), executionRole: expect.stringMatching(/^DisksIsoRole.*\.Arn$/) });
  expect(statements(stack, /^BuildsRole/).flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(['s3:GetObject*']));
});

test('a bucket may be given', () => {
  const { stack, disks } = imported((scope) => ({ bucket: Bucket.fromBucketName(scope, 'Mine', 'mine') }));
  expect(disks.bucket.bucketName).toBe('mine');
  Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 0);
});

test('somebody may be allowed to import: upload, start, look, and hand on the role to that service only', () => {
  const { stack, disks } = imported((scope) => ({ isoInfrastructure: new BuildInfrastructure(scope, 'Builds'), encryptionKey: new Key(scope, 'Key') }));
  disks.grantImport(new User(stack, 'Operator'));
  const granted = statements(stack, /^Operator/);
  expect(granted.flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining([
    'cloudformation:DescribeStacks', 'ec2:ImportImage', 'ec2:DescribeImportImageTasks', 'imagebuilder:ImportVmImage', 'imagebuilder:ImportDiskImage', 'imagebuilder:GetImage',
  ]));
  expect(granted.find(({ Action }) => Action === 'iam:PassRole')).toMatchObject({ Condition: { StringEquals: { 'iam:PassedToService': 'vmie.amazonaws.com' } } });
});

test('a second one in a stack is refused', () => {
  const { stack } = imported();
  expect(() => new DiskImport(stack, 'More')).toThrow(/^Web\/More: the stack has a DiskImport already, Web\/Disks; expected one a stack; use that one/);
});

test('logs of a bucket that is not made here are refused', () => {
  expect(() => imported((scope) => ({ bucket: new Bucket(scope, 'A'), accessLogBucket: new Bucket(scope, 'B') })))
    .toThrow(/^Web\/Disks: bucket and accessLogBucket are both given/);
});

describe('an imported disk as a parent', () => {
  const based = (parent: ParentImage) => {
    const stack = newStack();
    new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily() });
    return new Synthesized(stack);
  };

  test('is the newest version of its name', () => {
    const template = based(ParentImage.fromImportedDisk('win11', { platform: Platform.WINDOWS }));
    const recipe = template.named('AWS::ImageBuilder::ImageRecipe', 'web--base').Properties;
    expect(literal(recipe.ParentImage)).toMatch(/^arn:AWS::Partition:imagebuilder:AWS::Region:AWS::AccountId:image\/win11\/x\.x\.x$/);
    expect(recipe.BlockDeviceMappings).toMatchObject([{ DeviceName: '/dev/sda1', Ebs: { Encrypted: true } }]);
    expect(template.seeds[0]!.source).toEqual({ type: 'imagebuilder', arn: expect.stringMatching(/image\/win11\/x\.x\.x$/) });
  });

  test('or one of a pattern, with another root device', () => {
    const recipe = based(ParentImage.fromImportedDisk('erp', { version: '2.x.x', rootDeviceName: '/dev/xvda' })).ofType('AWS::ImageBuilder::ImageRecipe')[0]!.Properties;
    expect(literal(recipe.ParentImage)).toMatch(/image\/erp\/2\.x\.x$/);
    expect(recipe.BlockDeviceMappings[0].DeviceName).toBe('/dev/xvda');
  });

  test.each([
    ['ERP server', undefined, /^Web\/Base: the name of the imported disk 'ERP server' is not valid/],
    ['erp', '1.0', /^Web\/Base: the version of the imported disk '1\.0' is not valid; expected a version such as/],
  ])('refuses %j in version %j', (name, version, text) => expect(() => based(ParentImage.fromImportedDisk(name, { version }))).toThrow(text));
});

test('cdk-nag finds nothing that is not explained in a stack that imports and exports', () => {
  const stack = new Stack(new App(), 'Disks', { env: { account: '123456789012', region: 'eu-central-1' } });
  const logs = new Bucket(stack, 'Logs', { enforceSSL: true, serverAccessLogsPrefix: 'own/' });
  const disks = new DiskImport(stack, 'Import', { accessLogBucket: logs });
  const parent = ParentImage.fromImportedDisk('erp-server');
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), encrypted: false, diskExport: DiskExport.vmdk({ bucket: disks.bucket }) });
  const { violations } = new AwsSolutionsChecks().validateScope(stack);
  expect(violations).toEqual([]);
});
