import { call, ref, wait, type Scenario } from '../harness/step';

const elb = (operation: string, input = {}, as?: string) => call(`elasticloadbalancing:${operation}`, input, as);
const place = [call('ec2:DescribeVpcs', {}, 'vpcs'), call('ec2:DescribeSubnets', {}, 'subnets')];
const subnets = [ref('subnets.Subnets.0.SubnetId'), ref('subnets.Subnets.1.SubnetId')];
const group = (Name: string, as: string, more = {}) => elb('CreateTargetGroup', { Name, Protocol: 'HTTP', Port: 80, VpcId: ref('vpcs.Vpcs.0.VpcId'), ...more }, as);
const balancer = (more = {}) => elb('CreateLoadBalancer', { Name: 'lb', Subnets: subnets, Scheme: 'internal', ...more }, 'lb');
const lb = ref('lb.LoadBalancers.0.LoadBalancerArn');
const a = ref('a.TargetGroups.0.TargetGroupArn');
const b = ref('b.TargetGroups.0.TargetGroupArn');
const listener = ref('listener.Listeners.0.ListenerArn');
const forward = (TargetGroupArn: unknown) => [{ Type: 'forward', TargetGroupArn }] as never;
const arn = (kind: string) => `arn:aws:elasticloadbalancing:eu-central-1:123456789012:${kind}/none/0123456789abcdef`;
const instance = { Id: ref('run.Instances.0.InstanceId') };

export const loadBalancing: Scenario[] = [
  {
    name: 'a load balancer, its listener and its target groups',
    steps: [
      ...place, balancer(), elb('DescribeLoadBalancers'), group('a', 'a'), group('b', 'b', { HealthCheckPath: '/health', HealthyThresholdCount: 2 }),
      elb('CreateListener', { LoadBalancerArn: lb, Protocol: 'HTTP', Port: 80, DefaultActions: forward(a) }, 'listener'),
      elb('DescribeListeners', { LoadBalancerArn: lb }), elb('DescribeTargetGroups'), elb('DescribeTargetGroups', { Names: ['a'] }),
      elb('DescribeTargetGroups', { LoadBalancerArn: lb }),
      elb('DeleteTargetGroup', { TargetGroupArn: a }),
      elb('ModifyListener', { ListenerArn: listener, DefaultActions: forward(b) }),
      elb('CreateRule', { ListenerArn: listener, Priority: 5, Conditions: [{ Field: 'path-pattern', Values: ['/x'] }], Actions: forward(a) }, 'rule'),
      elb('CreateRule', { ListenerArn: listener, Priority: 5, Conditions: [{ Field: 'path-pattern', Values: ['/y'] }], Actions: forward(a) }),
      elb('DescribeRules', { ListenerArn: listener }),
      elb('DeleteRule', { RuleArn: ref('rule.Rules.0.RuleArn') }),
      elb('DeleteTargetGroup', { TargetGroupArn: a }),
      elb('ModifyTargetGroup', { TargetGroupArn: b, HealthCheckIntervalSeconds: 10, HealthCheckTimeoutSeconds: 3, Matcher: { HttpCode: '200-299' } }),
      elb('DeleteListener', { ListenerArn: listener }),
      elb('DescribeListeners', { LoadBalancerArn: lb }),
      elb('DeleteLoadBalancer', { LoadBalancerArn: lb }), elb('DescribeLoadBalancers'),
      elb('DeleteTargetGroup', { TargetGroupArn: b }), elb('DescribeTargetGroups'),
    ],
  },
  {
    name: 'a port of a load balancer is taken',
    steps: [
      ...place, balancer(), group('a', 'a'), elb('CreateListener', { LoadBalancerArn: lb, Protocol: 'HTTP', Port: 80, DefaultActions: forward(a) }),
      elb('CreateListener', { LoadBalancerArn: lb, Protocol: 'HTTP', Port: 80, DefaultActions: forward(a) }),
    ],
  },
  { name: 'a load balancer in one subnet', steps: [...place, balancer({ Name: 'one', Subnets: [subnets[0]!] })] },
  { name: 'a load balancer with a bad name', steps: [...place, balancer({ Name: '-bad-' }), balancer({ Name: 'x'.repeat(33) })] },
  {
    name: 'parts of load balancers that are not accepted',
    steps: [
      ...place, balancer(), balancer({ Scheme: 'internet-facing' }),
      balancer({ Name: 'none', Subnets: ['subnet-0123456789abcdef0', subnets[0]!] }),
      group('a', 'a'), group('a', 'again', { Port: 81 }), group('c', 'c', { VpcId: 'vpc-0123456789abcdef0' }), group('-bad', 'd'),
      group('e', 'e', { VpcId: undefined }),
      elb('DescribeLoadBalancers', { Names: ['nothing'] }),
      elb('DescribeTargetGroups', { Names: ['nothing'] }),
      elb('DescribeLoadBalancers', { LoadBalancerArns: [arn('loadbalancer/app')] }),
      elb('DescribeTargetGroups', { TargetGroupArns: [arn('targetgroup')] }),
      elb('DescribeListeners', { ListenerArns: [`${arn('listener/app')}/0123456789abcdef`] }),
      elb('DescribeListeners', { LoadBalancerArn: arn('loadbalancer/app') }),
      elb('CreateListener', { LoadBalancerArn: arn('loadbalancer/app'), Protocol: 'HTTP', Port: 80, DefaultActions: forward(a) }),
      elb('CreateListener', { LoadBalancerArn: ref('lb.LoadBalancers.0.LoadBalancerArn'), Protocol: 'HTTP', Port: 80, DefaultActions: forward(arn('targetgroup')) }),
      elb('DeleteLoadBalancer', { LoadBalancerArn: arn('loadbalancer/app') }),
      elb('DeleteTargetGroup', { TargetGroupArn: arn('targetgroup') }),
      elb('DeleteListener', { ListenerArn: `${arn('listener/app')}/0123456789abcdef` }),
      elb('DescribeTargetHealth', { TargetGroupArn: arn('targetgroup') }),
      elb('RegisterTargets', { TargetGroupArn: arn('targetgroup'), Targets: [{ Id: 'i-0123456789abcdef0' }] }),
      elb('RegisterTargets', { TargetGroupArn: a, Targets: [{ Id: 'i-0123456789abcdef0' }] }),
    ],
  },
  {
    name: 'targets come and go',
    steps: [
      ...place, balancer(), group('a', 'a', { HealthCheckIntervalSeconds: 10 }),
      call('ec2:RunInstances', { ImageId: ref('facts.image'), InstanceType: 't3.micro', MinCount: 1, MaxCount: 1, SubnetId: subnets[0]! }, 'run'), wait(600),
      elb('RegisterTargets', { TargetGroupArn: a, Targets: [instance] }),
      elb('DescribeTargetHealth', { TargetGroupArn: a }),
      elb('CreateListener', { LoadBalancerArn: lb, Protocol: 'HTTP', Port: 80, DefaultActions: forward(a) }), wait(600),
      elb('DescribeTargetHealth', { TargetGroupArn: a }),
      elb('DescribeTargetHealth', { TargetGroupArn: a, Targets: [instance] }),
      elb('DeregisterTargets', { TargetGroupArn: a, Targets: [instance] }), wait(900),
      elb('DescribeTargetHealth', { TargetGroupArn: a }),
      elb('DescribeTargetHealth', { TargetGroupArn: a, Targets: [instance] }),
    ],
  },
];
