import { readFileSync } from 'node:fs';
import { run, withFiles } from './helpers';
import { fixture } from '../../packer/helpers/fixtures';

/** Explains a template that is written for it. */
const explained = (template: object, ...args: string[]): Promise<{ code: number; lines: string[]; json: any }> =>
  withFiles({ 'template.json': JSON.stringify(template, undefined, 1) }, async (folder) => {
    const { code, out } = await run(folder, 'packer', 'explain', 'template.json', '--json', 'out.json', ...args);
    return { code, lines: out.trimEnd().split('\n'), json: JSON.parse(readFileSync(`${folder}/out.json`, 'utf8')) };
  });

test('the founding template: everything by place, and it can be imported', async () => {
  const { code, out } = await run('/', 'packer', 'explain', fixture('founding.json'));
  expect(code).toBe(0);
  expect(out).toMatch(/founding\.json:6:9 +dropped +variable AWS_ACCESS_KEY +nothing refers to it/);
  expect(out).toMatch(/founding\.json:17:\d+ +dropped +builder amazon-ebs: winrm_username +Image Builder reaches the instance/);
  expect(out).toMatch(/founding\.json:19:\d+ +mapped +provisioner windows-update +`WindowsUpdate\.install`/);
  expect(out).toMatch(/founding\.json:\d+:\d+ +mapped +provisioner windows-update: update_limit +`updateLimit`/);
  expect(out).toMatch(/founding\.json:30:23 +dropped +provisioner powershell: inline +Sysprep is dropped/);
  expect(out).toMatch(/founding\.json:33:\d+ +mapped +post-processor manifest +the registry/);
  expect(out).toMatch(/, 0 refused\n$/);
  expect(out).not.toContain('SECRETXXXXXXXXXX');
});

test('everything that is refused is found, not the first alone', async () => {
  const { code, lines, json } = await explained({
    'builders': [{ type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0', ssh_username: 'ec2-user', skip_create_ami: true, enable_nitro_enclave: true, colour: 'red' }, { type: 'docker' }],
    'provisioners': [
      { type: 'shell', inline: ['reboot', 'echo after'] },
      { type: 'inspec', profile: 'x' },
      { type: 'shell', inline: ['echo'], execute_command: 'run {{ .Path }}' },
      { type: 'file', source: 'gone', destination: '/etc/x', generated: true },
      { type: 'shel', inline: ['echo'] },
    ],
    'post-processors': ['vagrant', 'artifice'],
  });
  expect(code).toBe(1);
  const refused = json.rows.filter(({ verdict }: { verdict: string }) => verdict === 'refused').map(({ what }: { what: string }) => what);
  expect(refused).toEqual([
    'builder amazon-ebs: skip_create_ami', 'builder amazon-ebs: enable_nitro_enclave', 'builder amazon-ebs: colour', 'provisioner shell', 'provisioner inspec',
    'provisioner shell', 'provisioner file', 'provisioner file: generated', 'provisioner shel', 'post-processor artifice',
  ]);
  expect(json.importable).toBe(false);
  expect(lines.filter((line) => line.includes('WARNED')).map((line) => /WARNED +(\S+ \S+)/.exec(line)![1])).toEqual(['builder docker', 'post-processor vagrant']);
  expect(lines.find((line) => line.includes('inspec'))).toContain('write the checks as `testSteps` of a component');
});

test('how errors of PowerShell are handled is said in a line, of commands and of files', async () => {
  await withFiles({ 'a.ps1': 'Get-Item C:\\missing\n' }, async (folder) => {
    const template = {
      builders: [{ type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0', communicator: 'winrm' }],
      provisioners: [{ type: 'powershell', inline: ['Get-Item C:\\missing'] }, { type: 'powershell', script: `${folder}/a.ps1` }],
    };
    const { code, lines } = await explained(template);
    expect(code).toBe(0);
    expect(lines.filter((line) => /provisioner powershell: inline .*errors that end a command.* fail it as in Packer since 1\.13: other errors are passed over/.test(line))).toHaveLength(1);
    expect(lines.filter((line) => /provisioner powershell: script .*`throw`.* fail it, as in Packer: all other errors are passed over/.test(line))).toHaveLength(1);
  });
});

test('values of data sources are given on the command line, of a file by its name; what lacks one is refused by its place', async () => {
  const template = [
    'data "http" "release" {', '  url = "https://example.com"', '}', 'source "amazon-ebs" "web" {', '  source_ami   = "ami-0123456789abcdef0"', '  ssh_username = "ec2-user"', '}',
    'build {', '  sources = ["amazon-ebs.web"]', '  provisioner "shell" {', '    inline = ["echo ${trimspace(data.http.release.body)}"]', '  }', '}', '',
  ].join('\n');
  await withFiles({ 'web.pkr.hcl': template, 'release.txt': '1.2.3\n' }, async (folder) => {
    const explain = (...args: string[]) => run(folder, 'packer', 'explain', 'web.pkr.hcl', ...args);
    expect(await explain()).toMatchObject({ code: 1, out: expect.stringMatching(/web\.pkr\.hcl:11:\d+ +REFUSED +provisioner shell.*data "http" is not read/) });
    expect(await explain('--data', 'http.release.body=1.2.3')).toMatchObject({ code: 0 });
    expect(await explain('--data', 'http.release.body=@release.txt')).toMatchObject({ code: 0 });
    expect((await run(folder, 'packer', 'import', 'web.pkr.hcl', '--data', 'http.release.body=@release.txt')).out).toContain('echo 1.2.3');
    expect(await explain('--data', 'http.release.body=@gone.txt')).toMatchObject({ code: 2 });
  });
});

test('a template that cannot be read is one refusal; a variable that is sensitive is to be bound', async () => {
  expect(await explained({ builders: [] })).toMatchObject({ code: 1, json: { rows: [{ what: 'template', verdict: 'refused' }] } });
  const secret = await explained({
    'variables': { token: 'hidden-value' },
    'sensitive-variables': ['token'],
    'builders': [{ type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0' }],
    'provisioners': [{ type: 'shell', inline: ['true'], environment_vars: ['TOKEN={{user `token`}}'] }],
  });
  expect(secret).toMatchObject({ code: 0, json: { importable: true } });
  expect(secret.lines[0]).toContain('bind it by `secrets`');
  expect(JSON.stringify(secret)).not.toContain('hidden-value');
});

test.each([['packer explain', /needs one template/], ['packer explain gone.json', /there is no gone\.json/], ['packer explian x', /did you mean packer explain/]])(
  '%s is a wrong use', async (line, message) => {
    const { code, err } = await run('/tmp', ...line.split(' '));
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

test('the folder in which Packer is run is given on the command line', async () => {
  const template = { builders: [{ type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0' }], provisioners: [{ type: 'shell', script: 'scripts/a.sh' }] };
  await withFiles({ 'images/template.json': JSON.stringify(template), 'work/scripts/a.sh': 'echo a' }, async (folder) => {
    const explain = (...args: string[]) => run(folder, 'packer', 'explain', 'images/template.json', ...args);
    expect(await explain()).toMatchObject({ code: 1, out: expect.stringContaining('there is no file "scripts/a.sh"; correct the path; a relative one starts where Packer is run') });
    expect(await explain('--cwd', 'work')).toMatchObject({ code: 0 });
    expect((await run(folder, 'packer', 'import', 'images/template.json', '--cwd', 'work')).out).toContain('echo a');
  });
});
