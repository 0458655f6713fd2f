import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imported, LINUX, noticesFor, refusedFor, stepsFor, WINDOWS } from './helper';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { inFolder } from '../helpers/read-text';
import { mapJson, mapPath, mapText, whats } from '../plan/helper';

type Settings = Record<string, unknown>;

const shell = { type: 'shell', inline: ['true'] };
const planned = (builder: Settings) => {
  const { plan, problems } = mapJson({ builders: [builder], provisioners: [shell] });
  return { problems, infrastructure: plan.images[0]!.infrastructure, warnings: plan.notices.filter(({ severity }) => severity === 'warning').map(({ message }) => message) };
};
const warned = (message: string) => expect.arrayContaining([expect.stringContaining(message)]);
/** Commands of all steps. */
const commands = (...given: Parameters<typeof stepsFor>): string[] =>
  stepsFor(...given).flatMap(({ action, inputs }) => inputs?.commands ?? [action]);

describe('what does not change the image refuses no template', () => {
  test('spot: the types are built on, on demand', () => {
    const { instance_type: _, ...builder } = LINUX;
    expect(planned({ ...builder, spot_price: 'auto', spot_instance_types: ['m6g.large', 'm7g.large'] })).toEqual({
      problems: [],
      infrastructure: { instanceTypes: ['m6g.large', 'm7g.large'] },
      warnings: ['"spot_price" is not taken over: Image Builder builds on on-demand instances, at their price'],
    });
  });

  test('the architecture of the parent is that of the types that spot instances may be', () => {
    const { source_ami: _, instance_type: __, ...builder } = LINUX;
    const { plan } = mapJson({ builders: [{ ...builder, spot_instance_types: ['m7g.large'], source_ami_filter: { filters: { name: 'al2023-ami-2023.*' }, owners: ['amazon'] } }], provisioners: [shell] });
    expect(plan.images[0]!.system.architecture).toBe('arm64');
  });

  test('a network that is found by filters: none is taken over, and the warning names what the user gives', () => {
    const filters = { vpc_filter: { filters: { 'tag:Class': 'build' } }, subnet_filter: { filters: { 'tag:Class': 'build' }, most_free: true }, security_group_filter: { filters: { 'tag:Class': 'build' } } };
    const { problems, infrastructure, warnings } = planned({ ...LINUX, ...filters });
    expect([problems, infrastructure]).toEqual([[], { instanceTypes: ['t3.small'] }]);
    for (const name of Object.keys(filters)) expect(warnings).toEqual(warned(`"${name}" is not taken over: nothing is looked up in AWS while a template is read: give the image a BuildInfrastructure with the vpc`));
  });

  test.each([
    [{ vpc_id: 'vpc-01234567' }, 'a VPC without the id of a subnet'],
    [{ vpc_id: 'vpc-01234567', subnet_filter: { filters: { 'tag:Class': 'build' } } }, 'a VPC without the id of a subnet'],
    [{ subnet_id: 'subnet-01234567' }, 'a subnet without the id of its VPC or of a security group'],
    [{ security_group_id: 'sg-01234567', subnet_filter: { filters: { 'tag:Class': 'build' } } }, 'a security group without the id of a subnet'],
  ])('a part of a network is none: %j', (settings, what) => {
    const { problems, infrastructure, warnings } = planned({ ...LINUX, ...settings });
    expect([problems, infrastructure]).toEqual([[], { instanceTypes: ['t3.small'] }]);
    expect(warnings).toEqual(warned(`the network is not taken over: the template has ${what}`));
  });

  test('credentials in sensitive variables are dropped; a key that stands there is not', () => {
    const template = (key: string): string => `variable "key" {
  sensitive = true
  default   = "anything"
}
source "amazon-ebs" "web" {
  source_ami = "ami-0123456789abcdef0"
  access_key = ${key}
}
build { sources = ["source.amazon-ebs.web"] }`;
    const mapped = mapText(template('var.key'), {}, {}, 'template.pkr.hcl');
    expect([whats(mapped), JSON.stringify(mapped.plan).includes('anything')]).toEqual([[], false]);
    expect(mapped.plan.notices.map(({ message }) => message)).toEqual(warned('"access_key" is dropped'));
    expect(whats(mapText(template('"abc"'), {}, {}, 'template.pkr.hcl'))).toEqual(['"access_key" is given a key of AWS']);
  });

  test('what is downloaded from the instance is left out', () => {
    const provisioner = { type: 'file', direction: 'download', source: 'report.txt', destination: 'out/' };
    expect(noticesFor(LINUX, provisioner)).toEqual(warned('nothing is downloaded from the instance'));
    expect(stepsFor(LINUX, [shell, provisioner])).toHaveLength(1);
  });
});

