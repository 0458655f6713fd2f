import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Stack, Tags } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { render, stepsOf } from './support';
import { Component, Source, Step, type ComponentSteps } from '../../src/component';
import { BuildInfrastructure, RoleImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { literal, newBase, newStack, Synthesized } from '../image/fixture';

const folder = mkdtempSync(join(tmpdir(), 'component-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (path: string, content: string): string => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
  return join(folder, path);
};

describe('steps', () => {
  test('keep the order and have names of their own', () => {
    const document = render({ buildSteps: [Step.bash('a'), Step.bash('b'), Step.reboot()], testSteps: [Step.bash('c')] });
    expect(stepsOf(document).map(({ name, action }) => [name, action])).toEqual([
      ['Bash1', 'ExecuteBash'], ['Bash2', 'ExecuteBash'], ['Reboot3', 'Reboot'],
    ]);
    expect(stepsOf(document, 'test')).toHaveLength(1);
  });

  test('bash stops at the first failure, also inside a pipe and at an unset variable', () => {
    const run = (...commands: string[]) => {
      const [step] = stepsOf(render({ buildSteps: [Step.bash(...commands)] }));
      return spawnSync('bash', ['-c', step.inputs.commands.join('\n')]).status;
    };
    expect(run('true', 'echo "a: b # c" | grep -q "# c"')).toBe(0);
    expect(run('false', 'true')).not.toBe(0);
    expect(run('false | true')).not.toBe(0);
    expect(run('echo $UNSET_VARIABLE')).not.toBe(0);
  });

  test('PowerShell stops at errors and at programs that fail', () => {
    const [step] = stepsOf(render({ buildSteps: [Step.powershell('choco install git')] }, true));
    expect(step.inputs.commands).toEqual([[
      "$ErrorActionPreference = 'Stop'", "$ProgressPreference = 'SilentlyContinue'",
      '$global:LASTEXITCODE = 0', 'choco install git', 'if ($LASTEXITCODE -ne 0) { throw "exit code $LASTEXITCODE" }',
    ].join('\n')]);
  });

  test('long lines are not folded', () => {
    const command = `echo ${'word '.repeat(100)}end`;
    expect(stepsOf(render({ buildSteps: [Step.bash(command)] }))[0].inputs.commands[0]).toContain(command);
  });

  test('updates can be chosen', () => {
    expect(stepsOf(render({ buildSteps: [Step.updateOs({ exclude: ['kernel'] })] }))[0]).toEqual({
      name: 'UpdateOS1', action: 'UpdateOS', inputs: { exclude: ['kernel'] },
    });
  });

  test('one of a user is a step like any other', () => {
    class Touch extends Step {
      public bind() {
        return { actions: [{ name: 'Touch', action: 'CreateFile', inputs: [{ path: '/etc/touched' }], timeout: Duration.minutes(5) }] };
      }
    }
    expect(stepsOf(render({ buildSteps: [new Touch()] }))[0]).toEqual({
      name: 'Touch1', action: 'CreateFile', inputs: [{ path: '/etc/touched' }], timeoutSeconds: 300,
    });
  });
});

describe('downloads', () => {
  const actionsOf = (source: Source, destination: string, windows = false) =>
    stepsOf(render({ buildSteps: [Step.download(source, destination)] }, windows)).map(({ action, inputs }) => [action, inputs]);

  test('of a file check what came', () => {
    const sha256 = createHash('sha256').update('hello').digest('hex');
    const actions = actionsOf(Source.asset(file('plain/index.html', 'hello')), '/srv/www/index.html');
    expect(actions).toEqual([
      ['ExecuteBash', { commands: ["set -euo pipefail\nmkdir -p '/srv/www'"] }],
      ['S3Download', [{ source: expect.stringMatching(/^s3:\/\/cdk-.*\.html$/), destination: '/srv/www/index.html' }]],
      ['Assert', { fileSHA256Equals: sha256, path: '/srv/www/index.html' }],
    ]);
  });

  test('of a folder unpack it where it belongs', () => {
    file('site/index.html', 'hello');
    const actions = actionsOf(Source.asset(join(folder, 'site')), '/srv/www');
    expect(actions.map(([action]) => action)).toEqual(['ExecuteBash', 'S3Download', 'ExecuteBash']);
    expect(actions[1]![1][0].destination).toBe('/tmp/site.zip');
    expect(actions[2]![1].commands[0]).toContain("-d '/srv/www'");
  });

  test('on Windows use its paths', () => {
    const actions = actionsOf(Source.asset(join(folder, 'site')), 'C:\\inetpub\\site', true);
    expect(actions[0]![1].commands[0]).toContain("New-Item -ItemType Directory -Force -Path 'C:\\inetpub\\site'");
    expect(actions[2]![1].commands[0]).toMatch(/ExtractToDirectory\('C:\\Windows\\Temp\\site\.zip', 'C:\\gi-zip'\)\n& robocopy\.exe 'C:\\gi-zip' 'C:\\inetpub\\site' \/E \/MOVE/);
  });

  test('may read that object and no other', () => {
    const stack = newStack();
    const media = new Bucket(stack, 'Media', { encryptionKey: new Key(stack, 'Key') });
    const component = Component.fromSteps('Media', { buildSteps: [Step.download(Source.bucket(media, 'a/setup.iso', 'a'.repeat(64)), '/opt/setup.iso')] });
    new RoleImage(stack, 'Role', { parent: newBase(stack), components: [component] });
    const statements = policyOf(stack);
    const object = statements.find(({ Action }) => Action === 's3:GetObject')!;
    expect(literal(object.Resource)).toMatch(/^Media.*\.Arn\/a\/setup\.iso$/);
    expect(statements.map(({ Action }) => Action)).toEqual(['s3:GetObject', 'kms:Decrypt']);
  });
});

const policyOf = (stack: Stack): any[] => Object.entries(new Synthesized(stack).resources)
  .filter(([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.includes('BuildInfrastructure'))
  .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

describe('a component', () => {
  const echo = (options: Partial<ComponentSteps> = {}) => Component.fromSteps('Echo', { buildSteps: [Step.bash('echo a')], ...options });
  const commentOf = (component: Component, change: (stack: Stack) => void = () => undefined): string => {
    const stack = newStack();
    change(stack);
    new RoleImage(stack, 'Role', { parent: newBase(stack), components: [component] });
    return new Synthesized(stack).component('web--echo').split('\n')[0]!;
  };

  test('carries a comment that covers all that cannot be changed', () => {
    const comments = [
      commentOf(echo()), commentOf(echo({ description: 'b' })), commentOf(echo({ version: '1.1.0' })), commentOf(echo({ supportedOsVersions: [OperatingSystemVersion.AMAZON_LINUX_2023] })),
      commentOf(echo({ validateSteps: [Step.bash('true')] })),
    ];
    comments.forEach((comment) => expect(comment).toMatch(/^# content: [0-9a-f]{32}$/));
    expect(new Set(comments).size).toBe(comments.length);
    expect(commentOf(echo())).toBe(comments[0]);
    // Tags change in place.
    expect(commentOf(echo(), (stack) => Tags.of(stack).add('team', 'web'))).toBe(comments[0]);
  });

  test('that images with other infrastructure use is one resource, readable to both', () => {
    const stack = newStack();
    const shared = () => Component.fromSteps('Site', { buildSteps: [Step.download(Source.asset(file('one/a.txt', 'a')), '/a.txt')] });
    const parent = newBase(stack);
    new RoleImage(stack, 'First', { parent, components: [shared()] });
    new RoleImage(stack, 'Second', { parent, components: [shared()], infrastructure: new BuildInfrastructure(stack, 'OtherInfrastructure') });
    const template = new Synthesized(stack);
    expect(template.ofType('AWS::ImageBuilder::Component').map(({ Properties }) => Properties.Name)).toEqual(['web--wait-for-first-boot', 'web--update-linux', 'web--site']);
    expect(template.ofType('AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties).includes('s3:GetObject'))).toHaveLength(2);
  });

  test('of a document is shipped as it is', () => {
    const stack = newStack();
    const text = '# mine\nschemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: A, action: ExecuteBash, inputs: { commands: [echo a] } }\n';
    const components = [Component.fromDocument('Text', text), Component.fromFile('File', file('agent.yaml', text))];
    new RoleImage(stack, 'Role', { parent: newBase(stack), components });
    const template = new Synthesized(stack);
    expect(template.component('web--text').split('\n').slice(1).join('\n')).toBe(text);
    expect(template.component('web--file').split('\n').slice(1).join('\n')).toBe(text);
  });

  test('of Amazon is named by its ARN, the newest version unless pinned', () => {
    const stack = newStack();
    const components = [Component.amazonManaged('aws-cli-version-2-linux'), Component.amazonManaged('docker-ce-linux', { version: '1.0.x' })];
    new RoleImage(stack, 'Role', { parent: newBase(stack), components });
    const { Components } = new Synthesized(stack).named('AWS::ImageBuilder::ImageRecipe', 'web--role').Properties;
    expect(Components.slice(1).map(({ ComponentArn }: any) => literal(ComponentArn))).toEqual([
      'arn:AWS::Partition:imagebuilder:AWS::Region:aws:component/aws-cli-version-2-linux/x.x.x',
      'arn:AWS::Partition:imagebuilder:AWS::Region:aws:component/docker-ce-linux/1.0.x',
    ]);
  });
});
