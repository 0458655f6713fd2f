import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { echo, newBase, newRole, newStack } from './fixture';
import { Component, FileModule, Source, Step } from '../../src/component';
import { Fleet } from '../../src/fleet';
import { BuildInfrastructure, BuildSchedule, ParentImage, PatchedBaseImage, RegisteredImage, RoleImage, type RoleImageProps } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { Gate } from '../../src/release';

/** Every message: path of the construct; what is wrong, with the value; what was expected; what to do. */
const SHAPE = /^\S+: .+; expected .+; .+[^.]$/s;

const role = (props: Partial<RoleImageProps>) => (stack: Stack) => {
  new RoleImage(stack, 'Role', { parent: newBase(stack), components: [echo()], ...props });
};
const withComponent = (component: Component) => role({ components: [component] });
const withStep = (step: Step) => withComponent(Component.fromSteps('Bad', { buildSteps: [step] }));
const base = (parent: ParentImage, props: object = {}) => (stack: Stack) => {
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), ...props });
};
const ubuntu = ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04);

test.each<[string, (stack: Stack) => void, string]>([
  ['an image without components', role({ components: [] }), 'Web/Role: the image has no components; expected 1 to 19'],
  ['too many components with the updates of a base', base(ubuntu, { components: Array.from({ length: 20 }, (_, index) => echo(`Echo${index}`)) }),
    'Web/Base: the image has 21 components; expected 1 to 19'],
  ['too many components', role({ components: Array.from({ length: 21 }, (_, index) => echo(`Echo${index}`)) }), 'Web/Role: the image has 21 components'],
  ['two images with one name', (stack) => {
    newBase(stack);
    new PatchedBaseImage(stack, 'Other', { imageName: 'base', parent: ubuntu, schedule: BuildSchedule.daily() });
  }, "Web/Other: the image name 'base' is taken by Web/Base; expected one image of a name; give one of them another imageName"],
  ['a name with invalid characters', role({ imageName: 'My Image!' }), "Web/Role: the image name 'My Image!' is not valid; expected 1 to 50 lower-case"],
  ['a name that is too long', role({ imageName: 'a'.repeat(51) }), 'is not valid'],
  ['a version that is not numeric', role({ version: 'latest' }), "Web/Role: the version 'latest' is not numeric; expected two numbers and an x"],
  ['a version that the service cannot count', role({ version: '1.0.0' }), "Web/Role: the version '1.0.0' is not numeric"],
  ['a schedule that AWS would refuse', (stack) => {
    new PatchedBaseImage(stack, 'Base', { parent: ubuntu, schedule: BuildSchedule.cron('0 3 * * * *') });
  }, "Web/Base: the schedule 'cron(0 3 * * * *)' is not valid: the day of month is '*' and the day of week is '*'; expected '?' for exactly one"],
  ['an unknown channel', (stack) => {
    const image = newRole(stack);
    image.addChannel('production');
    image.channel('prodution');
  }, "Web/Role: the image 'role' has no channel 'prodution'; expected one of latest, production; correct the name or declare the channel with addChannel"],
  ['an unknown channel of the parent', role({ parentChannel: 'production' }), "Web/Base: the image 'base' has no channel 'production'"],
  ['a channel twice', (stack) => newRole(stack).addChannel('latest'), "Web/Role: the channel 'latest' is declared twice"],
  ['a channel with an invalid name', (stack) => newRole(stack).addChannel('pro/duction'), "Web/Role: the channel name 'pro/duction' is not valid"],
  ['a gate on an unknown channel', (stack) => {
    newRole(stack).addChannel('production', { gates: [Gate.soak(Duration.days(1), { channelName: 'canary' })] });
  }, "Web/Role: a gate waits for the channel 'canary', which is not declared yet; expected one of latest; declare it before"],
  ['a gate on a channel that is declared later', (stack) => {
    const image = newRole(stack);
    image.addChannel('production', { gates: [Gate.soak(Duration.days(1), { channelName: 'canary' })] });
    image.addChannel('canary');
  }, "Web/Role: a gate waits for the channel 'canary', which is not declared yet; expected one of latest; declare it before, with addChannel('canary')"],
  ['a gate that waits for its own channel', (stack) => {
    newRole(stack).addChannel('production', { gates: [Gate.soak(Duration.days(1), { channelName: 'production' })] });
  }, "Web/Role: a gate waits for the channel 'production', which is not declared yet"],
  ['a soak of no time', (stack) => {
    newRole(stack).addChannel('production', { gates: [Gate.soak(Duration.days(0))] });
  }, "Web/Role: the soak time '0 days' of a gate is not positive"],
  ['a Marketplace parent without initial AMI', base(ParentImage.fromMarketplace('prod-abcdefghijklm')), 'Web/Base: initialAmi is missing; expected an AMI id'],
  ['an initial AMI that is none', base(ubuntu, { initialAmi: 'mine' }), "Web/Base: the initialAmi 'mine' is not valid"],
  ['a volume of an unknown device', base(ParentImage.fromAmiId('ami-01234567'), { rootVolumeSize: Size.gibibytes(9) }), 'Web/Base: rootVolumeSize is 9 GiB'],
  ['a volume of no size', role({ rootVolumeSize: Size.gibibytes(0) }), 'Web/Role: rootVolumeSize is 0 GiB; expected a whole number from 1 to 16000'],
  ['a volume of a broken size', role({ rootVolumeSize: Size.mebibytes(1536) }), 'Web/Role: rootVolumeSize is 1.5 GiB'],
  ['a tag that marks our images', role({ amiTags: { 'golden-images:owner': 'me' } }), "Web/Role: the tag 'golden-images:owner' is reserved"],
  ['a tag of AWS', role({ amiTags: { 'AWS:x': 'me' } }), "Web/Role: the tag 'AWS:x' is reserved"],
  ['a description that is too long', role({ description: 'x'.repeat(1025) }), 'Web/Role: the description has 1025 characters; expected 1 to 1024'],
  ['a soak of milliseconds', (stack) => {
    newRole(stack).addChannel('production', { gates: [Gate.soak(Duration.millis(5))] });
  }, "Web/Role: the soak time '5 millis' of a gate is not a whole number of seconds"],
  ['a Windows step in a Linux image', withStep(Step.powershell('Get-Date')),
    "Web/Role: component 'bad': a step with ExecutePowerShell (PowerShell) runs only on Windows, and the image is Linux; expected steps that run on Linux; use Step.bash"],
  ['a Linux step in a Windows image', base(ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025), { components: [echo()] }),
    "Web/Base: component 'echo': a step with ExecuteBash (Bash) runs only on Linux, and the image is Windows"],
  ['a Windows document in a Linux image', withComponent(Component.fromDocument('Bad',
    'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: A, action: ExecutePowerShell, inputs: { commands: [a] } }')),
  "Web/Role: component 'bad': the document is not valid: phases[0].steps[0].action: 'ExecutePowerShell' runs only on Windows"],
  ['a managed component of the other platform', withComponent(Component.amazonManaged('amazon-cloudwatch-agent-windows')),
    "Web/Role: the Amazon-managed component 'amazon-cloudwatch-agent-windows' is not for Linux; expected a component for Linux; use amazon-cloudwatch-agent-linux"],
  ['a document that is no YAML', withComponent(Component.fromDocument('Bad', 'phases: [')),
    "Web/Role: component 'bad': the document is not valid: line 1, column 10: Flow sequence"],
  ['a document without phase', withComponent(Component.fromDocument('Bad', 'schemaVersion: 1.0')),
    "Web/Role: component 'bad': the document is not valid: phases: it is missing"],
  ['an unknown module', withComponent(Component.fromDocument('Bad',
    'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: A, action: RunBash, inputs: { commands: [a] } }')),
  "'RunBash' is no module"],
  ['a missing input', withComponent(Component.fromDocument('Bad',
    'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: A, action: ExecuteBash, inputs: {} }')),
  'phases[0].steps[0].inputs.commands: it is missing'],
  ['a document that is too long', withStep(Step.bash('#'.repeat(70_000))), "Web/Role: component 'bad': the document has 70"],
  ['braces in an input', withStep(FileModule.createFile({ path: '/a', content: '{{ .Names }}' })),
    "Web/Role: component 'bad': the text '{{ .Names }}' holds '{{'; expected text without double braces"],
  ['a step without commands', withStep(Step.bash()), "Web/Role: component 'bad': a step has no commands"],
  ['a component without steps', withComponent(Component.fromSteps('Bad', {})), "Web/Role: component 'bad': it has no steps"],
  ['a component with an invalid name', withComponent(echo('bad/name')), "Web/Role: the component name 'bad/name' is not valid"],
  ['a component version that is not numeric', withComponent(Component.fromSteps('Bad', { buildSteps: [Step.reboot()], version: '1.x' })),
    "Web/Role: component 'bad': the version '1.x' is not numeric; expected three numbers"],
  ['a managed version that is not numeric', withComponent(Component.amazonManaged('aws-cli-version-2-linux', { version: 'latest' })),
    "Web/Role: the version 'latest' of 'aws-cli-version-2-linux' is not numeric"],
  ['two components with one name', role({ components: [echo('Echo', 'a'), echo('Echo', 'b')] }),
    "Web/Role: the component 'echo' differs from another component of that name in this stack"],
  ['a component twice in an image', role({ components: [echo(), echo()] }), "Web/Role: the component 'echo' is defined twice"],
  ['an asset that does not exist', withStep(Step.download(Source.asset('nowhere.zip'), '/srv')), "Web/Role: component 'bad': the asset 'nowhere.zip' does not exist"],
  ['a document file that does not exist', withComponent(Component.fromFile('Bad', 'nowhere.yaml')), "Web/Role: component 'bad': the file 'nowhere.yaml' does not exist"],
  ['a relative destination', withStep(Step.download(Source.asset(__filename), 'srv/www')), "the download destination 'srv/www' is not valid"],
  ['a checksum that is none', (stack) => withStep(Step.download(Source.bucket(Bucket.fromBucketName(stack, 'Media', 'media'), 'a.iso', 'abc'), '/a.iso'))(stack),
    "the SHA-256 'abc' of 'a.iso' is not valid"],
  ['subnets without vpc', (stack) => new BuildInfrastructure(stack, 'Infra', { subnets: {} }), 'Web/Infra: subnets are given without a vpc'],
  ['instance types of another architecture', (stack) => {
    role({ infrastructure: new BuildInfrastructure(stack, 'Infra', { instanceTypes: [new InstanceType('m7g.large')] }) })(stack);
  }, "Web/Infra: none of the instance types 'm7g.large' is of architecture x86_64"],
])('%s is refused', (_, act, message) => {
  let error: Error | undefined;
  try {
    act(newStack());
  } catch (caught) {
    error = caught as Error;
  }
  expect(error?.message).toContain(message);
  expect(error?.message).toMatch(SHAPE);
});

