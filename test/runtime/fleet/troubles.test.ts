import { ResumeProcessesCommand, SuspendProcessesCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { DeleteLaunchTemplateCommand, DeregisterImageCommand } from '@aws-sdk/client-ec2';
import { Road } from './road';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';

/** What is wrong in the account, what the fleet's status says of it, and how it is put right. */
interface Trouble {
  readonly name: string;
  readonly cause: (road: Road) => unknown;
  readonly reported: RegExp;
  readonly repair?: (road: Road) => unknown;
}

const sizes = (road: Road, size: number) =>
  road.autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'web', MinSize: size, DesiredCapacity: size }));
const processes = { AutoScalingGroupName: 'web', ScalingProcesses: ['Launch', 'Terminate'] };

const troubles: Trouble[] = [
  { name: 'a group at zero', cause: (road) => sizes(road, 0), reported: /group web is at zero/, repair: (road) => sizes(road, 3) },
  {
    name: 'suspended processes',
    cause: (road) => road.autoScaling.send(new SuspendProcessesCommand(processes)),
    reported: /group web has suspended processes: Launch, Terminate/,
    repair: (road) => road.autoScaling.send(new ResumeProcessesCommand(processes)),
  },
  {
    name: 'an AMI that is gone',
    cause: (road) => road.ec2.send(new DeregisterImageCommand({ ImageId: road.fleet.next })),
    reported: /ami-[0-9a-f]+ of version 1\.0\.1\/1 cannot be launched/,
    repair: (road) => road.release('1.0.2/1', road.fleet.world.get(Ec2Service).registerImage({ name: 'again', architecture: 'x86_64', platform: 'linux' })),
  },
  {
    name: 'a release that the ledger no longer knows',
    cause: (road) => road.unpublish(),
    reported: /no release/,
    repair: (road) => road.release('1.0.1/1', road.fleet.next),
  },
  {
    name: 'a deleted launch template',
    cause: (road) => road.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: road.fleet.templateId })),
    reported: /launch template lt-[0-9a-f]+ of group web does not exist/,
  },
];

async function committed(): Promise<Road> {
  const road = await Road.start(3);
  await road.release('1.0.0/1', road.fleet.good);
  await road.minutes(30);
  expect(road.state.committed).toMatchObject([{ version: '1.0.0/1' }]);
  return road;
}

describe('the fleet controller in an account where something is wrong', () => {
  test.each(troubles)('$name: reported, no crash loop, nothing lost', async ({ cause, reported, repair }) => {
    const road = await committed();
    await road.release('1.0.1/1', road.fleet.next);
    await cause(road);
    const before = road.looks;
    await road.minutes(120);
    expect(await road.waitingFor()).toMatch(reported);
    expect(road.looks - before).toBeLessThanOrEqual(125);
    expect(road.state.history).toEqual([]);
    if (!repair) return;
    await repair(road);
    road.poke();
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 3 });
  });

  test("the fleet's own parameter is put back", async () => {
    const road = await committed();
    const ssm = road.fleet.world.get(SsmService);
    const [name] = ssm.names().filter((each) => /\/fleets\/web\/image$/.test(each));
    ssm.remove(name!);
    road.poke();
    await road.minutes(2);
    expect(ssm.value(name!)).toBe(road.fleet.good);
  });

  test('throttles at any moment of a rollout delay it, and change nothing', async () => {
    const road = await committed();
    await road.release('1.0.1/1', road.fleet.next);
    const { faults } = road.fleet.world;
    for (let burst = 0; burst < 12; burst += 1) {
      faults.failCalls(['autoscaling', 'ec2', 'ssm', 'elasticloadbalancing'][burst % 4]!, '*', 1 + burst % 3);
      await road.minutes(3);
    }
    expect(await road.until(1)).toMatchObject({ outcome: 'committed', instancesTouched: 3 });
    expect(road.state.blocked).toEqual([]);
  });
});
