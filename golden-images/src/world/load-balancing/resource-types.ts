import { unknownAttribute } from '../ec2/unknown-attribute';
import type { Properties, ResourceType } from '../kernel';
import type { LoadBalancingService } from './load-balancing';

const HEALTH_CHECK = ['HealthCheckEnabled', 'HealthCheckProtocol', 'HealthCheckPort', 'HealthCheckPath', 'HealthCheckIntervalSeconds',
  'HealthCheckTimeoutSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount', 'Matcher'];

/** The CloudFormation resource types of Elastic Load Balancing v2. */
export function loadBalancingResourceTypes(service: LoadBalancingService): Record<string, ResourceType> {
  return {
    'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancer(service),
    'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup(service),
    'AWS::ElasticLoadBalancingV2::Listener': listener(service),
    'AWS::ElasticLoadBalancingV2::ListenerRule': listenerRule(service),
  };
}

function loadBalancer(service: LoadBalancingService): ResourceType {
  return {
    properties: {
      Name: 'replace',
      Type: 'replace',
      Scheme: 'replace',
      Subnets: 'replace',
      SecurityGroups: 'update',
      LoadBalancerAttributes: 'update',
      IpAddressType: 'replace',
      Tags: 'update',
    },
    create: (context, { LoadBalancerAttributes, ...properties }) => {
      const tags = [...context.tags, ...(properties.Tags ?? [])];
      const { arn } = service.loadBalancers.create({ ...properties, Name: properties.Name ?? context.generateName(32), Tags: tags });
      service.loadBalancers.modifyAttributes(arn, LoadBalancerAttributes ?? []);
      return arn;
    },
    update: (_context, arn, properties) => {
      if (properties.SecurityGroups) service.loadBalancers.setSecurityGroups(arn, properties.SecurityGroups);
      service.loadBalancers.modifyAttributes(arn, properties.LoadBalancerAttributes ?? []);
      service.loadBalancers.require(arn).tags = properties.Tags ?? [];
    },
    delete: (_context, arn) => service.loadBalancers.delete(arn),
    attribute: (arn, name) => {
      const balancer = service.loadBalancers.require(arn);
      const attributes: Properties = {
        LoadBalancerArn: arn,
        LoadBalancerName: balancer.name,
        LoadBalancerFullName: arn.split(':loadbalancer/')[1],
        DNSName: service.loadBalancers.dnsName(balancer),
        CanonicalHostedZoneID: 'Z215JYRZR1TBD5',
        SecurityGroups: balancer.securityGroupIds,
      };
      if (!(name in attributes)) throw unknownAttribute('AWS::ElasticLoadBalancingV2::LoadBalancer', name);
      return attributes[name];
    },
  };
}

function targetGroup(service: LoadBalancingService): ResourceType {
  const replace = ['Name', 'Protocol', 'ProtocolVersion', 'Port', 'VpcId', 'TargetType', 'IpAddressType'];
  return {
    properties: {
      ...Object.fromEntries(replace.map((name) => [name, 'replace' as const])),
      ...Object.fromEntries(HEALTH_CHECK.map((name) => [name, 'update' as const])),
      TargetGroupAttributes: 'update',
      Targets: 'update',
      Tags: 'update',
    },
    create: (context, { TargetGroupAttributes, Targets, ...properties }) => {
      const tags = [...context.tags, ...(properties.Tags ?? [])];
      const { arn } = service.targetGroups.create({ ...properties, Name: properties.Name ?? context.generateName(32), Tags: tags });
      service.targetGroups.modifyAttributes(arn, TargetGroupAttributes ?? []);
      service.targetGroups.register(arn, Targets ?? []);
      return arn;
    },
    update: (_context, arn, properties, previous) => {
      const check = Object.fromEntries(HEALTH_CHECK.map((name) => [name, properties[name]]));
      service.targetGroups.modify({ TargetGroupArn: arn, ...check });
      service.targetGroups.modifyAttributes(arn, properties.TargetGroupAttributes ?? []);
      const kept = (properties.Targets ?? []).map((target: Properties) => target.Id);
      const gone = (previous.Targets ?? []).filter((target: Properties) => !kept.includes(target.Id));
      service.targetGroups.deregister(arn, gone);
      service.targetGroups.register(arn, properties.Targets ?? []);
      service.targetGroups.require(arn).tags = properties.Tags ?? [];
    },
    delete: (_context, arn) => service.targetGroups.delete(arn),
    attribute: (arn, name) => {
      const group = service.targetGroups.require(arn);
      const attributes: Properties = {
        TargetGroupArn: arn,
        TargetGroupName: group.name,
        TargetGroupFullName: arn.split(':').at(-1),
        LoadBalancerArns: service.listeners.loadBalancersOf(arn),
      };
      if (!(name in attributes)) throw unknownAttribute('AWS::ElasticLoadBalancingV2::TargetGroup', name);
      return attributes[name];
    },
  };
}

function listener(service: LoadBalancingService): ResourceType {
  return {
    properties: {
      LoadBalancerArn: 'replace',
      Port: 'update',
      Protocol: 'update',
      DefaultActions: 'update',
      Certificates: 'update',
      SslPolicy: 'update',
      AlpnPolicy: 'update',
      MutualAuthentication: 'update',
    },
    create: (_context, properties) => service.listeners.createListener(properties).arn,
    update: (_context, ListenerArn, { LoadBalancerArn: _, ...properties }) => { service.listeners.modifyListener({ ListenerArn, ...properties }); },
    delete: (_context, arn) => service.listeners.delete(arn),
    attribute: (arn, name) => {
      if (name === 'ListenerArn') return arn;
      throw unknownAttribute('AWS::ElasticLoadBalancingV2::Listener', name);
    },
  };
}

function listenerRule(service: LoadBalancingService): ResourceType {
  return {
    properties: { ListenerArn: 'replace', Priority: 'replace', Conditions: 'update', Actions: 'update' },
    create: (_context, properties) => service.listeners.createRule(properties).arn,
    update: (_context, RuleArn, properties) => {
      service.listeners.modifyRule({ RuleArn, Conditions: properties.Conditions, Actions: properties.Actions });
    },
    delete: (_context, arn) => service.listeners.delete(arn),
    attribute: (arn, name) => {
      if (name === 'RuleArn') return arn;
      if (name === 'IsDefault') return false;
      throw unknownAttribute('AWS::ElasticLoadBalancingV2::ListenerRule', name);
    },
  };
}