test('a role that stands on itself through others is refused', () => {
  const stack = newStack();
  const later = RoleImage.fromImageAttributes(stack, 'Later', { imageName: 'web-server', namespace: 'web' });
  const baseline = new RoleImage(stack, 'Baseline', { parent: later, components: [echo()] });
  const middle = new RoleImage(stack, 'Middle', { parent: baseline, components: [echo()] });
  expect(() => new RoleImage(stack, 'WebServer', { parent: middle, components: [echo()] }))
    .toThrow("Web/WebServer: the image 'web-server' stands on itself: web-server → middle → baseline → web-server; expected a parent that does not stand on it");
});

test('a role that stands on itself is refused', () => {
  const stack = newStack();
  const self = RoleImage.fromImageAttributes(stack, 'Self', { imageName: 'role', namespace: 'web' });
  expect(() => new RoleImage(stack, 'Role', { parent: self, components: [echo()] })).toThrow("the image 'role' stands on itself: role → role");
});

test('an imported image with an invalid namespace is refused', () => {
  expect(() => RoleImage.fromImageAttributes(newStack(), 'Later', { imageName: 'web', namespace: 'Web Shop' }))
    .toThrow("Web/Later: the namespace 'Web Shop' is not valid");
});

describe('an image of another app', () => {
  const attributes = { imageName: 'hardened', namespace: 'platform' };
  const imported = (stack: Stack, ledgerTableArn?: string) => RoleImage.fromImageAttributes(stack, 'Hardened', { ...attributes, ...(ledgerTableArn === undefined ? {} : { ledgerTableArn }) });
  const MISSING = /it follows the image 'hardened' of another app, whose attributes have no ledgerTableArn; expected the ledger in which .*; give ledgerTableArn to fromImageAttributes: the output GoldenImagesLedgerTableArn/;

  test.each<[string, (stack: Stack) => unknown]>([
    ['a fleet that follows it', (stack) => new Fleet(stack, 'Servers', { follows: imported(stack).latest })],
    ['a role that stands on it', (stack) => new RoleImage(stack, 'Role', { parent: imported(stack), components: [echo()] })],
    ['a registered image that stands on it', (stack) => new RegisteredImage(stack, 'Registered', { parent: imported(stack) })],
  ])('without its ledger refuses %s, and says where that is found', (_, use) => {
    expect(() => use(newStack())).toThrow(MISSING);
  });

  test.each([
    ['no ARN', 'Platform-Ledger', "ledgerTableArn is 'Platform-Ledger'; expected the ARN of a DynamoDB table"],
    ['an ARN of a bucket', 'arn:aws:s3:::ledger', "ledgerTableArn is 'arn:aws:s3:::ledger'"],
  ])('with %s for its ledger is refused', (_, arn, message) => {
    const stack = newStack();
    expect(() => new Fleet(stack, 'Servers', { follows: imported(stack, arn).latest })).toThrow(message);
  });

  test('with a ledger in another region is refused', () => {
    const stack = new Stack(new App(), 'Web', { env: { account: '123456789012', region: 'eu-central-1' } });
    expect(() => new Fleet(stack, 'Servers', { follows: imported(stack, 'arn:aws:dynamodb:us-east-1:123456789012:table/Ledger').latest }))
      .toThrow('ledgerTableArn is in account 123456789012 and region us-east-1; expected account 123456789012 and region eu-central-1');
  });

  test('may be read by its parameter alone, where nothing follows it', () => {
    expect(imported(newStack()).latest.parameterName).toBe('/imagebuilder/golden-images/platform/hardened/latest');
  });
});

test('a parent in a parameter that Image Builder cannot read brings a warning', () => {
  const warnings = (name: string) => {
    const stack = newStack();
    base(ParentImage.fromSsmParameter(name, { rootDeviceName: '/dev/xvda' }))(stack);
    return Annotations.fromStack(stack).findWarning('/Web/Base', Match.stringLikeRegexp('parentParameterUnreadable')).length;
  };
  expect([warnings('/company/base'), warnings('/imagebuilder/company/base'), warnings('/aws/service/ami/x')]).toEqual([1, 0, 0]);
});
