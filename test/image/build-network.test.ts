import type { Stack } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, SubnetType, Vpc, type SubnetConfiguration,
} from 'aws-cdk-lib/aws-ec2';
import { newStack, Synthesized } from './fixture';
import { BuildInfrastructure } from '../../src/image';

const ENDPOINTS = ['IMAGE_BUILDER', 'CLOUDWATCH_LOGS', 'SSM', 'SSM_MESSAGES'] as const;

function warnings(subnet: SubnetConfiguration, more: (vpc: Vpc) => void = () => undefined): string[] {
  const stack: Stack = newStack();
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [subnet] });
  new BuildInfrastructure(stack, 'Infra', { vpc, subnets: { subnetType: subnet.subnetType } });
  more(vpc);
  return new Synthesized(stack).warnings;
}

const isolated = { name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED };
const interfaces = (vpc: Vpc) => ENDPOINTS.forEach((name) => vpc.addInterfaceEndpoint(name, { service: InterfaceVpcEndpointAwsService[name] }));
const bucket = (vpc: Vpc) => vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });

test('a public subnet without public addresses is warned of', () => {
  const open = { name: 'Public', subnetType: SubnetType.PUBLIC };
  expect(warnings(open)).toEqual([]);
  expect(warnings({ ...open, mapPublicIpOnLaunch: false })).toEqual([
    expect.stringMatching(/^the public subnet Web\/Vpc\/PublicSubnet1 gives instances no public address.*\[ack: cdk-golden-images:buildSubnetUnreachable\]$/),
  ]);
});

test('an isolated subnet is warned of, with the endpoints that are missing', () => {
  expect(warnings(isolated)).toEqual([expect.stringContaining('no endpoints for imagebuilder, logs, s3, ssm, ssmmessages')]);
  expect(warnings(isolated, interfaces)).toEqual([expect.stringContaining('no endpoints for s3, so')]);
  expect(warnings(isolated, (vpc) => { interfaces(vpc); bucket(vpc); })).toEqual([]);
});
