import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { parse } from 'yaml';
import { newMachines } from './linux/machine';
import { Ansible, Component, LinuxFile, RuntimeSecret, SecretScript, Source, Step } from '../../src/component';
import { ParentImage, PatchedBaseImage, BuildSchedule } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { literal, newStack, Synthesized } from '../image/fixture';

const machine = newMachines();

/** What a step with secrets becomes in a stack: its scripts, and what it may read. */
function synthesized(step: (stack: ReturnType<typeof newStack>) => Step, parent = ParentImage.amazonLinux2023()) {
  const stack = newStack();
  const components = [Component.fromSteps('Mine', { buildSteps: [step(stack)] })];
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components });
  const template = new Synthesized(stack);
  const statements = template.ofType('AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => /secretsmanager|ssm:GetParameter|kms:/.test(JSON.stringify(Action)));
  const script: string = parse(template.component('web--mine')).phases[0].steps.slice(-1)[0].inputs.commands.join('\n');
  return { script, statements };
}

const oneSecret = (...commands: string[]) => synthesized((stack) =>
  SecretScript.bash({ DB_PASSWORD: RuntimeSecret.secretsManager(new Secret(stack, 'Db'), { jsonField: "pass'word" }) }, ...commands));

const VALUE = 'it\'s "secret" $HOME \\n';
const json = JSON.stringify({ "pass'word": VALUE }).replace(/'/g, '\'\\\'\'');

describe('a secret in bash', () => {
  test('is an environment variable, whatever is in it, and shows nowhere', () => {
    const { script } = oneSecret('use');
    const on = machine({ aws: { stdout: json }, use: { script: `[ "$DB_PASSWORD" = '${VALUE.replace(/'/g, '\'\\\'\'')}' ]` } });
    const { status, stdout, stderr, calls } = on.run(script);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    expect(calls).toEqual([
      'aws [secretsmanager] [get-secret-value] [--secret-id] [Db18AA6FC5] [--query] [SecretString] [--region] [AWS::Region] [--output] [text]', 'use',
    ].map((call) => call.replace('Db18AA6FC5', script.match(/--secret-id '(.*?)'/)![1]!)));
    expect(JSON.stringify([stdout, stderr, calls])).not.toContain('it\'s "secret"');
  });

  test('does not show in the message of a command that fails', () => {
    const { status, stderr } = machine({ aws: { stdout: json }, psql: { exitCode: 2 } }).run(oneSecret('psql --password "$DB_PASSWORD"').script);
    expect([status, stderr]).toEqual([1, 'failed with exit code 2: psql --password "$DB_PASSWORD"\n']);
  });

  test.each([
    [{ exitCode: 254 }, /the secret for DB_PASSWORD cannot be read, or is no JSON object with the field pass'word\n$/],
    [{ stdout: '{"other": "hidden"}' }, /^the secret for DB_PASSWORD cannot be read/],
    [{ stdout: 'hidden' }, /^the secret for DB_PASSWORD cannot be read/],
    [{ stdout: '{"pass\'\\\'\'word": ""}' }, /^the secret for DB_PASSWORD is empty/],
  ])('that cannot be had fails the step: %j', (aws, message) => {
    const { status, stderr, calls } = machine({ aws, use: {} }).run(oneSecret('use').script);
    expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(stderr).not.toContain('hidden');
    expect(calls).toHaveLength(1);
  });

  test('says what is missing on the instance', () => {
    expect(machine().run(oneSecret('use').script)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^the AWS CLI is not on this instance: .*aws-cli-version-2-linux/) });
  });

  test('may be read, it and its key alone', () => {
    const { statements } = synthesized((stack) => {
      const secret = new Secret(stack, 'Db', { encryptionKey: new Key(stack, 'Key') });
      new Secret(stack, 'Other');
      return SecretScript.bash({ A: RuntimeSecret.secretsManager(secret) }, 'use');
    });
    expect(statements.map(({ Action, Resource }) => [Action, literal(Resource)])).toEqual([
      ['secretsmanager:GetSecretValue', expect.stringMatching(/^Db/)],
      ['kms:Decrypt', expect.stringMatching(/^Key.*Arn$/)],
    ]);
    expect(literal(statements[1]!.Condition.StringEquals['kms:ViaService'])).toBe('secretsmanager.AWS::Region.AWS::URLSuffix');
  });

  test('that was made elsewhere may be read by its name', () => {
    const { script, statements } = synthesized((stack) =>
      SecretScript.bash({ A: RuntimeSecret.secretsManager(Secret.fromSecretNameV2(stack, 'Db', 'app/db')) }, 'use'));
    expect(literal(statements[0]!.Resource)).toMatch(/:secret:app\/db-\?{6}$/);
    expect(script).toMatch(/--secret-id 'arn:.*:secret:app\/db'/);
  });
});

