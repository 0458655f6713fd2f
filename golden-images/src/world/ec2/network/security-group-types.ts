import { Properties, refuseUnknown, ResourceType } from '../../kernel';
import type { Ec2Service } from '../ec2';
import { unknownAttribute } from '../unknown-attribute';
import type { SecurityGroupData, SecurityGroupRule } from './model';

type Rule = Omit<SecurityGroupRule, 'id'>;

const RULE = ['IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'CidrIpv6', 'Description'];
const INGRESS = [...RULE, 'SourceSecurityGroupId', 'SourcePrefixListId'];
const EGRESS = [...RULE, 'DestinationSecurityGroupId', 'DestinationPrefixListId'];

export function securityGroupTypes(ec2: Ec2Service): Record<string, ResourceType> {
  return {
    'AWS::EC2::SecurityGroup': group(ec2),
    'AWS::EC2::SecurityGroupIngress': separateRule(ec2, 'AWS::EC2::SecurityGroupIngress', INGRESS, false),
    'AWS::EC2::SecurityGroupEgress': separateRule(ec2, 'AWS::EC2::SecurityGroupEgress', EGRESS, true),
  };
}

function group(ec2: Ec2Service): ResourceType {
  return {
    properties: {
      GroupDescription: 'replace', GroupName: 'replace', VpcId: 'replace', SecurityGroupIngress: 'update', SecurityGroupEgress: 'update', Tags: 'update',
    },
    required: ['GroupDescription'],
    create: (context, properties) => {
      const id = ec2.securityGroups.createGroup({
        vpcId: properties.VpcId ?? ec2.network.subnetFor(undefined).vpcId,
        groupName: properties.GroupName ?? context.generateName(255),
        description: properties.GroupDescription,
      });
      ec2.tags.put(id, [...context.tags, ...(properties.Tags ?? [])]);
      // Rules of the template take the place of the rule that allows everything out.
      if (properties.SecurityGroupEgress) ec2.securityGroups.revoke(id, () => true);
      inline(properties).forEach((rule) => ec2.securityGroups.authorize(id, rule));
      return id;
    },
    update: (_context, id, properties, previous) => {
      const before = inline(previous);
      const after = inline(properties);
      const same = (a: Rule, b: Rule): boolean => JSON.stringify(a) === JSON.stringify(b);
      const without = (rules: Rule[], others: Rule[]): Rule[] => rules.filter((rule) => !others.some((other) => same(rule, other)));
      without(before, after).forEach((rule) => ec2.securityGroups.revoke(id, (each) => equal(each, rule)));
      without(after, before).forEach((rule) => ec2.securityGroups.authorize(id, rule));
      ec2.tags.put(id, properties.Tags);
    },
    delete: (_context, id) => { if (ec2.network.find(id)) ec2.network.delete('security-group', id); },
    attribute: (id, name) => {
      const { data } = ec2.network.require<SecurityGroupData>('security-group', id);
      if (name === 'GroupId' || name === 'Id') return id;
      if (name === 'VpcId') return data.vpcId;
      throw unknownAttribute('AWS::EC2::SecurityGroup', name);
    },
  };
}

function separateRule(ec2: Ec2Service, type: string, known: string[], egress: boolean): ResourceType {
  return {
    properties: { GroupId: 'replace', ...Object.fromEntries(known.map((name) => [name, 'replace' as const])) },
    required: ['IpProtocol'],
    create: (_context, { GroupId, ...rule }) => ec2.securityGroups.authorize(GroupId, parse(rule, egress)),
    delete: (_context, id, properties) => {
      if (ec2.network.find(properties.GroupId)) ec2.securityGroups.revoke(properties.GroupId, (rule) => rule.id === id);
    },
    attribute: (id, name) => {
      if (name === 'Id') return id;
      throw unknownAttribute(type, name);
    },
  };
}

function inline(properties: Properties): Rule[] {
  return [
    ...(properties.SecurityGroupIngress ?? []).map((rule: Properties) => parse(rule, false)),
    ...(properties.SecurityGroupEgress ?? []).map((rule: Properties) => parse(rule, true)),
  ];
}

function parse(rule: Properties, egress: boolean): Rule {
  refuseUnknown('a security group rule with', rule, egress ? EGRESS : INGRESS);
  const number = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
  const protocol = String(rule.IpProtocol);
  return {
    egress,
    protocol,
    fromPort: protocol === '-1' ? undefined : number(rule.FromPort),
    toPort: protocol === '-1' ? undefined : number(rule.ToPort),
    cidr: rule.CidrIp,
    cidr6: rule.CidrIpv6,
    prefixList: rule.SourcePrefixListId ?? rule.DestinationPrefixListId,
    otherGroup: rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId,
    description: rule.Description,
  };
}

function equal(a: SecurityGroupRule, b: Rule): boolean {
  return JSON.stringify({ ...a, id: undefined }) === JSON.stringify({ ...b, id: undefined });
}