test('deprecated AMIs: of one whole name a warning, of a pattern refused, beside a public parameter nothing', () => {
  const { source_ami: _, ...builder } = LINUX;
  const filter = (name: string, owner: string) => ({ filters: { name }, owners: [owner], include_deprecated: true });
  const filtered = (name: string, owner: string) =>
    mapJson({ builders: [{ ...builder, source_ami_filter: filter(name, owner) }], provisioners: [shell] });
  const whole = filtered('base-2024.10.01-x86_64', '123456789012');
  expect([whats(whole), whole.plan.images[0]!.parent]).toEqual([[], expect.objectContaining({ kind: 'lookup', name: 'base-2024.10.01-x86_64' })]);
  expect(whole.plan.notices.map(({ message }) => message)).toEqual(warned('once this one is deprecated, a deploy does not find it and says so'));
  expect(whats(filtered('base-*', '123456789012'))).toEqual(['"include_deprecated" of a name with wildcards: deprecated AMIs are not looked up']);
  expect(whats(filtered('al2023-ami-2023.*-x86_64', 'amazon'))).toEqual([]);
});

describe('user data', () => {
  test('that is a script is the first step', () => {
    const steps = commands({ ...LINUX, user_data: '#!/bin/bash -x\ndnf install -y nginx' }, shell);
    expect(steps[0]).toMatch(/dnf install -y nginx[^]*\/bin\/bash -x "\$script"/);
    expect(steps[1]).toMatch(/'true\n'|true/);
    expect(steps).toHaveLength(2);
  });

  test('of Windows, between its tags', () => {
    const steps = stepsFor({ ...WINDOWS, user_data: '<powershell>\nAdd-WindowsCapability -Online -Name OpenSSH.Server~~~~0.0.1.0\n</powershell>' }, { type: 'powershell', inline: ['1'] });
    expect(steps.filter(({ action }) => action === 'ExecutePowerShell').length).toBeGreaterThan(1);
  });

  test.each([
    [LINUX, '#cloud-config\npackages: [nginx]'],
    [WINDOWS, '<powershell>choco install git</powershell><persist>true</persist>'],
  ])('that is no script, or runs at each start, is refused', (builder, text) => {
    expect(refusedFor({ ...builder, user_data: text }, builder === LINUX ? shell : { type: 'powershell', inline: ['1'] })).toMatch(/is no script that runs once/);
  });
});

describe('scripts', () => {
  test('are given their arguments', () => {
    const given = { type: 'shell', script: 'a.sh', execute_command: 'chmod +x {{ .Path }}; sudo {{ .Vars }} {{ .Path }} /opt/app 1.2' };
    expect(commands(LINUX, given, {}, { 'a.sh': '#!/bin/bash\necho "$1" "$2"\n' })[0]).toMatch(/set -- \/opt\/app 1\.2\necho "\$1" "\$2"/);
    expect(refusedFor(LINUX, given, {}, { 'a.sh': '#!/usr/bin/python3\nprint(1)\n' })).toMatch(/the script is given arguments, and \/usr\/bin\/python3 is no shell/);
  });

  test('that are removed after it hide in Packer that they failed, which is said', () => {
    const provisioner = { type: 'shell', inline: ['true'], execute_command: 'chmod +x {{ .Path }}; sudo env {{ .Vars }} {{ .Path }} ; rm -f {{ .Path }}' };
    expect(noticesFor(LINUX, provisioner)).toEqual(warned('a script that fails fails the build; in Packer the exit code of this "execute_command" is that of rm'));
  });

  test('wait for the restart in a loop', () => {
    const inline = ['echo done', 'sudo shutdown -r now', 'while true; do sleep 10; echo waiting; done;'];
    expect(commands(LINUX, { type: 'shell', expect_disconnect: true, inline }).map((each) => /^Reboot$|echo done/.exec(each)?.[0])).toEqual(['echo done', 'Reboot']);
  });

  test('restart under a condition at their end: here in any case, which is said', () => {
    const provisioner = { type: 'shell', inline: ['touch /etc/one', 'if [ "$KIND" = new ]; then', '  touch /etc/two', '  sudo reboot', 'fi'] };
    const [script, restart] = commands(LINUX, provisioner);
    expect([script, restart]).toEqual([expect.stringMatching(/touch \/etc\/two\n:\nfi\n/), 'Reboot']);
    expect(noticesFor(LINUX, provisioner)).toEqual(warned('restarts the machine at its end under a condition: here the machine restarts after it in any case'));
  });

  test('restart within a branch, and go on after it: refused', () => {
    expect(refusedFor(LINUX, { type: 'shell', inline: ['if true; then', 'reboot', 'fi', 'touch /etc/x'] })).toMatch(/restarts the machine before its end/);
  });

  test('on the machine of Packer that only wait', () => {
    expect(commands(LINUX, [{ type: 'shell-local', inline: ['echo "for cloud-init"', 'sleep 30'] }, shell])[0]).toMatch(/^sleep 30$/m);
    expect(refusedFor(LINUX, { type: 'shell-local', inline: ['sleep 1 && ./push.sh'] })).toMatch(/nothing runs on the machine that reads the template; run it in the pipeline/);
  });
});