describe('a parameter', () => {
  test('is decrypted, by the grant of this parameter', () => {
    const { script, statements } = synthesized(() => SecretScript.bash({ TOKEN: RuntimeSecret.parameterName('/app/token') }, 'use'));
    expect(statements.map(({ Action, Resource }) => [Action, literal(Resource)])).toEqual([
      ['ssm:GetParameter', 'arn:AWS::Partition:ssm:AWS::Region:AWS::AccountId:parameter/app/token'],
    ]);
    expect(machine({ aws: { stdout: 'abc' }, use: { script: '[ "$TOKEN" = abc ]' } }).run(script)).toMatchObject({
      status: 0,
      calls: ['aws [ssm] [get-parameter] [--name] [/app/token] [--with-decryption] [--query] [Parameter.Value] [--region] [AWS::Region] [--output] [text]', 'use'],
    });
  });

  test('that is a resource may have a key', () => {
    const { statements, script } = synthesized((stack) => {
      const encryptionKey = new Key(stack, 'Key');
      const parameter = StringParameter.fromSecureStringParameterAttributes(stack, 'Token', { parameterName: '/app/token' });
      return SecretScript.bash({ TOKEN: RuntimeSecret.parameter(parameter, { encryptionKey }) }, 'use');
    });
    expect(script).toContain("--name '/app/token'");
    expect(statements.map(({ Action }) => Action)).toEqual(['ssm:GetParameter', 'kms:Decrypt']);
  });
});

describe('a secret in PowerShell', () => {
  const { script } = synthesized((stack) => SecretScript.powershell({
    PASSWORD: RuntimeSecret.secretsManager(new Secret(stack, 'Db'), { jsonField: "it's" }), TOKEN: RuntimeSecret.parameterName('token'),
  }, 'use'), ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025));

  test('is fetched by AWS Tools, which must be there', () => {
    expect(script).toContain("if (-not (Get-Command Get-SECSecretValue -ErrorAction SilentlyContinue)) { throw '");
    expect(script).toContain("if (-not (Get-Command Get-SSMParameter -ErrorAction SilentlyContinue)) { throw '");
    expect(script).toMatch(/\$secret = \(Get-SECSecretValue -SecretId 'Db.*' -Region 'AWS::Region'\)\.SecretString\n/);
    expect(script).toContain("try { $secret = ($secret | ConvertFrom-Json).('it''s') } catch { throw 'the secret for PASSWORD is no JSON object' }");
    expect(script).toContain("$secret = (Get-SSMParameter -Name 'token' -WithDecryption $true -Region 'AWS::Region').Value\n");
    expect(script).toContain('$env:TOKEN = $secret\n');
    expect(script).toContain("if (-not $env:TOKEN) { throw 'the secret for TOKEN is empty' }");
  });

  test('is there before the first command, and tracing is off before it', () => {
    const order = ['Set-PSDebug -Off', 'Get-SECSecretValue -SecretId', '$env:PASSWORD = ', 'Get-SSMParameter -Name', '$env:TOKEN = ', '\nuse\n'];
    const places = order.map((each) => script.indexOf(each));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

describe('secrets are refused', () => {
  const token = RuntimeSecret.parameterName('token');
  test.each<[string, (stack: ReturnType<typeof newStack>) => Step, RegExp]>([
    ['where there are none', () => SecretScript.bash({}, 'use'), /a script has no secrets; .* use Step\.bash or Step\.powershell/],
    ['without commands', () => SecretScript.bash({ A: token }), /a step has no commands/],
    ['with a name that is none', () => SecretScript.bash({ 'A B': token }, 'use'), /'A B' is no name of an environment variable/],
    ['with a parameter name that is none', () => SecretScript.bash({ A: RuntimeSecret.parameterName('a b') }, 'use'), /'a b' is no name of a parameter/],
    ['on another platform', () => SecretScript.powershell({ A: token }, 'use'), /runs only on Windows/],
    ['as text of a script', (stack) => LinuxFile.write({ path: '/etc/password', content: new Secret(stack, 'S').secretValue.unsafeUnwrap() }),
      /a script holds the value of a secret: .*; expected no secrets in documents/],
    ['as variable of a playbook', (stack) => Ansible.playbook(Source.asset('examples'), {
      playbook: 'a.yml', version: '2.15.13', extraVars: { password: new Secret(stack, 'S').secretValue.unsafeUnwrap() },
    }), /a script holds the value of a secret/],
  ])('%s', (_, step, message) => {
    expect(() => synthesized(step)).toThrow(message);
  });
});
