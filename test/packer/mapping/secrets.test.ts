import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { imported, LINUX, refused, synthesized, WINDOWS } from './helper';
import { RuntimeSecret } from '../../../src/component';
import { newStack } from '../../image/fixture';

const secrets = { token: RuntimeSecret.parameterName('/web/token') };
const template = (provisioner: Record<string, unknown>, builder: Record<string, unknown> = LINUX): Record<string, unknown> => ({
  'variables': { token: 'hunter2-token' }, 'sensitive-variables': ['token'], 'builders': [builder], 'provisioners': [provisioner],
});

describe('sensitive variables', () => {
  test.each([
    ['shell', LINUX, ['TOKEN={{user `token`}}'], 'export TOKEN', 'aws ssm get-parameter'],
    ['powershell', WINDOWS, ['TOKEN={{user `token`}}'], '$env:TOKEN = $secret', 'Get-SSMParameter'],
  ])('are fetched by %s when it runs, and are in no document', (type, builder, environment_vars, assignment, fetch) => {
    imported(template({ type, inline: ['true'], environment_vars }, builder), ({ template: read, steps, notices }) => {
      const text = JSON.stringify(steps());
      expect(text).toContain(assignment);
      expect(text).toContain(fetch);
      expect(JSON.stringify([synthesized(read.image()).resources, notices])).not.toContain('hunter2');
    }, { secrets });
  });

  test('the map takes them too, and the role may read them', () => {
    const stack = newStack();
    const bound = { token: RuntimeSecret.secretsManager(new Secret(stack, 'Secret')) };
    imported(template({ type: 'shell', inline: ['true'], env: { TOKEN: '{{user `token`}}' } }), ({ template: read }) => {
      expect(read.image().components).toHaveLength(1);
    }, { secrets: bound });
  });

  test.each([
    [{ type: 'shell', inline: ['true'], environment_vars: ['TOKEN={{user `token`}}'] }, {}, /the variable "token" is sensitive and bound to no secret; bind it: /],
    [{ type: 'shell', inline: ["cat <<'E'", '{{user `token`}}', 'E'] }, { secrets }, /"inline" holds the sensitive variable "token", or another one, in a here-document with a quoted end/],
    [{ type: 'shell', inline: ['true'], environment_vars: ['URL=https://x:{{user `token`}}@y'] }, { secrets }, /mixes the sensitive variable "token" with other text/],
    [{ type: 'shell', inline: ['true'], env: { TOKEN: '{{user `token` | upper}}' } }, { secrets }, /computed from the sensitive variable/],
    [{ type: 'file', content: '{{user `token`}}', destination: '/x' }, { secrets }, /would stand in a document/],
  ])('%j is refused', (provisioner, options, message) => {
    const error = refused(template(provisioner), options);
    expect(error).toMatch(message);
    expect(error).not.toContain('hunter2');
  });

  test('a password for sudo is not needed', () => {
    imported(template({ type: 'shell', inline: ['true'], execute_command: "echo '{{user `token`}}' | sudo -S sh '{{ .Path }}'" }), ({ steps }) => {
      expect(JSON.stringify(steps())).toContain('sh \\"$script\\"');
    });
  });

  test('names that are bound have to be there', () => {
    expect(refused({ builders: [LINUX] }, { secrets })).toMatch(/no sensitive variable is called "token"/);
  });
});

describe('keys of AWS', () => {
  // Made for this test: no account has it.
  const id = `AKIA${'Q'.repeat(16)}`;
  const key = 'aB3/'.repeat(10);

  test.each([
    [{ builders: [{ ...LINUX, access_key: 'anything' }] }, /"access_key" is given a key of AWS/],
    [{ variables: { key }, builders: [{ ...LINUX, secret_key: '{{user `key`}}' }] }, /"secret_key" is given a key of AWS/],
    [{ variables: { a: id }, builders: [LINUX] }, /an access key of AWS stands here; remove the key and revoke it/],
    [{ variables: { AWS_SECRET: key }, builders: [LINUX] }, /an access key of AWS stands here/],
    [{ builders: [LINUX], provisioners: [{ type: 'shell', inline: [`export AWS_ACCESS_KEY_ID=${id}`] }] }, /an access key of AWS stands here/],
  ])('%# is refused, and never told', (given, message) => {
    const error = refused(given);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/QQQQ|aB3\/aB3|anything/);
  });

  test('an empty one is what templates have that take it from elsewhere', () => {
    imported({ variables: { key: '' }, builders: [{ ...LINUX, access_key: '{{user `key`}}', secret_key: '' }] }, ({ template: read }) => {
      expect(read.images).toHaveLength(1);
    });
  });
});
