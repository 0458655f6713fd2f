import { CfnCondition, CfnMapping, CfnParameter, Duration, Fn, Stack, type CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnSecurityGroup, InstanceType, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnInstanceProfile } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { channelIn, fleetWith, vpcIn } from './fixture';
import { Fleet } from '../../src/fleet';

const guardOf = (fleet: Fleet): any => Object.values(Template.fromStack(Stack.of(fleet)).findResources('Custom::GoldenImagesGuard'))[0];
const hashOf = (fleet: Fleet): string => guardOf(fleet).Properties.Hash;
const groupIn = (fleet: Fleet) => Stack.of(fleet).node.findChild('Asg').node.defaultChild as CfnAutoScalingGroup;

describe('the guard', () => {
  const command = (text: string) => (fleet: Fleet) => {
    (Stack.of(fleet).node.findChild('Asg') as any).addUserData(text);
    return fleet;
  };

  test('has the same hash in two synths', () => {
    expect(hashOf(fleetWith())).toBe(hashOf(fleetWith()));
  });

  test.each([
    ['user data', () => command('echo hello')(fleetWith())],
    ['instance type', () => fleetWith({}, { instanceType: new InstanceType('t3.small') })],
    ['capacity', () => fleetWith({}, { maxCapacity: 7 })],
    ['cooldown, by an override,', () => {
      const fleet = fleetWith();
      groupIn(fleet).addPropertyOverride('Cooldown', '60');
      return fleet;
    }],
  ])('has another hash when the %s changes', (_name, changed) => {
    expect(hashOf(changed())).not.toBe(hashOf(fleetWith()));
  });

  test('has the same hash when only the rollout policy changes', () => {
    expect(hashOf(fleetWith({ rollout: { bakeTime: Duration.hours(3) } }))).toBe(hashOf(fleetWith()));
  });

  test('refers to nothing that it stands before', () => {
    const guard = guardOf(fleetWith());
    expect(guard.Properties.Hash).toMatch(/^[0-9a-f]{32}$/);
    expect(guard.DependsOn).toBeUndefined();
  });
});

describe('what the group and its launch template stand on', () => {
  const change = (edit: (stack: Stack, fleet: Fleet) => void): Fleet => {
    const fleet = fleetWith();
    edit(Stack.of(fleet), fleet);
    return fleet;
  };
  const find = <T>(stack: Stack, type: new (...parts: any[]) => T): T =>
    (stack.node.findAll() as unknown[]).find((each): each is T => each instanceof type)!;

  test.each<[string, (stack: Stack, fleet: Fleet) => void]>([
    ['a security group', (stack) => find(stack, CfnSecurityGroup).addPropertyOverride('GroupDescription', 'other')],
    ['the network of a security group', (stack) => find(stack, CfnSecurityGroup).addPropertyOverride('VpcId', 'vpc-1')],
    ['an instance profile', (stack) => find(stack, CfnInstanceProfile).addPropertyOverride('Path', '/other/')],
    ['the VPC, through the subnets', (stack) => (vpcIn(stack).node.defaultChild as any).addPropertyOverride('CidrBlock', '10.1.0.0/16')],
  ])('is hashed where %s would be replaced', (_name, edit) => {
    expect(hashOf(change(edit))).not.toBe(hashOf(fleetWith()));
  });

  test.each<[string, (stack: Stack, fleet: Fleet) => void]>([
    ['the rules of a security group change', (stack) => {
      find(stack, CfnSecurityGroup).addPropertyOverride('SecurityGroupIngress', [{ CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 80, ToPort: 80 }]);
    }],
    ['the roles of an instance profile change', (stack) => find(stack, CfnInstanceProfile).addPropertyOverride('Roles', ['other'])],
    ['something comes that nothing names', (stack) => {
      new Bucket(stack, 'Unrelated');
      new SecurityGroup(stack, 'OtherGroup', { vpc: vpcIn(stack) }).addIngressRule(Peer.anyIpv4(), Port.tcp(80));
    }],
  ])('leaves the hash where %s', (_name, edit) => {
    expect(hashOf(change(edit))).toBe(hashOf(fleetWith()));
  });

  test('is found in Fn::Sub, Fn::GetAtt, mappings and conditions', () => {
    const with_ = (edit: (parts: { bucket: CfnBucket; mapping: CfnMapping; condition: CfnCondition }) => void) => change((stack, fleet) => {
      const bucket = new CfnBucket(stack, 'Media', { bucketName: 'one' });
      const other = new CfnBucket(stack, 'Other', { bucketName: Fn.sub('x-${Media}-${AWS::Region}-${!Literal}') });
      const mapping = new CfnMapping(stack, 'Sizes', { mapping: { small: { max: '1' } } });
      const condition = new CfnCondition(stack, 'Large', { expression: Fn.conditionEquals('a', 'b') });
      const tags = [other.attrArn, mapping.findInMap('small', 'max'), Fn.conditionIf('Large', 'x', 'y').toString()];
      groupIn(fleet).addPropertyOverride('Tags', tags.map((Value, index) => ({ Key: `k${index}`, Value, PropagateAtLaunch: true })));
      edit({ bucket, mapping, condition });
    });
    const before = hashOf(with_(() => {}));
    expect(hashOf(with_(() => {}))).toBe(before);
    expect(hashOf(with_(({ bucket }) => { bucket.bucketName = 'two'; }))).not.toBe(before);
    expect(hashOf(with_(({ mapping }) => mapping.setValue('small', 'max', '2')))).not.toBe(before);
    expect(hashOf(with_(({ condition }) => { condition.expression = Fn.conditionEquals('a', 'a'); }))).not.toBe(before);
  });

  test('brings the values of template parameters to the guard, and no secret ones', () => {
    const fleet = change((stack) => {
      const [type, secret] = [new CfnParameter(stack, 'Kind'), new CfnParameter(stack, 'Secret', { noEcho: true })];
      (stack.node.findChild('Asg') as any).addUserData(`${type.valueAsString} ${secret.valueAsString}`);
    });
    expect(guardOf(fleet).Properties.Parameters).toEqual([{ Ref: 'Kind' }]);
    expect(guardOf(fleetWith()).Properties.Parameters).toBeUndefined();
  });

  test('never is the control plane, which knows the groups', () => {
    const naming = (edit: (stack: Stack, fleet: Fleet) => void) => change((stack, fleet) => {
      const seed = stack.node.findAll().find(({ node }) => node.path.endsWith('Seed/Resource/Default')) as CfnResource;
      groupIn(fleet).addPropertyOverride('Tags', [{ Key: 'seed', Value: seed.ref, PropagateAtLaunch: true }]);
      edit(stack, fleet);
    });
    const another = naming((stack) => { new Fleet(stack, 'Another', { follows: channelIn(stack) }); });
    expect(hashOf(another)).toBe(hashOf(naming(() => {})));
  });
});
