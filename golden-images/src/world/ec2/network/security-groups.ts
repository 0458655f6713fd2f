import { AwsError, NotModelled, Properties, refuseUnknown } from '../../kernel';
import { specifiedTags } from '../tags';
import { ruleId } from './default-vpc';
import type { SecurityGroupData, SecurityGroupRule } from './model';
import type { Network } from './network';

/** Security groups and their rules. */
export class SecurityGroups {
  public readonly operations = {
    CreateSecurityGroup: (input: Properties) => this.create(input),
    DeleteSecurityGroup: (input: Properties) => this.delete(input),
    AuthorizeSecurityGroupIngress: (input: Properties) => this.authorizeFrom(input, false),
    AuthorizeSecurityGroupEgress: (input: Properties) => this.authorizeFrom(input, true),
    RevokeSecurityGroupIngress: (input: Properties) => this.revokeFrom(input, false),
    RevokeSecurityGroupEgress: (input: Properties) => this.revokeFrom(input, true),
  };

  public constructor(private readonly network: Network) {}

  /** A new group allows all traffic out and none in. */
  public createGroup(props: { vpcId: string; groupName: string; description: string }): string {
    this.network.require('vpc', props.vpcId);
    requireDescription(props.description);
    const taken = this.network.all<SecurityGroupData>('security-group')
      .find((group) => group.data.vpcId === props.vpcId && group.data.groupName === props.groupName);
    if (taken) throw new AwsError('InvalidGroup.Duplicate', `The security group '${props.groupName}' already exists for VPC '${props.vpcId}'`);
    const rules = [{ id: ruleId(this.network), egress: true, protocol: '-1', cidr: '0.0.0.0/0' }];
    return this.network.add<SecurityGroupData>('security-group', { ...props, rules }).id;
  }

  public rules(groupId: string): SecurityGroupRule[] {
    return this.group(groupId).rules;
  }

  public authorize(groupId: string, rule: Omit<SecurityGroupRule, 'id'>): string {
    const group = this.group(groupId);
    if (rule.otherGroup) this.network.require('security-group', rule.otherGroup);
    if (group.rules.some((other) => same(other, rule))) {
      throw new AwsError('InvalidPermission.Duplicate', `the specified rule "${text(rule)}" already exists`);
    }
    const id = ruleId(this.network);
    group.rules.push({ ...rule, id });
    return id;
  }

  public revoke(groupId: string, matches: (rule: SecurityGroupRule) => boolean): boolean {
    const group = this.group(groupId);
    const kept = group.rules.filter((rule) => !matches(rule));
    const found = kept.length < group.rules.length;
    group.rules = kept;
    return found;
  }

  /** Rules as an `IpPermission` spells them: one for each range, prefix list and group. */
  private parse(permission: Properties, egress: boolean): Array<Omit<SecurityGroupRule, 'id'>> {
    refuseUnknown('ec2 IpPermission', permission, ['IpProtocol', 'FromPort', 'ToPort', 'IpRanges', 'Ipv6Ranges', 'PrefixListIds', 'UserIdGroupPairs']);
    const all = permission.IpProtocol === '-1';
    const base = { egress, protocol: permission.IpProtocol, ...(all ? {} : { fromPort: permission.FromPort, toPort: permission.ToPort }) };
    return [
      ...(permission.IpRanges ?? []).map((each: Properties) => ({ ...base, cidr: each.CidrIp, description: each.Description })),
      ...(permission.Ipv6Ranges ?? []).map((each: Properties) => ({ ...base, cidr6: each.CidrIpv6, description: each.Description })),
      ...(permission.PrefixListIds ?? []).map((each: Properties) => ({ ...base, prefixList: each.PrefixListId, description: each.Description })),
      ...(permission.UserIdGroupPairs ?? []).map((each: Properties) => ({ ...base, otherGroup: each.GroupId, description: each.Description })),
    ];
  }

