import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { clientSettings } from './clients';
import type { ControllerPorts } from '../ports';
import type { FleetPorts } from '../ports-fleet';
import { CloudWatchAlarms } from './fleet/alarms';
import { AutoScalingGroups } from './fleet/groups';
import { InstanceFacts } from './fleet/instance-facts';
import { Ec2LaunchTemplates } from './fleet/launch-templates';
import { Ec2MachineImages } from './fleet/machine-images';
import { InstanceRefreshes } from './fleet/refreshes';
import { StackEvents } from './fleet/stack-events';
import { TargetHealth } from './fleet/target-health';

/** Clients that a fleet needs; given where several handlers of one process share them. */
export interface FleetClients {
  readonly autoScaling: AutoScalingClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly ec2: EC2Client;
  readonly loadBalancing: ElasticLoadBalancingV2Client;
}

export function createFleetPorts(base: ControllerPorts, clients: FleetClients = createClients()): FleetPorts {
  return {
    ...base,
    groups: new AutoScalingGroups(clients.autoScaling, new InstanceFacts(clients.ec2), new TargetHealth(clients.loadBalancing)),
    templates: new Ec2LaunchTemplates(clients.ec2),
    refreshes: new InstanceRefreshes(clients.autoScaling),
    machineImages: new Ec2MachineImages(clients.ec2),
    deploys: new StackEvents(clients.cloudFormation),
    alarms: new CloudWatchAlarms(clients.cloudWatch),
  };
}

const createClients = (): FleetClients => ({
  autoScaling: new AutoScalingClient(clientSettings),
  cloudFormation: new CloudFormationClient(clientSettings),
  cloudWatch: new CloudWatchClient(clientSettings),
  ec2: new EC2Client(clientSettings),
  loadBalancing: new ElasticLoadBalancingV2Client(clientSettings),
});
