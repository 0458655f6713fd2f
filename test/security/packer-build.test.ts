import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Roles, type Call } from './builds/evaluator';
import { Source } from '../../src/component/source';
import { ParentImage, RegisteredImage } from '../../src/image';
import { PackerBuild, type PackerBuildProps } from '../../src/packer/build';
import { newStack } from '../image/fixture';

/** From the side of whoever runs commands in a build by Packer (a template, a plugin, a provisioner): with the role of the build and nothing else. */
const folder = mkdtempSync(join(tmpdir(), 'security-packer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RUN_TAG = { key: 'made-by', value: 'golden' };
const OURS = { 'aws:ResourceTag/made-by': 'golden' };
const THEIRS = { 'aws:ResourceTag/made-by': 'payroll' };
const tagging = (tags: Record<string, string>): Record<string, string | string[]> =>
  ({ 'aws:TagKeys': Object.keys(tags), ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])) });

function role(settings: object = {}, props: Partial<PackerBuildProps> = {}): (call: Call) => boolean {
  const template = join(folder, 'template.json');
  writeFileSync(template, JSON.stringify({ builders: [{ type: 'amazon-ebs', run_tags: { 'made-by': 'golden' }, ...settings }] }));
  const stack = newStack('Shop');
  const image = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
  const packer = Source.https('https://tools.example.com/packer.zip', 'b'.repeat(64));
  new PackerBuild(stack, 'Packer', { image, template: Source.asset(template), runTag: RUN_TAG, packer, ...props });
  const roles = new Roles(stack);
  const id = roles.idOf('AWS::IAM::Role', /^PackerRole/);
  return (call) => roles.may(id, call);
}

const REGION = 'eu-central-1';
const arn = (type: string, region = REGION): string => `arn:aws:ec2:${region}:${['image', 'snapshot'].includes(type) ? '' : '123456789012'}:${type}/${type}-1`;
type Tags = Record<string, string | string[]>;
/** A call of EC2 on resources by type, each with the keys that IAM has for it. */
const ec2 = (action: string, on: Record<string, Tags>, context: Tags = {}): Call =>
  ({ action: `ec2:${action}`, on: Object.entries(on).map(([type, keys]) => ({ resource: arn(type), context: keys })), context });

describe('a build by Packer reaches nothing of others', () => {
  const may = role();

  test.each<[string, Call]>([
    ['deregisters no AMI', ec2('DeregisterImage', { image: THEIRS })],
    ['deregisters no AMI without tags', ec2('DeregisterImage', { image: {} })],
    ['deletes no snapshot', ec2('DeleteSnapshot', { snapshot: THEIRS })],
    ['deletes no volume', ec2('DeleteVolume', { volume: {} })],
    ['terminates no instance', ec2('TerminateInstances', { instance: THEIRS })],
    ['makes no AMI of an instance', ec2('CreateImage', { instance: THEIRS, image: {}, snapshot: {} }, tagging({ 'made-by': 'golden' }))],
    ['makes no snapshot of a volume', ec2('CreateSnapshot', { volume: {}, snapshot: {} }, tagging({ 'made-by': 'golden' }))],
    ['makes no volume of a snapshot', ec2('CreateVolume', { snapshot: {}, volume: {} }, tagging({ 'made-by': 'golden' }))],
    ['makes no AMI of a snapshot', ec2('RegisterImage', { snapshot: THEIRS, image: {} })],
    ['attaches no volume to its instance', ec2('AttachVolume', { volume: THEIRS, instance: OURS })],
    ['detaches no volume from an instance', ec2('DetachVolume', { volume: {}, instance: {} })],
    ['opens no security group', ec2('AuthorizeSecurityGroupIngress', { 'security-group': {} })],
    ['deletes no security group', ec2('DeleteSecurityGroup', { 'security-group': THEIRS })],
    ['shares no AMI', ec2('ModifyImageAttribute', { image: THEIRS })],
    ['describes no AMI', ec2('ModifyImageAttribute', { image: THEIRS }, { 'ec2:Attribute': 'Description', 'ec2:Attribute/Description': 'x' })],
    ['shares no snapshot', ec2('ModifySnapshotAttribute', { snapshot: THEIRS }, { 'ec2:Add/userId': '210987654321' })],
    ['deprecates no AMI', ec2('EnableImageDeprecation', { image: THEIRS })],
    ['deletes no key pair', { action: 'ec2:DeleteKeyPair', on: [{ resource: arn('key-pair') }] }],
  ])('%s', (_, call) => {
    expect(may(call)).toBe(false);
  });

  test.each(['image', 'snapshot', 'volume', 'instance', 'security-group', 'key-pair', 'network-interface'])('gives its tag to nothing that exists: %s', (type) => {
    expect(may(ec2('CreateTags', { [type]: {} }, tagging({ 'made-by': 'golden' })))).toBe(false);
    expect(may(ec2('CreateTags', { [type]: THEIRS }, tagging({ 'made-by': 'golden' })))).toBe(false);
    expect(may(ec2('CreateTags', { [type]: {} }, tagging({ Name: 'x' })))).toBe(false);
  });

  test('launches nothing without its tag, and makes no security group without it', () => {
    const launch = (tags: Tags): Call => ec2('RunInstances', { 'image': {}, 'instance': {}, 'subnet': {}, 'volume': {}, 'network-interface': {}, 'security-group': {} }, tags);
    expect([may(launch(tagging({ 'made-by': 'golden' }))), may(launch(tagging({ 'made-by': 'payroll' }))), may(launch({}))]).toEqual([true, false, false]);
    const group = (tags: Tags): Call => ec2('CreateSecurityGroup', { 'security-group': {}, 'vpc': {} }, tags);
    expect([may(group(tagging({ 'made-by': 'golden' }))), may(group({}))]).toEqual([true, false]);
  });

  test('nothing in a region that the image is not made for', () => {
    expect(may({ action: 'ec2:DeregisterImage', on: [{ resource: arn('image', 'us-east-1'), context: OURS }] })).toBe(false);
  });
});