  private create(input: Properties): Properties {
    refuseUnknown('ec2:CreateSecurityGroup', input, ['GroupName', 'Description', 'VpcId', 'TagSpecifications']);
    const vpcId = input.VpcId ?? this.network.subnetFor(undefined).vpcId;
    const GroupId = this.createGroup({ vpcId, groupName: input.GroupName, description: input.Description });
    this.network.tags.put(GroupId, specifiedTags(input.TagSpecifications, 'security-group'));
    return { GroupId };
  }

  private delete(input: Properties): Properties {
    refuseUnknown('ec2:DeleteSecurityGroup', input, ['GroupId']);
    if (!input.GroupId) throw new AwsError('MissingParameter', 'The request must contain the parameter groupName or groupId');
    if (this.group(input.GroupId).groupName === 'default') {
      throw new AwsError('CannotDelete', `the specified group: "${input.GroupId}" name: "default" cannot be deleted by a user`);
    }
    this.network.delete('security-group', input.GroupId);
    return { Return: true, GroupId: input.GroupId };
  }

  private authorizeFrom(input: Properties, egress: boolean): Properties {
    refuseUnknown('ec2:AuthorizeSecurityGroup', input, ['GroupId', 'IpPermissions']);
    this.requirePermissions(input);
    const rules = (input.IpPermissions as Properties[]).flatMap((permission) => this.parse(permission, egress));
    const { GroupId } = input;
    return { Return: true, SecurityGroupRules: rules.map((rule) => ({ SecurityGroupRuleId: this.authorize(GroupId, rule), GroupId })) };
  }

  /** In a VPC, revoking a rule that does not exist fails (API reference, RevokeSecurityGroupIngress). */
  private revokeFrom(input: Properties, egress: boolean): Properties {
    refuseUnknown('ec2:RevokeSecurityGroup', input, ['GroupId', 'IpPermissions', 'SecurityGroupRuleIds']);
    for (const id of input.SecurityGroupRuleIds ?? []) this.revokeOne(input.GroupId, (rule) => rule.id === id);
    if (!input.SecurityGroupRuleIds) this.requirePermissions(input);
    const rules = ((input.IpPermissions ?? []) as Properties[]).flatMap((permission) => this.parse(permission, egress));
    for (const rule of rules) this.revokeOne(input.GroupId, (other) => same(other, rule));
    return { Return: true };
  }

  private revokeOne(groupId: string, matches: (rule: SecurityGroupRule) => boolean): void {
    if (this.revoke(groupId, matches)) return;
    throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  }

  private requirePermissions(input: Properties): void {
    if (!input.GroupId) throw new NotModelled('ec2 security groups by name');
    if (!input.IpPermissions) throw new NotModelled('ec2 security group rules outside of IpPermissions');
  }

  private group(id: string): SecurityGroupData {
    return this.network.require<SecurityGroupData>('security-group', id).data;
  }
}

/** API reference, CreateSecurityGroup, GroupDescription. */
function requireDescription(description: string | undefined): void {
  if (!description) throw new AwsError('MissingParameter', 'The request must contain the parameter GroupDescription');
  if (/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/.test(description)) return;
  throw new AwsError('InvalidParameterValue', 'Invalid security group description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*');
}

/** Two rules are the same when all but their description is. */
function same(a: Omit<SecurityGroupRule, 'id'>, b: Omit<SecurityGroupRule, 'id'>): boolean {
  return text(a) === text(b);
}

function text(rule: Omit<SecurityGroupRule, 'id'>): string {
  const ports = rule.protocol === '-1' ? 'ALL' : `${rule.fromPort}-${rule.toPort}`;
  const peer = rule.cidr ?? rule.cidr6 ?? rule.prefixList ?? rule.otherGroup;
  return `peer: ${peer}, ${rule.protocol}, ports: ${ports}, ${rule.egress ? 'egress' : 'ingress'}`;
}
