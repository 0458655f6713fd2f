import { differences, findDeclared, matches, mismatch, type TemplateContent } from '../../../../src/runtime/domain/template';

const rendered = {
  ImageId: 'resolve:ssm:/golden-images/shop/fleets/web/image',
  InstanceType: 't3.small',
  UserData: 'ZWNobw==',
  EbsOptimized: 'true',
  SecurityGroupIds: ['sg-2', 'sg-1'],
  MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: '2' },
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: '30', Encrypted: 'false' } }, { DeviceName: '/dev/sdb', NoDevice: '' }],
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }],
  LicenseSpecifications: [],
};
const described = {
  ...rendered,
  EbsOptimized: true,
  SecurityGroupIds: ['sg-1', 'sg-2'],
  SecurityGroups: [],
  MetadataOptions: { State: 'pending', HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
  BlockDeviceMappings: [{ NoDevice: '', DeviceName: '/dev/sdb' }, { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, Encrypted: false } }],
  LicenseSpecifications: undefined,
  Operator: { Managed: false },
};

describe('launch template data', () => {
  test('is what the stack declares, whatever its writing, its order and what EC2 adds to it', () => {
    expect(differences(rendered, described)).toEqual([]);
  });

  test('has one meaning for each writing of a price and of a date', () => {
    const market = (MaxPrice: string, ValidUntil: unknown) => ({ InstanceMarketOptions: { SpotOptions: { MaxPrice, ValidUntil } } });
    expect(matches(market('0.05', '2026-02-01T00:00:00Z'), market('0.050000', new Date(Date.UTC(2026, 1, 1))))).toBe(true);
    expect(matches(market('0.05', '2026-02-01T00:00:00Z'), market('0.06', new Date(Date.UTC(2026, 1, 1))))).toBe(false);
    expect(matches(market('0.05', '2026-02-01T00:00:00Z'), market('0.05', new Date(Date.UTC(2026, 1, 2))))).toBe(false);
  });

  test.each<[string, object, string[]]>([
    ['other user data', { UserData: 'ZXZpbA==' }, ['UserData']],
    ['another image', { ImageId: 'ami-0bad' }, ['ImageId']],
    ['a member more', { KeyName: 'evil' }, ['KeyName']],
    ['a member less', { InstanceType: undefined }, ['InstanceType']],
    ['another flag', { EbsOptimized: false }, ['EbsOptimized']],
    ['weaker metadata options', { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2 } }, ['MetadataOptions.HttpTokens']],
    ['a security group more', { SecurityGroupIds: ['sg-1', 'sg-2', 'sg-3'] }, ['SecurityGroupIds']],
    ['another security group', { SecurityGroupIds: ['sg-1', 'sg-3'] }, ['SecurityGroupIds[1]']],
    ['another snapshot', {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 30, Encrypted: false, SnapshotId: 'snap-1' } }, { DeviceName: '/dev/sdb', NoDevice: '' }],
    }, ['BlockDeviceMappings[1].Ebs.SnapshotId']],
    ['another tag', { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '3' }] }] }, ['TagSpecifications[0].Tags[1].Value']],
    ['tags of something else', { TagSpecifications: [{ ResourceType: 'volume', Tags: rendered.TagSpecifications[0]!.Tags }] }, ['TagSpecifications[0].ResourceType']],
  ])('differs by its path where it has %s', (_name, change, paths) => {
    expect(differences(rendered, { ...described, ...change })).toEqual(paths);
  });

  test('is not the same where something stands in a list that was not there', () => {
    expect(differences({}, { NetworkInterfaces: [{ DeviceIndex: 0 }] })).toEqual(['NetworkInterfaces']);
    expect(differences({ MetadataOptions: { HttpTokens: 'required' } }, { MetadataOptions: { State: 'pending' } })).toEqual(['MetadataOptions']);
    expect(differences({}, { MetadataOptions: { State: 'pending' } })).toEqual([]);
  });
});

describe('the version that has what a deploy declares', () => {
  const version = (number: string, change: object = {}): TemplateContent => ({ number, data: { ...described, ...change }, contentHash: number, createdBy: `arn:${number}` });
  const of = (versions: TemplateContent[], latest: string) => findDeclared(rendered, versions, latest).version?.number;

  test('is the one that the deploy knows as the latest, else the newest', () => {
    expect(of([version('1'), version('2'), version('3')], '2')).toBe('2');
    expect(of([version('9'), version('10'), version('2')], '11')).toBe('10');
    expect(of([version('1'), version('2', { UserData: 'evil' }), version('3', { ImageId: 'ami-1' })], '3')).toBe('1');
    expect(of([version('1', { UserData: 'evil' })], '1')).toBeUndefined();
  });

  test('is told by the nearest where there is none, without a value of it', () => {
    const reason = (versions: TemplateContent[]) => mismatch('lt-1', '3', findDeclared(rendered, versions, '3') as never);
    expect(reason([version('2', { UserData: 'evil', ImageId: 'ami-1' }), version('3', { UserData: 'evil' })]))
      .toMatch(/^no version of the launch template lt-1 is .* \(latest version: 3\): the nearest, version 3 by arn:3, differs in UserData; expected .*; find out .* deploy again; where nobody did, .* report it$/);
    expect(reason([])).toMatch(/it has no versions/);
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`Member${index}`, 'x']));
    expect(reason([version('3', many)])).toMatch(/Member\d+, .* and 4 more; expected/);
  });
});
