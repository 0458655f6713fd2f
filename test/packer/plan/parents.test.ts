import { mapJson, whats } from './helper';
import { LINUX } from '../mapping/helper';

const { source_ami: _, instance_type: __, ...BUILDER } = LINUX;

/** What a filter becomes, or what is wrong with it. */
function parentOf(filters: Readonly<Record<string, string | undefined>>, owner = 'amazon', more: object = {}): unknown {
  const mapped = mapJson({ builders: [{ ...BUILDER, source_ami_filter: { filters, owners: [owner], most_recent: true }, ...more }] });
  const { parent } = mapped.plan.images[0]!;
  return mapped.problems.length > 0 ? whats(mapped).join() : parent.kind === 'ssmParameter' ? parent.parameterName : parent;
}
const byName = (name: string, owner?: string): unknown => parentOf({ name }, owner);

const CANONICAL = '099720109477';
const AMAZON_LINUX = '/aws/service/ami-amazon-linux-latest';

test.each([
  ['al2023-ami-2023.*-x86_64', undefined, { kind: 'amazonLinux2023', architecture: 'x86_64' }],
  ['al2023-ami-2023*-arm64', undefined, { kind: 'amazonLinux2023', architecture: 'arm64' }],
  ['*al2023-ami-2023.*.*.*-kernel-*-arm64', undefined, { kind: 'amazonLinux2023', architecture: 'arm64' }],
  ['al2023-ami-*-kernel-6.1-x86_64', undefined, `${AMAZON_LINUX}/al2023-ami-kernel-6.1-x86_64`],
  ['*amzn2-ami-hvm-*-x86_64-gp2', undefined, `${AMAZON_LINUX}/amzn2-ami-hvm-x86_64-gp2`],
  ['amzn2-ami-hvm-2.0.*-x86_64-ebs', undefined, `${AMAZON_LINUX}/amzn2-ami-hvm-x86_64-ebs`],
  ['amzn2-ami-kernel-5.10-hvm-*-arm64-gp2', undefined, `${AMAZON_LINUX}/amzn2-ami-kernel-5.10-hvm-arm64-gp2`],
  ['*Windows_Server-2022-English-Full-Base*', undefined, { kind: 'windowsServer', version: '2022' }],
  ['Windows_Server-2019-English-Full-SQL_2019_Standard-*', undefined, '/aws/service/ami-windows-latest/Windows_Server-2019-English-Full-SQL_2019_Standard'],
  ['*ubuntu-jammy-22.04-amd64-server-*', CANONICAL, { kind: 'ubuntu', version: '22.04', architecture: 'x86_64' }],
  ['ubuntu/images/hvm-ssd/ubuntu-noble-*-arm64-server-*', CANONICAL, { kind: 'ubuntu', version: '24.04', architecture: 'arm64' }],
  ['ubuntu/images/*ubuntu-xenial-16.04-amd64-server-*', CANONICAL, '/aws/service/canonical/ubuntu/server/16.04/stable/current/amd64/hvm/ebs-gp2/ami-id'],
  ['debian-12-amd64-*', '136693071363', '/aws/service/debian/release/12/latest/amd64'],
  ['suse-sles-15-sp5-v*-hvm-ssd-x86_64', '013907871322', '/aws/service/suse/sles/15-sp5/x86_64/latest'],
])('%s, of whatever date, is the public parameter of that parent', (name, owner, parent) => expect(byName(name, owner)).toEqual(parent));

test.each([
  ['al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64'],
  ['al2023-ami-2023.6.*-kernel-6.1-x86_64'],
  ['al2023-ami-minimal-2023.*-x86_64'],
  ['amzn2-ami-hvm-2.0.20210326.0-x86_64-gp2'],
  ['amzn2-ami-hvm-2.0.2021*-x86_64-gp2'],
  ['amzn2-ami-*-x86_64-gp2'],
  ['al2023-ami-*-x86_64'],
  ['suse-sles-15-sp5-byos-v*-hvm-ssd-x86_64'],
  ['Windows_Server-2022-English-Full-Base-2024.05.15'],
  ['Windows_Server-2022-English-Full-Base-2024*'],
  ['Windows_Server-2019-English-Full-SQL_2019*'],
  ['ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240301'],
  ['ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-2024*'],
])('%s is not the newest of a parent: it is looked up by that name, and never becomes it', (name) => {
  const owner = name.startsWith('ubuntu') ? CANONICAL : 'amazon';
  expect(byName(name, owner)).toMatchObject({ kind: 'lookup', owner, name });
});

test('a name of nobody that is known is looked up, too; by one owner, which has to be an account', () => {
  expect(byName('own-base-*', 'self')).toMatchObject({ kind: 'lookup', owner: 'self', name: 'own-base-*', system: { platform: 'Linux', architecture: 'x86_64' } });
  expect(byName('own-base-*', 'aws-marketplace')).toMatch(/^an AMI is looked up by an account, amazon or self, and not by "aws-marketplace"$/);
});

describe('filters beside the name', () => {
  const name = 'al2023-ami-2023.*-x86_64';

  test.each([
    { 'virtualization-type': 'hvm', 'root-device-type': 'ebs', 'state': 'available', 'is-public': 'true' },
    { architecture: 'x86_64' },
    { 'block-device-mapping.volume-type': 'gp3' },
  ])('%j holds for what the parameter gives', (others) =>
    expect(parentOf({ name, ...others })).toEqual({ kind: 'amazonLinux2023', architecture: 'x86_64' }));

  test.each([
    [{ 'creation-date': '2024-10-*' }, 'creation-date'],
    [{ 'tag:Team': 'web' }, 'tag:Team'],
    [{ architecture: 'arm64' }, 'architecture'],
    [{ platform: 'windows' }, 'platform'],
    [{ 'virtualization-type': 'paravirtual' }, 'virtualization-type'],
    [{ description: '*' }, 'description'],
  ])('%j chooses others, and is refused', (others, key) =>
    expect(parentOf({ name, ...others })).toBe(`the filter "${key}" has no counterpart: an AMI is found by its owner, its name and its architecture`));

  test('the architecture completes a name that does not say it; else the instance type does', () => {
    expect(parentOf({ name: 'al2023-ami-2023.*-kernel-*-*', architecture: 'arm64' })).toEqual({ kind: 'amazonLinux2023', architecture: 'arm64' });
    expect(parentOf({ name: 'amzn2-ami-hvm-*' }, 'amazon', { instance_type: 'm6g.large' })).toBe(`${AMAZON_LINUX}/amzn2-ami-hvm-arm64-gp2`);
  });

  test('an option of the filter that nobody knows is refused', () => {
    const filter = { filters: { name }, owners: ['amazon'], most_recnt: true };
    expect(whats(mapJson({ builders: [{ ...BUILDER, source_ami_filter: filter }] }))).toEqual([
      '"source_ami_filter" of the builder amazon-ebs has no option "most_recnt" that is known',
    ]);
  });
});