describe('ansible', () => {
  const files = { 'site.yml': '- hosts: all', 'vars.yml': 'port: 8080\nhosts: [a, b]\n' };
  const run = (settings: Settings): string => commands(LINUX, { type: 'ansible', playbook_file: 'site.yml', ...settings }, {}, files).join('\n');

  test('without a version has the one for the Python of the instance', () => {
    expect(run({})).toMatch(/3\.9\) ansible=2\.15\.13 ;;[^]*"ansible-core==\$ansible"/);
  });

  test('takes variables from a file, and leaves out how the machine is reached', () => {
    expect(run({ extra_arguments: ['--extra-vars', '@vars.yml', '--scp-extra-args', "'-O'", '--ssh-extra-args=-o X=y', ''] })).toContain('{"port":8080,"hosts":["a","b"]}');
  });

  test.each([
    ['ansible', {}, 'default'], ['ansible', { host_alias: 'web-1' }, 'web-1'], ['ansible-local', {}, '127.0.0.1'],
  ])('%s %j finds the instance as %s, as a playbook may name it', (type, settings, host) => {
    expect(run({ type, ...settings })).toMatch(new RegExp(`-i '?${host},`));
  });

  test.each(['ansible-playbook', 'sudo PYTHONUNBUFFERED=1 /usr/local/bin/ansible-playbook'])('is run by %s as it is', (command) => {
    expect(run({ command })).toContain('ansible-playbook');
  });

  test.each([
    [{ command: './wrapper.sh' }, /"command" is no ansible-playbook/],
    [{ extra_arguments: ['-e', '@site.yml'] }, /"site\.yml" is no file of variables/],
  ])('refuses %j', (settings, message) => expect(refusedFor(LINUX, { type: 'ansible', playbook_file: 'site.yml', ...settings }, {}, files)).toMatch(message));

  test('says which variables of the environment are lost', () => {
    const given = { type: 'ansible', playbook_file: 'site.yml', ansible_env_vars: ['ANSIBLE_HOST_KEY_CHECKING=False', 'AWS_DEFAULT_REGION=eu-west-1'] };
    const notices = imported({ builders: [LINUX], provisioners: [given] }, (all) => all.notices, {}, files).map((each) => each.replace(/ \d+:\d+/, ''));
    expect(notices).toEqual(warned('info "ANSIBLE_HOST_KEY_CHECKING" is dropped'));
    expect(notices).toEqual(warned('warning "AWS_DEFAULT_REGION" of ansible_env_vars is not taken over'));
  });

  test('roles that are to be installed need no folder', () => {
    expect(run({ roles_path: 'roles', collections_path: 'collections' })).toContain('ansible-playbook');
  });
});

describe('puppet', () => {
  const puppet = { type: 'puppet-masterless', manifest_file: 'site.pp', puppet_bin_dir: '/opt/puppetlabs/bin' };

  test('lies where the template says', () => {
    expect(commands(LINUX, { ...puppet, guest_os_type: 'unix' }, {}, { 'site.pp': '' }).join('\n')).toContain("'/opt/puppetlabs/bin/puppet' apply");
    expect(refusedFor(LINUX, { ...puppet, guest_os_type: 'windows' }, {}, { 'site.pp': '' })).toMatch(/"guest_os_type" is windows/);
  });
});

describe('words that Packer has', () => {
  test('older names of functions and options, which `packer fix` replaces', () => {
    const { plan, problems } = mapJson({ builders: [{ ...LINUX, ami_name: '{{ clean_ami_name `web:1` }}', enhanced_networking: true }], provisioners: [shell] });
    expect([problems, plan.images[0]!.imageName]).toEqual([[], 'web-1']);
  });

  test('a build may be called after the time', () => {
    const text = `build {
  name    = "web-\${formatdate("h", timestamp())}"
  sources = ["source.null.a"]
  provisioner "shell" { inline = ["echo \${build.name}"] }
}
source "null" "a" {}`;
    expect(whats(mapText(text, {}, {}, 'template.pkr.hcl'))).toEqual(['no builder can be taken over; "null": it provisions a machine that runs, and makes no image']);
  });
});

