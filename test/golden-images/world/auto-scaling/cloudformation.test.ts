import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutoScalingService } from '../../../../golden-images/src/world/auto-scaling';
import { CloudFormationService } from '../../../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../../../golden-images/src/world/ec2';
import { IamService } from '../../../../golden-images/src/world/iam';
import { Properties, World } from '../../../../golden-images/src/world/kernel';
import { LoadBalancingService } from '../../../../golden-images/src/world/load-balancing';
import { SsmService } from '../../../../golden-images/src/world/ssm/ssm';

interface Changes {
  readonly userData?: string;
  readonly capacity?: number;
}

const IMAGE = 'ami-0123456789abcdef0';

/** A VPC, a load balancer, a launch template and a group, as the L2 constructs of aws-cdk-lib 2.276 write them. */
const stack = readFileSync(join(__dirname, 'web-stack.json'), 'utf8');

function templateBody(imageId: string, changes: Changes): string {
  const Resources: Properties = JSON.parse(stack.replaceAll(IMAGE, imageId));
  for (const { Type, Properties: properties } of Object.values(Resources)) {
    if (Type === 'AWS::EC2::LaunchTemplate' && changes.userData) properties.LaunchTemplateData.UserData = changes.userData;
    if (Type === 'AWS::AutoScaling::AutoScalingGroup' && changes.capacity) properties.MinSize = String(changes.capacity);
  }
  return JSON.stringify({ Resources });
}

async function deployment() {
  const world = new World();
  const engine = world.get(CloudFormationService);
  const own = [world.get(Ec2Service), world.get(LoadBalancingService), world.get(AutoScalingService)];
  engine.register([...own, world.get(IamService), world.get(SsmService)]);
  const image = world.get(Ec2Service).registerImage({ name: 'web', architecture: 'x86_64' });
  const before = world.get(Ec2Service).network.all('subnet').length;
  const call = async (operation: string, input: Properties): Promise<Properties> => world.call(engine, operation, { StackName: 'Web', ...input });
  const settled = async (): Promise<Properties> => {
    for (;;) {
      const { Stacks } = await call('DescribeStacks', {});
      if (!/IN_PROGRESS$/.test(Stacks[0].StackStatus)) return Stacks[0];
      await world.timeline.step();
    }
  };
  const run = async (operation: string, changes: Changes = {}): Promise<string> => {
    await call(operation, { TemplateBody: templateBody(image, changes), Capabilities: ['CAPABILITY_IAM'] });
    return (await settled()).StackStatus;
  };
  const failures = async (): Promise<Properties[]> => (await call('DescribeStackEvents', {})).StackEvents
    .filter((event: Properties) => /FAILED/.test(event.ResourceStatus)).map((event: Properties) => event.ResourceStatusReason);
  const group = () => world.get(AutoScalingService).all()[0]!;
  return { world, call, run, failures, group, image, before };
}

