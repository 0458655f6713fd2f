import { EC2Client } from '@aws-sdk/client-ec2';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { AwsError } from '../../../golden-images/src/world/kernel';
import { InstanceFacts } from '../../../src/runtime/aws/fleet/instance-facts';
import { Ec2MachineImages } from '../../../src/runtime/aws/fleet/machine-images';
import { TransientError } from '../../../src/runtime/ports';
import { Fleet } from '../../golden-images/world/auto-scaling/fleet';

async function account() {
  const fleet = await Fleet.start({ size: 4 });
  await fleet.minutes(5);
  const client = new EC2Client({
    region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, requestHandler: inProcessHandler(fleet.world) as never, maxAttempts: 1,
  });
  const instances = fleet.group.live.map(({ id, availabilityZone: zone }) => ({ id, zone }));
  return { fleet, client, instances, facts: new InstanceFacts(client) };
}

describe('what instances run', () => {
  test('is told of each of them', async () => {
    const { fleet, instances, facts } = await account();
    expect([...(await facts.of(instances)).values()].map(({ ami }) => ami)).toEqual(instances.map(() => fleet.good));
    expect(await facts.of([])).toEqual(new Map());
  });

  test('an instance that EC2 does not know leaves only itself unknown', async () => {
    const { instances, facts } = await account();
    const { zone } = instances[0]!;
    const found = await facts.of([{ id: 'i-00000000000000001', zone }, ...instances, { id: 'i-00000000000000002', zone }]);
    expect([...found.keys()].sort()).toEqual(instances.map(({ id }) => id).sort());
  });

  test('a zone that is down leaves only its own instances unknown', async () => {
    const { fleet, instances, facts } = await account();
    const { zone } = instances[0]!;
    fleet.world.faults.zonesDown.add(zone);
    const others = instances.filter((each) => each.zone !== zone).map(({ id }) => id);
    expect(others.length).toBeGreaterThan(0);
    expect([...(await facts.of(instances)).keys()].sort()).toEqual(others.sort());
  });

  test('where nothing is told, the look is repeated; a refusal is one', async () => {
    const { fleet, instances, facts } = await account();
    for (const { zone } of instances) fleet.world.faults.zonesDown.add(zone);
    await expect(facts.of(instances)).rejects.toBeInstanceOf(TransientError);
    fleet.world.faults.zonesDown.clear();
    fleet.world.faults.failCalls('ec2', 'DescribeInstanceImageMetadata', 1, new AwsError('UnauthorizedOperation', 'no', 403));
    await expect(facts.of(instances)).rejects.toThrow('UnauthorizedOperation');
  });
});

test('an AMI of a central account stays usable when it is deprecated', async () => {
  const { fleet, client } = await account();
  const central = fleet.ec2.registerImage({ name: 'central', architecture: 'x86_64', owner: '210987654321' });
  const image = fleet.ec2.image(central)!;
  image.launchUsers.add(fleet.world.account);
  const images = new Ec2MachineImages(client);
  expect(await images.usable([central])).toEqual([central]);
  image.deprecationTime = fleet.world.now - 1;
  expect(await images.usable([central, fleet.good])).toEqual(expect.arrayContaining([central, fleet.good]));
});
