import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { InstanceProfile, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Source } from '../../../src/component/source';
import { ControlPlaneSettings } from '../../../src/control-plane';
import { ParentImage, RegisteredImage } from '../../../src/image';
import { PackerBuild, PackerConnection, type PackerBuildProps } from '../../../src/packer/build';
import { literal, newBase, newStack, Synthesized } from '../../image/fixture';

const SHA = 'b'.repeat(64);
const template = join(__dirname, 'template');
const RUN_TAG = { key: 'Name', value: 'Packer Builder' };
const tool = (name: string): Source => Source.https(`https://tools.example.com/${name}`, SHA);

type Over = Partial<PackerBuildProps> | ((stack: Stack) => Partial<PackerBuildProps>);

function built(over: Over = {}, stack = newStack('Shop')): Stack {
  const image = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
  new PackerBuild(stack, 'Packer', {
    image, template: Source.asset(template), runTag: RUN_TAG, packer: tool('packer.zip'), ...(typeof over === 'function' ? over(stack) : over),
  });
  return stack;
}

const profile = (stack: Stack): InstanceProfile =>
  new InstanceProfile(stack, 'Profile', { role: new Role(stack, 'InstanceRole', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }) });

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

/** What the role of the build may do by its own policy. */
function statements(stack: Stack): Statement[] {
  const roles = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('PackerRole'));
  return roles[0]![1].Properties.Policies[0].PolicyDocument.Statement;
}

const allowing = (stack: Stack, action: string): Statement[] => statements(stack).filter(({ Action: actions }) => [actions].flat().includes(action));
const project = (stack: Stack): Record<string, any> => new Synthesized(stack).ofType('AWS::CodeBuild::Project')[0]!.Properties;

const invoking = (stack: Stack, role: RegExp): Array<{ action: string; resources: unknown[]; conditions?: object }> =>
  Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => role.test(JSON.stringify(Properties.Roles)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Array<Statement & { Action: string }>)
    .filter(({ Action }) => String(Action).startsWith('lambda:'))
    .map(({ Action, Resource, Condition }) => ({ action: Action, resources: [Resource].flat(), ...(Condition ? { conditions: Condition } : {}) }));

describe('who may command the operator function', () => {
  const stack = built();
  const person = new Role(stack, 'Person', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  (stack.node.findChild('Golden') as RegisteredImage).grantRegister(person);
  const signed = { Ref: expect.stringMatching(/OperatorSigned/) };

  test('the URL is on its alias, and nothing else is; builds of the image have another', () => {
    new Synthesized(stack).ofType('AWS::Lambda::Url').forEach(({ Properties }) => expect(Properties).toMatchObject({ AuthType: 'AWS_IAM', Qualifier: 'signed' }));
    expect(new Synthesized(stack).ofType('AWS::Lambda::Alias').map(({ Properties }) => [Properties.Name, Properties.FunctionVersion]).sort()).toEqual([['build_golden', '$LATEST'], ['signed', '$LATEST']]);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 0);
  });

  test('who registers may come by the URL only', () => {
    expect(invoking(stack, /Person/)).toEqual([
      { action: 'lambda:InvokeFunctionUrl', resources: [signed], conditions: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } },
      { action: 'lambda:InvokeFunction', resources: [signed], conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': true } } },
    ]);
  });

  test('a build may invoke the alias of its image alone', () => {
    expect(invoking(stack, /PackerRole/)).toEqual([{ action: 'lambda:InvokeFunction', resources: [{ Ref: expect.stringMatching(/Operatorbuildgolden/) }] }]);
  });
});

