import { STACK, type Road } from './road';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { LoadBalancingService } from '../../../golden-images/src/world/load-balancing/load-balancing';
import { SqsService } from '../../../golden-images/src/world/sqs';

/** What is still to be done before all is at rest; nothing when it is. */
export function unrest(road: Road): string[] {
  const { status, release, pointer, group, world } = road;
  const good = status?.lastKnownGood;
  const ec2 = world.get(Ec2Service);
  const balancing = world.get(LoadBalancingService);
  const instances = group.live.map(({ id }) => ec2.instance(id)!);
  const { LaunchTemplateId, Version } = group.settings.source.LaunchTemplate!;
  const data = ec2.launchTemplates.require({ LaunchTemplateId }).require(Version).data;
  const current = good !== undefined && release !== undefined
    && (good.ami === Object.values(release.amis)[0] || status!.blocked.some(({ version }) => version === release.version));
  const healthy = group.settings.targetGroupArns.reduce((sum: number, arn: string) => sum + balancing.healthyTargets(arn).length, 0);
  const said = (text: string | undefined): boolean => Buffer.from(text ?? '', 'base64').toString().includes(`echo '${road.motd}'`);
  const checks: Array<[string, boolean]> = [
    [`the fleet is committed on ${good?.version}, the channel holds ${release?.version}`, current],
    [`a rollout of ${status?.rollout?.version} is under way`, status?.rollout === undefined],
    [`the pointer is ${pointer}, the last known good ${good?.ami}`, pointer === good?.ami],
    [`instances run ${instances.map(({ image }) => image.id).join(', ')}`, instances.length > 0 && instances.every(({ image }) => image.id === good?.ami)],
    ['instances run another configuration', instances.every(({ details }) => said(details.userData))],
    [`the group names ${data.ImageId}`, data.ImageId === good?.ami && said(data.UserData)],
    [`${healthy} of ${group.settings.desired} are healthy`, healthy === group.settings.desired],
    [`${deadLetters(road)} dead letters`, deadLetters(road) === 0],
  ];
  return checks.filter(([, holds]) => !holds).map(([what]) => what);
}

function deadLetters({ world }: Road): number {
  const resources = [...world.get(CloudFormationService).stackState(STACK)!.resources.values()];
  const queues = resources.filter(({ type, logicalId }) => type === 'AWS::SQS::Queue' && /DeadLetters/.test(logicalId));
  return queues.reduce((sum, { physicalId }) => sum + world.get(SqsService).required(physicalId).count('visible'), 0);
}
