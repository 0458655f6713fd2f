import { mapJson, whats } from './helper';
import { AMAZON_EBS_OPTIONS } from '../../../src/packer/mapping/builders/amazon-ebs-options';
import { LINUX } from '../mapping/helper';

describe('the root volume, at every depth', () => {
  const volume = (settings: object) => mapJson({ builders: [{ ...LINUX, launch_block_device_mappings: [{ device_name: '/dev/xvda', ...settings }] }] });

  test('its size and its key are taken over', () => {
    const mapped = volume({ volume_size: 30, kms_key_id: 'alias/images', volume_type: 'gp3', iops: 3000, throughput: '125', delete_on_termination: true, encrypted: true });
    expect(mapped.problems).toEqual([]);
    expect(mapped.plan.images[0]).toMatchObject({ rootVolumeGibibytes: 30, infrastructure: { kmsKeyId: 'alias/images' } });
  });

  test.each([
    [{ snapshot_id: 'snap-01234567' }, '"snapshot_id" of "launch_block_device_mappings" of the builder amazon-ebs: the root volume comes from the parent'],
    [{ no_device: true }, '"no_device" of "launch_block_device_mappings" of the builder amazon-ebs: an image has its root volume'],
    [{ kms_key_id: 'my key' }, '"kms_key_id" is no id, alias or ARN of a key'],
    [{ volum_size: 8 }, '"launch_block_device_mappings" of the builder amazon-ebs has no option "volum_size" that is known'],
  ])('%j is refused', (settings, what) => expect(whats(volume(settings))).toEqual([what]));

  test.each([
    [{ iops: 6000 }, '"iops" of the root volume is not taken over: it is 6000, and root volumes of images have 3000; say it in the launch template of the fleet, whose volumes it is for'],
    [{ throughput: 250 }, '"throughput" of the root volume is not taken over: it is 250, and root volumes of images have 125; say it in the launch template of the fleet, whose volumes it is for'],
  ])('%j is lost with a warning', (settings, message) => {
    const { plan, problems } = volume(settings);
    expect([problems, plan.notices.filter(({ severity }) => severity === 'warning').map((notice) => notice.message)]).toEqual([[], [message]]);
  });

  test('a volume that stays with its instance is said to be lost', () => {
    expect(volume({ delete_on_termination: false }).plan.notices.map(({ message }) => message)).toContain('root volumes are deleted with their instance');
  });

  test('two keys cannot be', () => {
    const mappings = [{ device_name: '/dev/xvda', kms_key_id: 'alias/one' }];
    expect(whats(mapJson({ builders: [{ ...LINUX, kms_key_id: 'alias/two', launch_block_device_mappings: mappings }] }))).toEqual([
      'the root volume has another key than the AMI',
    ]);
  });

  test('nor can options of the metadata service, or of a tag, that nobody knows', () => {
    expect(whats(mapJson({ builders: [{ ...LINUX, metadata_options: { http_tokens: 'required', http_hops: 2 } }] }))).toEqual([
      '"metadata_options" of the builder amazon-ebs has no option "http_hops" that is known',
    ]);
  });
});

describe('an option at its zero value is no setting', () => {
  const refused = Object.keys(AMAZON_EBS_OPTIONS).filter((name) => AMAZON_EBS_OPTIONS[name]!.kind === 'refused');

  test.each(refused)('%s', (name) => {
    for (const zero of ['', false, 'false', 0, '0', [], {}]) {
      const { plan, problems } = mapJson({ builders: [{ ...LINUX, [name]: zero }] });
      expect([zero, problems, plan.notices.filter(({ message }) => message.includes(name))]).toEqual([zero, [], []]);
    }
  });

  test('of a provisioner, too', () => {
    expect(mapJson({ builders: [LINUX], provisioners: [{ type: 'file', content: 'x', destination: '/etc/x', generated: false }] }).problems).toEqual([]);
  });

  test('what is not zero counts, and a name that nobody knows is none at any value', () => {
    expect(whats(mapJson({ builders: [{ ...LINUX, skip_create_ami: true, spot_prise: '' }] }))).toEqual([
      '"skip_create_ami" of the builder amazon-ebs: an image without an AMI is none',
      'the builder amazon-ebs has no option "spot_prise" that is known',
    ]);
  });
});

test('a tag that is read from AWS is left out, and refuses nothing', () => {
  const notices = mapJson({ builders: [{ ...LINUX, tags: { Base: '{{ .SourceAMIName }}', Team: 'web' }, deprecate_at: '2026-01-01T00:00:00Z' }] }).plan;
  expect(notices.images[0]!.amiTags).toEqual({ Team: 'web' });
  expect(JSON.stringify(notices)).not.toMatch(/retired when/);
});