describe('a stack of VPC, load balancer, launch template and group', () => {
  test('is created, its instances are healthy, and it is deleted without leftovers', async () => {
    const { world, call, run, failures, group, before } = await deployment();
    expect([await run('CreateStack'), await failures()]).toEqual(['CREATE_COMPLETE', []]);
    expect(group().live.map((member) => member.lifecycle)).toEqual(['InService', 'InService']);
    await world.timeline.runUntil(world.now + 120_000);
    expect(world.get(LoadBalancingService).healthyTargets(group().settings.targetGroupArns[0]!)).toHaveLength(2);
    await call('DeleteStack', {});
    for (let steps = 0; steps < 5000 && world.get(CloudFormationService).active(); steps += 1) await world.timeline.step();
    const { network, launchTemplates } = world.get(Ec2Service);
    expect(world.get(AutoScalingService).all()).toEqual([]);
    expect(launchTemplates.all()).toEqual([]);
    expect(network.all('vpc')).toHaveLength(1);
    expect(network.all('subnet')).toHaveLength(before);
    expect(network.all('nat-gateway')).toEqual([]);
    expect(world.get(LoadBalancingService).loadBalancers.all()).toEqual([]);
  });

  test('a change of user data makes a version and moves the group to it; a version made elsewhere is seen', async () => {
    const { world, run, failures, group } = await deployment();
    await run('CreateStack');
    const template = world.get(Ec2Service).launchTemplates.all()[0]!;
    await world.call(world.get(Ec2Service), 'CreateLaunchTemplateVersion', {
      LaunchTemplateId: template.id, SourceVersion: '1', LaunchTemplateData: { UserData: 'ZWxzZXdoZXJl' },
    });
    expect([await run('UpdateStack', { userData: 'ZWNobyB0d28=' }), await failures()]).toEqual(['UPDATE_COMPLETE', []]);
    expect(template.latestVersion).toBe(3);
    expect(group().settings.source.LaunchTemplate!.Version).toBe('3');
    expect(group().live.map((member) => member.launchTemplate.Version)).toEqual(['1', '1']);
  });

  test('an update of the group during a refresh fails and is rolled back', async () => {
    const { world, run, failures, group, image } = await deployment();
    await run('CreateStack');
    const template = world.get(Ec2Service).launchTemplates.all()[0]!;
    const { LaunchTemplateVersion } = await world.call(world.get(Ec2Service), 'CreateLaunchTemplateVersion', {
      LaunchTemplateId: template.id, SourceVersion: '1', LaunchTemplateData: { ImageId: image },
    }) as Properties;
    await world.call(world.get(AutoScalingService), 'StartInstanceRefresh', {
      AutoScalingGroupName: group().name,
      DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: template.id, Version: String(LaunchTemplateVersion.VersionNumber) } },
      Preferences: { BakeTime: 7200 },
    });
    expect(await run('UpdateStack', { capacity: 3 })).toMatch(/^UPDATE_ROLLBACK_/);
    expect((await failures()).join()).toContain('An active instance refresh with a desired configuration exists');
  });

  test.each([[false, ['1 old', '2 new', '3 old']], [true, ['1 old', '2 new']]])(
    'a deploy that fails after it changed the template is rolled back; its version left as the newest: %s', async (leaves, versions) => {
      const { world, run, group } = await deployment();
      await run('CreateStack');
      const template = world.get(Ec2Service).launchTemplates.all()[0]!;
      world.get(Ec2Service).launchTemplates.rollbackLeavesNewest = leaves;
      const before = template.require(1).data.UserData;
      expect(await run('UpdateStack', { userData: 'ZWNobyB0d28=', capacity: 99 })).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect([...template.versions.values()].map(({ number, data }) => `${number} ${data.UserData === before ? 'old' : 'new'}`)).toEqual(versions);
      expect(group().settings.source.LaunchTemplate!.Version).toBe('1');
    },
  );

  test('a stack remembers the version that it read: where that is gone, its next rollback fails', async () => {
    const { world, run, failures, group } = await deployment();
    await run('CreateStack');
    const ec2 = world.get(Ec2Service);
    const { id: LaunchTemplateId } = ec2.launchTemplates.all()[0]!;
    const version = () => world.call(ec2, 'CreateLaunchTemplateVersion', { LaunchTemplateId, SourceVersion: '1', LaunchTemplateData: { KeyName: 'k' } });
    await version();
    expect(await run('UpdateStack', { capacity: 1 })).toBe('UPDATE_COMPLETE');
    expect(group().settings.source.LaunchTemplate!.Version).toBe('2');
    await version();
    await world.call(world.get(AutoScalingService), 'UpdateAutoScalingGroup', { AutoScalingGroupName: group().name, LaunchTemplate: { LaunchTemplateId, Version: '3' } });
    await world.call(ec2, 'DeleteLaunchTemplateVersions', { LaunchTemplateId, Versions: ['2'] });
    expect(await run('UpdateStack', { capacity: 99 })).toBe('UPDATE_ROLLBACK_FAILED');
    expect((await failures()).join()).toContain('Could not find the specified version 2');
  });
});