describe('a build by Packer shares nothing unasked', () => {
  const share = ec2('ModifyImageAttribute', { image: OURS }, { 'ec2:Attribute': 'LaunchPermission' });
  const shareSnapshot = ec2('ModifySnapshotAttribute', { snapshot: OURS }, { 'ec2:Add/userId': '210987654321' });

  test('not even what it made, where the build is not asked to', () => {
    expect([role()(share), role()(shareSnapshot)]).toEqual([false, false]);
  });

  test('with sharesAmi what it made, and nothing else', () => {
    const may = role({ ami_users: ['210987654321'] }, { sharesAmi: true });
    expect([may(share), may(shareSnapshot)]).toEqual([true, true]);
    expect(may(ec2('ModifyImageAttribute', { image: THEIRS }, { 'ec2:Attribute': 'LaunchPermission' }))).toBe(false);
  });

  test.each(['ami_users', 'ami_groups', 'ami_org_arns', 'ami_ou_arns', 'snapshot_users', 'snapshot_groups'])('a template with %s is refused at synthesis', (setting) => {
    expect(() => role({ [setting]: ['all'] })).toThrow(new RegExp(`shares what it makes \\(${setting}\\); expected sharing that the build is asked for; give the build sharesAmi: true`));
    expect(() => role({ [setting]: [] })).not.toThrow();
  });
});

describe('a build by Packer does what it has to', () => {
  const may = role();
  const making = (action: string): Tags => ({ ...tagging({ 'made-by': 'golden' }), 'ec2:CreateAction': action });

  // In the order of packer-plugin-amazon 1.8.2, builder/ebs/builder.go.
  test.each<[string, Call]>([
    ['a key pair', { action: 'ec2:CreateKeyPair', on: [{ resource: `arn:aws:ec2:${REGION}:123456789012:key-pair/packer_65f0` }] }],
    ['its tag', ec2('CreateTags', { 'key-pair': {} }, making('CreateKeyPair'))],
    ['a security group', ec2('CreateSecurityGroup', { 'security-group': {}, 'vpc': {} }, making('CreateSecurityGroup'))],
    ['its tag', ec2('CreateTags', { 'security-group': {} }, making('CreateSecurityGroup'))],
    ['opens it', ec2('AuthorizeSecurityGroupIngress', { 'security-group': OURS })],
    ['tags of an instance', ec2('CreateTags', { 'instance': {}, 'volume': {}, 'network-interface': {} }, making('RunInstances'))],
    ['the password of Windows', ec2('GetPasswordData', { instance: OURS })],
    ['stops it', ec2('StopInstances', { instance: OURS })],
    ['enhanced networking', ec2('ModifyInstanceAttribute', { instance: OURS })],
    ['an AMI', ec2('CreateImage', { instance: OURS, image: {}, snapshot: {} }, making('CreateImage'))],
    ['its tags', ec2('CreateTags', { image: {}, snapshot: {} }, making('CreateImage'))],
    ['a copy', ec2('CopyImage', { image: {}, snapshot: {} })],
    ['its deprecation', ec2('EnableImageDeprecation', { image: OURS })],
    ['its description', ec2('ModifyImageAttribute', { image: OURS }, { 'ec2:Attribute': 'Description', 'ec2:Attribute/Description': 'Golden image' })],
    ['IMDSv2', ec2('ModifyImageAttribute', { image: OURS }, { 'ec2:Attribute': 'ImdsSupport', 'ec2:Attribute/ImdsSupport': 'v2.0' })],
    ['tags of the template', ec2('CreateTags', { image: OURS, snapshot: OURS }, tagging({ Name: 'golden', team: 'web' }))],
    ['deregisters what failed or was to be encrypted', ec2('DeregisterImage', { image: OURS })],
    ['with its snapshots', ec2('DeleteSnapshot', { snapshot: OURS })],
    ['ends its instance', ec2('TerminateInstances', { instance: OURS })],
    ['deletes its security group', ec2('DeleteSecurityGroup', { 'security-group': OURS })],
    ['and its key pair', { action: 'ec2:DeleteKeyPair', on: [{ resource: `arn:aws:ec2:${REGION}:123456789012:key-pair/packer_65f0` }] }],
  ])('%s', (_, call) => {
    expect(may(call)).toBe(true);
  });
});