describe('where Packer is run', () => {
  /** A template in a folder of its own, and scripts of one name there and above. */
  const twice = <T>(look: (template: string, folder: string) => T): T => inFolder({}, (folder) => {
    mkdirSync(join(folder, 'images/scripts'), { recursive: true });
    mkdirSync(join(folder, 'scripts'));
    writeFileSync(join(folder, 'scripts/a.sh'), 'echo above\n');
    writeFileSync(join(folder, 'images/scripts/a.sh'), 'echo beside\n');
    const template = join(folder, 'images/web.pkr.hcl');
    writeFileSync(template, `source "amazon-ebs" "web" {
  source_ami = "ami-0123456789abcdef0"
  ami_name   = "web"
}
build {
  sources = ["source.amazon-ebs.web"]
  provisioner "shell" { script = "scripts/a.sh" }
  provisioner "shell" { inline = [file("scripts/a.sh"), "echo \${path.root} \${basename(path.cwd)}"] }
}`);
    return look(template, folder);
  });
  const texts = (template: string, workingDirectory?: string): string[] => {
    const { plan, problems } = mapPath(template, { workingDirectory }, { environment: {}, workingDirectory });
    expect(problems).toEqual([]);
    return plan.definitions.flatMap(({ others }) => others).flatMap(({ steps }) => steps).flatMap((step) => (step.kind === 'packerScript' ? step.script.lines : []));
  };

  test('relative paths begin there, and nowhere else', () => {
    twice((template, folder) => {
      expect(texts(template, folder).slice(0, 2)).toEqual(['echo above', 'echo above']);
      expect(texts(template, folder).at(-1)).toMatch(/^echo images golden-images-tests-|^echo images \S+$/);
      expect(texts(template, join(folder, 'images')).slice(0, 2)).toEqual(['echo beside', 'echo beside']);
      expect(whats(mapPath(template, { workingDirectory: join(folder, 'scripts') }, { environment: {}, workingDirectory: join(folder, 'images') })))
        .toEqual(['there is no file "scripts/a.sh"']);
    });
  });

  test('where nobody says, beside the template; that there is another is said', () => {
    // The tests run in the folder of the project, which has such a file too.
    const { plan, problems } = mapJson({ builders: [LINUX], provisioners: [{ type: 'shell', script: 'LICENSE' }] }, {}, { LICENSE: 'echo beside\n' });
    expect(problems).toEqual([]);
    expect(plan.definitions[0]!.others[0]!.steps[0]).toMatchObject({ script: { lines: ['echo beside'] } });
    expect(plan.notices.map(({ message }) => message)).toEqual(warned('"LICENSE" is beside the template and where the app is run, and the first is taken'));
  });

  test('the library takes it, and what data sources would give', () => {
    const template = `data "http" "release" { url = "https://example.com" }
source "amazon-ebs" "web" { source_ami = "ami-0123456789abcdef0" }
build {
  sources = ["source.amazon-ebs.web"]
  provisioner "shell" { inline = ["echo \${data.http.release.body}", file("x.sh")] }
}`;
    inFolder({ 'web.pkr.hcl': template, 'x.sh': 'echo x' }, (folder) => {
      const read = PackerTemplate.fromFile(join(folder, 'web.pkr.hcl'), { data: { 'http.release.body': 'v1.2' }, workingDirectory: folder });
      expect(read.image().components).toHaveLength(1);
      expect(() => PackerTemplate.fromFile(join(folder, 'web.pkr.hcl'))).toThrow(/data "http" is not read/);
    });
  });
});

describe('builders that are chosen', () => {
  const template = { 'builders': ['web-arm', 'web-amd', 'db'].map((name) => ({ ...LINUX, name })), 'post-processors': [['manifest', { type: 'inspec' }]] };
  const names = (choice: { only?: string[]; except?: string[] }): string[] => inFolder({ 'web.json': JSON.stringify(template) }, (folder) =>
    PackerTemplate.fromFile(join(folder, 'web.json'), choice).images.map(({ builderName }) => builderName));
  const leaving = ['inspec'];

  test.each<[{ only?: string[]; except?: string[] }, string[]]>([
    [{ only: ['web-*'] }, ['web-arm', 'web-amd']],
    [{ only: ['??'] }, ['db']],
    [{ only: ['web-{arm,x86}', 'd[a-c]'] }, ['web-arm', 'db']],
    [{ except: ['web-a[!m]*'] }, ['web-amd', 'db']],
    [{ only: ['web-*'], except: ['*-arm'] }, ['web-amd']],
  ])('%j', (choice, expected) => expect(names({ ...choice, except: [...choice.except ?? [], ...leaving] })).toEqual(expected));

  test.each([
    [{ only: ['wbe-*'] }, /no builder is called "wbe-\*"/],
    [{ except: ['inspect'] }, /no builder or post-processor is called "inspect"; did you mean "inspec"/],
    [{ except: ['*'] }, /no builder is left/],
    [{ only: ['{db'] }, /no builder is called "\{db"/],
    [{}, /the post-processor "inspec" is not known/],
  ])('refuses %j', (choice, message) => expect(() => names(choice)).toThrow(message));
});