describe('a stack without a function URL', () => {
  const inRegion = (region?: string, operatorUrl?: boolean): Stack => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Shop', region === undefined ? {} : { env: { region, account: '123456789012' } });
    if (operatorUrl !== undefined) ControlPlaneSettings.apply(stack, { operatorUrl });
    const image = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
    image.grantRegister(new Role(stack, 'Person', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    return stack;
  };
  const urls = (stack: Stack): number => new Synthesized(stack).ofType('AWS::Lambda::Url').length;

  test.each([
    'ap-east-2', 'ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2', 'eu-south-2', 'il-central-1',
    'me-central-1', 'us-gov-east-1', 'us-gov-west-1',
  ])('is what a stack in %s is, which has none', (region) => {
    expect(urls(inRegion(region))).toBe(0);
    expect(() => inRegion(region, true)).toThrow(`Shop: operatorUrl is true and the region is ${region}; expected a region with Lambda function URLs; leave operatorUrl out`);
  });

  test.each([undefined, 'eu-central-1', 'cn-north-1'])('is what is asked for, in %s too', (region) => {
    expect([urls(inRegion(region)), urls(inRegion(region, true)), urls(inRegion(region, false))]).toEqual([1, 1, 0]);
  });

  test('tells where the function is, and lets who registers invoke the alias of the image; none makes anybody verified', () => {
    const stack = inRegion('eu-central-1', false);
    const arn = { 'Fn::GetAtt': [expect.stringMatching(/HandlersOperator/), 'Arn'] };
    const made = Template.fromStack(stack);
    expect(Object.values(made.findResources('AWS::Lambda::Alias')).map(({ Properties }) => Properties.Name)).toEqual(['direct_golden']);
    expect(Object.entries(made.toJSON().Outputs).filter(([id]) => id.includes('Operator'))).toEqual([
      ['GoldenImagesOperatorFunction', expect.objectContaining({ Value: arn })],
    ]);
    made.hasResourceProperties('AWS::SSM::Parameter', { Name: '/golden-images/shop/operator-function' });
    expect(invoking(stack, /Person/)).toEqual([{ action: 'lambda:InvokeFunction', resources: [{ Ref: expect.stringMatching(/Operatordirectgolden/) }] }]);
  });
});

describe('a build by Packer', () => {
  test('is a project of AWS CodeBuild: one build at a time, four hours, not privileged, logs that end, nothing of Packer in it', () => {
    const { ConcurrentBuildLimit, TimeoutInMinutes, Environment, Artifacts, LogsConfig, Name } = project(built());
    expect([Name, ConcurrentBuildLimit, TimeoutInMinutes, Environment.PrivilegedMode, Artifacts.Type, LogsConfig.CloudWatchLogs.Status])
      .toEqual(['shop--golden', 1, 240, false, 'NO_ARTIFACTS', 'ENABLED']);
    expect(Environment.EnvironmentVariables).toEqual([{ Name: 'CHECKPOINT_DISABLE', Value: '1' }]);
  });

  test('runs a script that interrupts Packer before its time is over', () => {
    const specification = JSON.parse(literal(project(built({ timeout: Duration.hours(1) })).Source.BuildSpec));
    expect(specification.env).toEqual({ shell: 'bash' });
    expect(specification.phases.build.commands).toEqual([expect.stringMatching(/timeout --signal=INT --kill-after=600 2700 "\$tools\/packer" build/)]);
  });

  test('stands in the registry with its project, and another definition is another hash', () => {
    const of = (over: Over): any => new Synthesized(built(over)).registry.images[0];
    expect(of({})).toMatchObject({ name: 'golden', registered: { projectName: 'shop--golden', architecture: 'x86_64', platform: 'Linux' }, scheduled: false });
    expect(of({}).contentHash).toBe(of({}).contentHash);
    const hashes = [{}, { variables: { a: 'b' } }, { only: ['x'] }, { tested: true }, { packer: Source.https('https://tools.example.com/packer.zip', 'c'.repeat(64)) }];
    expect(new Set(hashes.map((over) => of(over).contentHash)).size).toBe(hashes.length);
  });

  test('secrets are named, not read, and no one else may read them', () => {
    const stack = built((scope) => ({ secretVariables: { password: new Secret(scope, 'Password') } }));
    expect(project(stack).Environment.EnvironmentVariables[1]).toMatchObject({ Name: 'GOLDEN_IMAGES_SECRET_1', Type: 'SECRETS_MANAGER' });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const reading = policies.filter(({ Action }) => [Action].flat().includes('secretsmanager:GetSecretValue'));
    expect(reading.map(({ Resource }) => literal(Resource))).toEqual([expect.stringMatching(/^Password/)]);
  });

  test('WinRM: only the build reaches the instance, on 5986, and Packer makes no security group', () => {
    const stack = built((scope) => ({ vpc: new Vpc(scope, 'Vpc'), connection: PackerConnection.winrm('security_group_id') }));
    const ingress = Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress'));
    expect(ingress.map(({ Properties: { FromPort, ToPort, SourceSecurityGroupId } }) => [FromPort, ToPort, SourceSecurityGroupId['Fn::GetAtt'][0]]))
      .toEqual([[5986, 5986, expect.stringMatching(/^PackerSecurityGroup/)]]);
    expect(allowing(stack, 'ec2:CreateSecurityGroup')).toEqual([]);
    expect(literal(project(stack).Source.BuildSpec)).toMatch(/-var 'security_group_id=PackerInstanceSecurityGroup\w+\.GroupId'/);
  });

  test('Systems Manager: nothing is opened; sessions only to its own instances, by its own document', () => {
    const stack = built((scope) => ({ instanceProfile: profile(scope), connection: PackerConnection.sessionManager(tool('plugin.rpm')) }));
    expect(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup')).toEqual({});
    const [instances, document] = allowing(stack, 'ssm:StartSession');
    expect(instances!.Condition).toEqual({ StringEquals: { 'ssm:resourceTag/Name': 'Packer Builder' } });
    expect(literal(document!.Resource)).toMatch(/document\/AWS-StartPortForwardingSession$/);
    expect(allowing(stack, 'iam:PassRole')[0]!.Condition).toEqual({ StringEquals: { 'iam:PassedToService': { 'Fn::Join': ['', ['ec2.', { Ref: 'AWS::URLSuffix' }]] } } });
  });

  test.each(['ec2:TerminateInstances', 'ec2:StopInstances', 'ec2:ModifyInstanceAttribute', 'ec2:GetPasswordData'])('%s: of Packer\'s instances only', (action) => {
    expect(allowing(built(), action).map(({ Condition }) => Condition)).toEqual([{ StringEquals: { 'aws:ResourceTag/Name': 'Packer Builder' } }]);
    expect(allowing(built({ runTag: { key: 'made-by', value: 'us' }, template: Source.asset(join(__dirname, 'tagged')) }), action)[0]!.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/made-by': 'us' } });
  });

  test('only what reads may be done to anything; the function of commands is the only one it invokes', () => {
    const stack = built();
    const everywhere = statements(stack).filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(everywhere.filter((action) => !/^ec2:Describe/.test(action))).toEqual([]);
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const invocations = policies.filter(({ Action }) => [Action].flat().includes('lambda:InvokeFunction'));
    expect(invocations).toHaveLength(1);
    expect(JSON.stringify(invocations[0].Resource)).toMatch(/Operator/);
  });

  test('reads only the parameter of the parent that it builds on', () => {
    const stack = newStack('Shop');
    const image = new RegisteredImage(stack, 'Golden', { parent: newBase(stack) });
    new PackerBuild(stack, 'Packer', {
      image, template: Source.asset(template), runTag: RUN_TAG, packer: tool('packer.zip'), parentVariable: 'source_ami',
    });
    expect(literal(allowing(stack, 'ssm:GetParameters')[0]!.Resource)).toMatch(/parameter\/imagebuilder\/golden-images\/shop\/base\/latest$/);
    expect(new Synthesized(stack).registry.images.find(({ name }) => name === 'golden')!.parent).toMatchObject({ type: 'image', image: 'base', channel: 'latest' });
  });

  test.each<[string, Over, RegExp]>([
    ['a timeout that is too short', { timeout: Duration.minutes(20) }, /the timeout is 20 minutes; expected whole minutes, 30 minutes to 36 hours/],
    ['a timeout that is too long', { timeout: Duration.hours(37) }, /the timeout is 1 day 13 hours/],
    ['a variable for a parent that there is none of', { parentVariable: 'ami' }, /parentVariable is 'ami', and the image has no parent/],
    ['WinRM without a network', { connection: PackerConnection.winrm('sg') }, /WinRM over HTTPS has no vpc/],
    ['Systems Manager without an instance profile', { connection: PackerConnection.sessionManager(tool('p.rpm')) }, /has no instanceProfile/],
    ['subnets without a network', { subnets: {} }, /subnets are given without a vpc/],
    ['a variable that is none', { variables: { 'a b': '' } }, /'a b' is no name of a variable/],
    ['a variable that is given twice', (stack) => ({ variables: { a: '1' }, secretVariables: { a: new Secret(stack, 'S') } }), /the variable 'a' is given twice/],
    ['a path that leads out', { templatePath: '../other' }, /the path '\.\.\/other' leads out/],
    ['a manifest elsewhere', { manifestPath: '/tmp/manifest.json' }, /the path '\/tmp\/manifest\.json' leads out/],
    ['a plugin without an owner', { plugins: [{ address: 'amazon', archive: tool('a.zip') }] }, /the address 'amazon' of a plugin is not valid/],
    ['Packer without a checksum', { packer: Source.https('https://tools.example.com/packer.zip', 'abc') }, /SHA-256 'abc'/],
    ['a template that is not there', { template: Source.asset('nowhere') }, /the asset 'nowhere' does not exist/],
  ])('refuses %s', (_, over, reason) => {
    expect(() => built(over)).toThrow(reason);
  });

  test('two builds of one image are refused', () => {
    const stack = built();
    const image = stack.node.findChild('Golden') as RegisteredImage;
    expect(() => new PackerBuild(stack, 'Second', { image, template: Source.asset(template), runTag: RUN_TAG, packer: tool('packer.zip') }))
      .toThrow(/something builds the image already/);
  });
});

describe('a registered image', () => {
  test('needs something to hold before its first version', () => {
    expect(() => new RegisteredImage(newStack(), 'Golden', {})).toThrow(/initialAmi is missing/);
  });

  test('the function of commands stands once a stack, and only where something is registered', () => {
    const stack = newStack('Shop');
    newBase(stack);
    expect(Template.fromStack(stack).findResources('AWS::Lambda::Url')).toEqual({});
    const other = newStack('Other');
    ['A', 'B'].forEach((id) => new RegisteredImage(other, id, { initialAmi: ParentImage.amazonLinux2023() }));
    const found = Template.fromStack(other);
    expect(Object.values(found.findResources('AWS::Lambda::Url')).map(({ Properties }) => Properties.AuthType)).toEqual(['AWS_IAM']);
    found.hasOutput('GoldenImagesOperatorUrl', {});
    found.hasResourceProperties('AWS::SSM::Parameter', { Name: '/golden-images/other/operator-url' });
  });

  test('who may register may do so over the URL, and not otherwise', () => {
    const stack = newStack('Shop');
    const image = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
    image.grantRegister(new Role(stack, 'Pipeline', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    const policy = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).find(([id]) => id.startsWith('Pipeline'))![1];
    const granted = policy.Properties.PolicyDocument.Statement.map(({ Action, Condition }: any) => [Action, Condition]);
    expect(granted).toContainEqual(['lambda:InvokeFunctionUrl', expect.anything()]);
    expect(granted.filter(([action]: string[]) => action === 'lambda:InvokeFunction').every(([, condition]: any[]) => JSON.stringify(condition).includes('InvokedViaFunctionUrl'))).toBe(true);
  });

  test('production waits for a day; other channels for what they say', () => {
    const stack = newStack('Shop');
    const image = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
    image.addChannel('production');
    image.addChannel('candidate');
    const [intent] = new Synthesized(stack).registry.images;
    expect(intent!.channels.map(({ name, gates }) => [name, gates])).toEqual([
      ['latest', []], ['production', [{ type: 'soak', channel: 'latest', seconds: 86400 }]], ['candidate', []],
    ]);
  });
});

describe('an upgrade from a release that gave secrets by the command line', () => {
  const hash = (stack: Stack): string => new Synthesized(stack).registry.images.find(({ name }) => name === 'golden')!.contentHash;

  test('builds no image once more that has none', () => {
    expect(hash(built({ variables: { colour: 'blue' }, only: ['amazon-ebs.golden'] }))).toBe('f063dab02b338e24f7e1215f88bad272');
    const stack = newStack('Shop');
    const image = new RegisteredImage(stack, 'Golden', { parent: newBase(stack) });
    new PackerBuild(stack, 'Packer', { image, template: Source.asset(template), runTag: RUN_TAG, packer: tool('packer.zip'), parentVariable: 'source_ami' });
    expect(hash(stack)).toBe('968a3e6b825e771a107ce252cff4e2d6');
  });
});