describe('snapshots of copies, which carry no tag', () => {
  const tag = (tags: Record<string, string>, type = 'snapshot'): Call => ec2('CreateTags', { [type]: {} }, tagging(tags));

  test.each<[string, object, Partial<PackerBuildProps>]>([
    ['encrypt_boot', { encrypt_boot: true }, {}], ['ami_regions', { ami_regions: ['eu-west-1'] }, { copyRegions: ['eu-west-1'] }], ['copyRegions', {}, { copyRegions: ['eu-west-1'] }],
  ])('%s: get the tags of the template, never the run tag, and nothing else gets any', (_, settings, props) => {
    const may = role({ tags: { Name: 'golden' }, snapshot_tags: { team: 'web' }, ...settings }, props);
    expect([may(tag({ Name: 'golden' })), may(tag({ team: 'web' })), may(tag({ Name: 'golden', team: 'web' }))]).toEqual([true, true, true]);
    expect([may(tag({ 'made-by': 'golden' })), may(tag({ 'Name': 'golden', 'made-by': 'golden' })), may(tag({ owner: 'web' })), may(tag({}))]).toEqual([false, false, false, false]);
    expect(may(tag({ Name: 'golden' }, 'image'))).toBe(false);
  });

  test('get another value of the run tag\'s key, which gives no way to them', () => {
    const may = role({ tags: { 'made-by': 'us' }, encrypt_boot: true });
    expect([may(tag({ 'made-by': 'us' })), may(tag({ 'made-by': 'golden' }))]).toEqual([true, false]);
  });

  test('get none where nothing is copied', () => {
    expect(role({ tags: { Name: 'golden' } })(tag({ Name: 'golden' }))).toBe(false);
  });

  test('of a template that is not of the app get the tags that the build is told', () => {
    const template = Source.https('https://tools.example.com/golden.pkr.hcl', 'c'.repeat(64));
    expect(role({}, { template })(tag({ Name: 'golden' }))).toBe(false);
    expect(role({}, { template, copyTagKeys: ['Name'] })(tag({ Name: 'golden' }))).toBe(true);
    expect(role({}, { template, copyTagKeys: ['made-by'] })(tag({ 'made-by': 'golden' }))).toBe(false);
  });

  test('that would get the run tag are refused at synthesis', () => {
    expect(() => role({ tags: { 'made-by': 'golden' }, encrypt_boot: true })).toThrow(/gives copies the run tag 'made-by' afterwards;.*leave it out of tags and snapshot_tags/);
    expect(() => role({ tags: { 'made-by': 'golden' } })).not.toThrow();
  });
});

describe('a template whose AMIs would carry no tag is refused at synthesis', () => {
  test.each<[string, object, RegExp]>([
    ['skip_ami_run_tags', { skip_ami_run_tags: true }, /sets skip_ami_run_tags;.*leave skip_ami_run_tags out/],
    ['a surrogate without tags', { type: 'amazon-ebssurrogate' }, /makes snapshots of volumes without the tag made-by = golden;.*write use_create_image = true/],
  ])('%s', (_, settings, reason) => {
    expect(() => role(settings)).toThrow(reason);
  });

  test.each<[string, object]>([
    ['skip_ami_run_tags = false', { skip_ami_run_tags: false }],
    ['a surrogate whose AMI is made of its instance', { type: 'amazon-ebssurrogate', use_create_image: true }],
    ['a surrogate with tags', { type: 'amazon-ebssurrogate', run_volume_tags: { 'made-by': 'golden' }, snapshot_tags: { 'made-by': 'golden' } }],
  ])('%s is not', (_, settings) => {
    expect(() => role(settings)).not.toThrow();
  });

  test('a surrogate makes snapshots of its volumes and an AMI of these', () => {
    const may = role({ type: 'amazon-ebssurrogate', run_volume_tags: { 'made-by': 'golden' }, snapshot_tags: { 'made-by': 'golden' } });
    expect(may(ec2('CreateSnapshot', { volume: OURS, snapshot: {} }, tagging({ 'made-by': 'golden' })))).toBe(true);
    expect(may(ec2('RegisterImage', { snapshot: OURS, image: {} }))).toBe(true);
  });
});
