import type { Service, World } from '../world';
import { tableNames } from './ledger';
import { AutoScalingService } from '../world/auto-scaling/auto-scaling';
import { Ec2Service } from '../world/ec2/ec2';
import { ImageBuilderService } from '../world/image-builder/image-builder';
import { LambdaService } from '../world/lambda/lambda';
import { LoadBalancingService } from '../world/load-balancing/load-balancing';
import { LogsService } from '../world/logs';
import { SqsService } from '../world/sqs';
import { SsmService } from '../world/ssm/ssm';

type Look = (world: World) => Promise<string[]> | string[];

/** Asks an operation for a list and names its entries. */
const listed = (service: new (world: World) => Service, operation: string, list: string, name: (item: never) => string, input: object = {}): Look =>
  async (world) => (((await world.get(service).operations[operation]!(input)) as Record<string, never[]>)[list] ?? []).map(name);

/** Where the things of a stack may remain. What `cdk bootstrap` makes is not counted. */
const places: Record<string, Look> = {
  'Auto Scaling group': listed(AutoScalingService, 'DescribeAutoScalingGroups', 'AutoScalingGroups', (group: { AutoScalingGroupName: string }) => group.AutoScalingGroupName),
  'instance': (world) => world.get(Ec2Service).instances().filter(({ state }) => state !== 'terminated').map(({ id }) => id),
  'launch template': listed(Ec2Service, 'DescribeLaunchTemplates', 'LaunchTemplates', (template: { LaunchTemplateName: string }) => template.LaunchTemplateName),
  'AMI': listed(Ec2Service, 'DescribeImages', 'Images', (image: { ImageId: string; Name: string }) => `${image.ImageId} (${image.Name})`, { Owners: ['self'] }),
  'load balancer': listed(LoadBalancingService, 'DescribeLoadBalancers', 'LoadBalancers', (each: { LoadBalancerName: string }) => each.LoadBalancerName),
  'pipeline': (world) => world.get(ImageBuilderService).pipelines.all().map(({ name }) => name),
  'recipe': (world) => world.get(ImageBuilderService).recipes.all().map(({ name, version }) => `${name} ${version}`),
  'component': (world) => world.get(ImageBuilderService).components.all().map(({ arn }) => arn.split('component/')[1]!),
  'parameter': (world) => world.get(SsmService).names().filter((name) => !name.startsWith('/cdk-bootstrap/')),
  'queue': listed(SqsService, 'ListQueues', 'QueueUrls', (url: string) => url.split('/').at(-1)!),
  'function': listed(LambdaService, 'ListFunctions', 'Functions', (each: { FunctionName: string }) => each.FunctionName),
  'log group': listed(LogsService, 'DescribeLogGroups', 'logGroups', (group: { logGroupName: string }) => group.logGroupName),
  'table': tableNames,
};

export interface Leftover {
  readonly type: string;
  readonly name: string;
}

/** What is still there, by type and name. */
export async function leftovers(world: World): Promise<Leftover[]> {
  const found = await Promise.all(Object.entries(places).map(async ([type, look]) => (await look(world)).map((name) => ({ type, name }))));
  return found.flat();
}
