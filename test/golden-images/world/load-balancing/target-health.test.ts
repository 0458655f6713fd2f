import { Ec2Service } from '../../../../golden-images/src/world/ec2';
import { Properties, World } from '../../../../golden-images/src/world/kernel';
import { LoadBalancingService } from '../../../../golden-images/src/world/load-balancing';

async function balanced(sick = false) {
  const world = new World();
  const ec2 = world.get(Ec2Service);
  const service = world.get(LoadBalancingService);
  const call = async (operation: string, input: Properties): Promise<Properties> => world.call(service, operation, input);
  const subnets = ec2.network.all('subnet');
  const { TargetGroups } = await call('CreateTargetGroup', { Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: subnets[0]!.data.vpcId });
  const { LoadBalancers } = await call('CreateLoadBalancer', { Name: 'web', Subnets: subnets.map((subnet) => subnet.id) });
  const TargetGroupArn: string = TargetGroups[0].TargetGroupArn;
  const image = ec2.registerImage({ name: 'web', architecture: 'x86_64', traits: { sick } });
  const instance = ec2.launchInstance({ imageId: image, instanceType: 't3.small' });
  const seconds = async (count: number): Promise<void> => world.timeline.runUntil(world.now + count * 1000);
  await seconds(20);
  const listen = async (): Promise<string> => (await call('CreateListener', {
    LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  })).Listeners[0].ListenerArn;
  const health = async (): Promise<Properties> =>
    (await call('DescribeTargetHealth', { TargetGroupArn, Targets: [{ Id: instance.id }] })).TargetHealthDescriptions[0].TargetHealth;
  const register = async (): Promise<Properties> => call('RegisterTargets', { TargetGroupArn, Targets: [{ Id: instance.id }] });
  return { world, ec2, service, call, TargetGroupArn, LoadBalancers, instance, seconds, listen, health, register };
}

test('a target is initial until it has passed one check', async () => {
  const { service, TargetGroupArn, seconds, listen, health, register, instance } = await balanced();
  await listen();
  await register();
  expect(await health()).toEqual({ State: 'initial', Reason: 'Elb.InitialHealthChecking' });
  await seconds(29);
  expect((await health()).State).toBe('initial');
  await seconds(1);
  expect((await health()).State).toBe('healthy');
  expect(service.healthyTargets(TargetGroupArn)).toEqual([instance.id]);
});

test('a sick one is unhealthy after its threshold of failed checks and never healthy', async () => {
  const { seconds, listen, health, register } = await balanced(true);
  await listen();
  await register();
  await seconds(59);
  expect((await health()).State).toBe('initial');
  await seconds(1);
  expect(await health()).toEqual({ State: 'unhealthy', Reason: 'Target.FailedHealthChecks' });
  await seconds(7 * 86_400);
  expect((await health()).State).toBe('unhealthy');
});

test('one that falls sick later is told to listeners', async () => {
  const { ec2, service, seconds, listen, register, instance } = await balanced();
  const told: string[] = [];
  service.onHealthChange(({ state }) => told.push(state));
  await listen();
  await register();
  await seconds(60);
  ec2.makeSick(instance.id);
  await seconds(60);
  ec2.terminateInstance(instance.id);
  await seconds(60);
  expect(told).toEqual(['initial', 'healthy', 'unhealthy', 'gone']);
});

test('a group that no listener uses is not checked, until one does', async () => {
  const { call, seconds, listen, health, register } = await balanced();
  await register();
  await seconds(120);
  expect(await health()).toEqual({ State: 'unused', Reason: 'Target.NotInUse' });
  const ListenerArn = await listen();
  await seconds(60);
  expect((await health()).State).toBe('healthy');
  await call('DeleteListener', { ListenerArn });
  expect((await health()).State).toBe('unused');
});

test('a deregistered target drains first', async () => {
  const { call, TargetGroupArn, seconds, listen, health, register, instance } = await balanced();
  await listen();
  await register();
  await seconds(60);
  await call('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: instance.id }] });
  expect((await health()).State).toBe('draining');
  await seconds(300);
  expect(await health()).toEqual({ State: 'unused', Reason: 'Target.NotRegistered' });
});

test('subnets, security groups and target groups in use cannot be deleted', async () => {
  const { ec2, call, TargetGroupArn, LoadBalancers, listen } = await balanced();
  await listen();
  await expect(call('DeleteTargetGroup', { TargetGroupArn })).rejects.toMatchObject({ name: 'ResourceInUse' });
  const subnet = ec2.network.all('subnet')[2]!.id;
  expect(() => ec2.network.delete('subnet', subnet)).toThrow(expect.objectContaining({ name: 'DependencyViolation' }));
  await call('DeleteLoadBalancer', { LoadBalancerArn: LoadBalancers[0].LoadBalancerArn });
  ec2.network.delete('subnet', subnet);
  await call('DeleteTargetGroup', { TargetGroupArn });
});
