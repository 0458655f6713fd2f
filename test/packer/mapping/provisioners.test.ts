import { LINUX, noticesFor, refusedFor, stepsFor, WINDOWS, type Step } from './helper';
import { mapJson } from '../plan/helper';

const commands = (steps: Step[]): string => steps.flatMap((step) => step.inputs?.commands ?? []).join('\n---\n');
const actions = (steps: Step[]): string[] => steps.map(({ name, action }) => `${name.replace(/\d+$/, '')} ${action}`);

describe('shell', () => {
  const shell = (settings: Record<string, unknown>, files: Record<string, string> = {}): Step[] =>
    stepsFor(LINUX, { type: 'shell', ...settings }, {}, files);

  test('runs inline commands by /bin/sh -e, or by its shebang', () => {
    expect(commands(shell({ inline: ['yum -y update', 'echo done'] }))).toContain("printf '%s' 'yum -y update\necho done\n' > \"$script\"");
    expect(commands(shell({ inline: ['true'] }))).toContain('/bin/sh -e "$script" || status=$?');
    expect(commands(shell({ inline: ['true'], inline_shebang: '/bin/bash -ex' }))).toContain('/bin/bash -ex "$script"');
  });

  test('runs each script by its own first line, in order, with line ends of Unix', () => {
    const text = commands(shell({ scripts: ['one.sh', 'two.sh'] }, { 'one.sh': '#!/bin/bash\r\necho one\r\n', 'two.sh': 'echo two\n' }));
    expect(text).toContain("'#!/bin/bash\necho one\n'");
    // The second has no first line: the shell of the user runs it, as by Packer.
    expect(text.match(/^\/bin\/bash "\$script" /gm)).toHaveLength(2);
    expect(text.indexOf('echo one')).toBeLessThan(text.indexOf('echo two'));
  });

  test('ships as an asset what a document cannot hold', () => {
    expect(actions(shell({ inline: ["docker inspect --format '{{`{{.Id}}`}}' x"] }))).toEqual([
      'MakeFolder ExecuteBash', 'Download S3Download', 'Checksum Assert', 'PackerScript ExecuteBash',
    ]);
  });

  test('sets the environment, the map before the list', () => {
    const text = commands(shell({ inline: ['true'], environment_vars: ['A=1,2', "B=it's"], env: { A: '3' } }));
    expect(text).toContain("export A='3'");
    expect(text).toContain("export B='it'\\''s'");
    expect(commands(shell({ inline: ['echo $PACKER_BUILD_NAME'] }))).toContain("export PACKER_BUILD_NAME='amazon-ebs'");
    expect(commands(shell({ inline: ['true'] }))).not.toContain('PACKER_');
  });

  test('takes the codes that are valid, and no other', () => {
    expect(commands(shell({ inline: ['true'], valid_exit_codes: [0, 194, 2] }))).toContain('case "$status" in 0|194|2) ;; *) fail');
    expect(commands(shell({ inline: ['true'] }))).toContain('case "$status" in 0) ;;');
    expect(refusedFor(LINUX, { type: 'shell', inline: ['true'], valid_exit_codes: ['x'] })).toMatch(/"valid_exit_codes" holds what is no number/);
  });

  test.each([
    ['chmod +x {{ .Path }}; {{ .Vars }} {{ .Path }}', '/bin/sh -e'],
    ["{{ .Vars }} sudo -E -S bash -eux '{{ .Path }}'", 'bash -eux'],
    ["sudo -E sh -c '{{ .Vars }} {{ .Path }}'", 'sh'],
    ["echo 'packer' | {{.Vars}} sudo -S -E sh -eux '{{.Path}}'", 'sh -eux'],
    ['chmod +x {{ .Path }}; sudo {{ .Vars }} {{ .Path }}', '/bin/sh -e'],
    ['sudo env {{ .Vars }} {{ .Path }}', '/bin/sh -e'],
    ['sudo -u root {{ .Vars }} /bin/bash {{ .Path }}', '/bin/bash'],
  ])('knows the form %s', (form, interpreter) => {
    expect(commands(shell({ inline: ['true'], execute_command: form }))).toContain(`\n${interpreter} "$script" ||`);
  });

  test.each(['sudo -u app {{ .Path }}', 'su - app -c {{ .Path }}', 'python3 {{ .Path }}', 'ssh other {{ .Path }}', 'bash {{ .Path }}; rm -rf /', '{{ .Path }} {{ .Path }}'])(
    'refuses the form %s', (form) => {
      expect(refusedFor(LINUX, { type: 'shell', inline: ['true'], execute_command: form })).toMatch(/this form of "execute_command" is not known; remove it/);
    });

  test.each(['sudo reboot', 'shutdown -r now', 'systemctl reboot', 'sleep 5 && reboot', 'nohup shutdown -r now </dev/null >/dev/null 2>&1 &', 'reboot; sleep 60', 'init 6'])(
    'makes a Reboot step of %s at the end', (reboot) => {
      const steps = shell({ inline: ['echo before', reboot, 'sleep 30'], expect_disconnect: true });
      expect(actions(steps)).toEqual(['PackerScript ExecuteBash', 'Reboot Reboot']);
      expect(commands(steps)).not.toMatch(/reboot|shutdown|init 6/);
    });

  test('refuses a restart before the end', () => {
    expect(refusedFor(LINUX, { type: 'shell', inline: ['if needs-restarting; then sudo reboot; fi', 'echo after'] })).toMatch(/restarts the machine before its end/);
    expect(actions(shell({ inline: ['echo reboot', '# reboot'] }))).toEqual(['PackerScript ExecuteBash']);
  });

  test('says which settings are dropped', () => {
    expect(noticesFor(LINUX, { type: 'shell', inline: ['true'], remote_folder: '/home', skip_clean: true, env_var_format: '%s' })).toEqual(expect.arrayContaining([
      expect.stringMatching(/^info "remote_folder" is dropped/), expect.stringMatching(/^info "skip_clean" is dropped/),
      expect.stringMatching(/^info "env_var_format" is dropped/), expect.stringMatching(/^info the script runs as root/),
    ]));
  });
});

describe('common keys', () => {
  test('pause, retries and timeout', () => {
    const [pause, script] = stepsFor(LINUX, { type: 'shell', inline: ['true'], pause_before: '1m30s', max_retries: 2, timeout: '10m' });
    expect(pause!.inputs.commands[0]).toContain('sleep 90');
    expect(script).toMatchObject({ maxAttempts: 3, timeoutSeconds: 600 });
    expect(commands(stepsFor(WINDOWS, { type: 'powershell', inline: ['1'], pause_after: '5s' }))).toContain('Start-Sleep -Seconds 5');
  });

  test('bad ones are refused where they stand', () => {
    expect(refusedFor(LINUX, { type: 'shell', inline: ['true'], timeout: 'soon' })).toMatch(/^\d+:\d+ "timeout" is no duration/);
    expect(refusedFor(LINUX, { type: 'shell', inline: ['true'], max_retries: -1 })).toMatch(/"max_retries" is -1/);
    expect(refusedFor(LINUX, { type: 'shell', inlin: ['true'] })).toMatch(/the provisioner shell has no option "inlin" that is known; did you mean "inline"/);
  });
});

describe('powershell', () => {
  const powershell = (settings: Record<string, unknown>, files: Record<string, string> = {}): Step[] =>
    stepsFor(WINDOWS, { type: 'powershell', ...settings }, {}, files);

  test('is an asset that is run with its environment and valid exit codes', () => {
    const steps = powershell({ inline: ['Write-Output 1'], environment_vars: ["NAME=it's"], valid_exit_codes: [0, 3010] });
    expect(actions(steps)).toEqual(['MakeFolder ExecutePowerShell', 'Download S3Download', 'Checksum Assert', 'PackerScript ExecutePowerShell', 'RemoveMedia ExecutePowerShell']);
    const text = commands(steps);
    expect(text).toContain("$env:NAME = 'it''s'");
    expect(text).toContain('@(0, 3010) -contains $code');
    expect(text).not.toContain('exit 3010');
  });

  test('drops SYSTEM, refuses anybody else', () => {
    expect(powershell({ inline: ['1'], elevated_user: 'SYSTEM', elevated_password: '' })).toHaveLength(5);
    expect(refusedFor(WINDOWS, { type: 'powershell', inline: ['1'], elevated_user: 'Administrator' })).toMatch(/steps run as SYSTEM, and as nobody else/);
    expect(refusedFor(WINDOWS, { type: 'powershell', inline: ['1'], execute_command: 'powershell {{ .Path }}' })).toMatch(/"execute_command"/);
  });

  test('uses PowerShell 7 where told', () => {
    expect(commands(powershell({ inline: ['1'], use_pwsh: true }))).toContain('& pwsh -NonInteractive -ExecutionPolicy Bypass -File ');
    expect(commands(powershell({ script: 'a.ps1', use_pwsh: true }, { 'a.ps1': '1' }))).toContain("& pwsh -NonInteractive -ExecutionPolicy Bypass -Command '& { ");
  });

  test('makes a Reboot step of a restart at the end', () => {
    expect(actions(powershell({ inline: ['Write-Output 1', 'Restart-Computer -Force'] })).pop()).toBe('Reboot Reboot');
    expect(refusedFor(WINDOWS, { type: 'powershell', inline: ['Restart-Computer', 'Write-Output 1'] })).toMatch(/before its end/);
  });

  test('runs on Windows only', () => {
    expect(refusedFor(WINDOWS, { type: 'shell', inline: ['true'] })).toMatch(/the provisioner "shell" runs on Linux only, and the image of "amazon-ebs" is Windows/);
  });
});

describe('windows-shell, windows-restart, windows-update', () => {
  test('a batch file runs by cmd', () => {
    expect(commands(stepsFor(WINDOWS, { type: 'windows-shell', inline: ['ver'], valid_exit_codes: 1 }))).toMatch(/& cmd\.exe \/c 'C:\\[^']*\.bat'[^]*@\(1\) -contains/);
  });

  test('a restart is a Reboot step; its checks follow', () => {
    const check = 'powershell -command "& {Write-Output \'%OS% restarted.\'}"';
    const steps = stepsFor(WINDOWS, { type: 'windows-restart', restart_timeout: '15m', restart_check_command: check, check_registry: true, restart_command: 'shutdown /r /f /t 0' });
    expect(actions(steps)[0]).toBe('Reboot Reboot');
    expect(actions(steps)).toContain('PackerScript ExecutePowerShell');
    expect(commands(steps)).toMatch(/AddSeconds\(900\)\nwhile \(\(Test-RestartPending\)[^]*Windows waits for a restart/);
    expect(commands(stepsFor(WINDOWS, { type: 'windows-restart', check_registry: true }))).toContain('AddSeconds(300)');
  });

  test.each([
    'net stop x', 'shutdown /r /t 0 && del C:\\x', 'powershell "& {Remove-Item %TEMP%; Restart-Computer -Force}"', 'shutdown /s /t 0', 'powershell -c "Restart-Computer; iisreset"',
  ])('a command that does more than restart is refused: %s', (command) => {
    expect(refusedFor(WINDOWS, { type: 'windows-restart', restart_command: command })).toMatch(/does something else than restart/);
  });

  test.each([
    'shutdown /r /f /t 0 /c "packer restart"', 'shutdown.exe -r -f -t 5 -d p:4:1', 'powershell "& {Restart-Computer -Force }"', 'powershell -NoProfile -Command Restart-Computer',
  ])('a command that restarts is taken: %s', (command) => {
    expect(actions(stepsFor(WINDOWS, { type: 'windows-restart', restart_command: command }))).toEqual(['Reboot Reboot']);
  });

  test('a script before the restart is a step, and goes on to it after errors, as PowerShell does', () => {
    const command = 'powershell -NoProfile -Command "& {(Get-Date).Ticks > C:/mark.txt; Set-Content C:/b.txt \'a;b\'; Restart-Computer -Force}"';
    const settings = { type: 'windows-restart', restart_command: command };
    const [definition] = mapJson({ builders: [WINDOWS], provisioners: [settings] }).plan.definitions;
    expect(definition!.others[0]!.steps).toMatchObject([
      { kind: 'packerScript', script: { language: 'powershell', lines: ["(Get-Date).Ticks > C:/mark.txt; Set-Content C:/b.txt 'a;b'", 'exit 0'] } },
      { kind: 'reboot' },
    ]);
    expect(actions(stepsFor(WINDOWS, settings)).at(-1)).toBe('Reboot Reboot');
  });

  test.each([
    'if ($x) { Clear-Host; Restart-Computer }', 'Write-Host \'a; Restart-Computer', 'exit 0; Restart-Computer', 'a # b; Restart-Computer', '(a; Restart-Computer',
  ])('a script that may not come to its restart is refused: %s', (body) => {
    expect(refusedFor(WINDOWS, { type: 'windows-restart', restart_command: `powershell "& {${body}}"` })).toMatch(/does something else than restart/);
  });

  test('a script runs without a preference for errors, in a PowerShell that nothing stands around', () => {
    expect(commands(stepsFor(WINDOWS, { type: 'powershell', inline: ['java -version 2>&1'] })))
      .toMatch(/^& "\$PSHOME\\powershell\.exe" -NonInteractive -ExecutionPolicy Bypass -File 'C:[^']*\.ps1'$/m);
    expect(commands(stepsFor(WINDOWS, { type: 'powershell', script: 'a.ps1' }, {}, { 'a.ps1': 'java -version 2>&1' })))
      .toMatch(/^& "\$PSHOME\\powershell\.exe" -NonInteractive -ExecutionPolicy Bypass -Command '& \{ [^{}]*; & ''C:[^']*\.ps1''; exit \$LastExitCode \}'$/m);
  });

  test('the environment of a batch file has what the variables in it have, as by `set` of cmd', () => {
    const text = commands(stepsFor(WINDOWS, { type: 'windows-shell', inline: ['ver'], environment_vars: ['TOOLS=%SystemDrive%\\tools', 'PLAIN=a'] }));
    expect(text).toContain("$env:TOOLS = [Environment]::ExpandEnvironmentVariables('%SystemDrive%\\tools')");
    expect(text).toContain("$env:PLAIN = 'a'");
    expect(commands(stepsFor(WINDOWS, { type: 'powershell', inline: ['1'], environment_vars: ['A=%B%'] }))).toContain("$env:A = '%B%'");
  });

  test('updates with wrong filters are refused where they stand', () => {
    expect(refusedFor(WINDOWS, { type: 'windows-update', filters: ['exclude:$true'] })).toMatch(/^\d+:\d+ the filters \[exclude:\$true\] of Windows Update include nothing/);
    expect(refusedFor(WINDOWS, { type: 'windows-update', filters: ['all'] })).toMatch(/the filter 'all'/);
    expect(refusedFor(WINDOWS, { type: 'windows-update', search_criteria: 'a\nb' })).toMatch(/not one line/);
  });
});

describe('file', () => {
  const destination = (steps: Step[]): string => steps.find(({ action }) => action === 'S3Download')!.inputs[0].destination;

  test.each([
    ['/etc/app.conf', '/etc/app.conf'],
    ['/etc/app/', '/etc/app/one.txt'],
    ['/tmp', '/tmp/one.txt'],
  ])('goes to %s', (given, path) => {
    expect(destination(stepsFor(LINUX, { type: 'file', source: 'one.txt', destination: given }, {}, { 'one.txt': '1' }))).toBe(path);
  });

  test('a folder goes into the destination; with a slash, over it', () => {
    const unpacked = (source: string): string => commands(stepsFor(LINUX, { type: 'file', source, destination: '/srv/www' }, {}, { 'site/index.html': '1' }));
    expect(unpacked('site')).toContain("-d '/srv/www/site'");
    expect(unpacked('site/')).toContain("-d '/srv/www'");
  });

  test('several sources, contents, and Windows', () => {
    const steps = stepsFor(WINDOWS, [
      { type: 'file', sources: ['a.txt', 'b.txt'], destination: 'C:/Windows/Temp/' },
      { type: 'file', content: 'x', destination: 'C:\\site\\index.html' },
    ], {}, { 'a.txt': 'a', 'b.txt': 'b' });
    expect(steps.filter(({ action }) => action === 'S3Download').map((step) => step.inputs[0].destination)).toEqual([
      'C:\\Windows\\Temp\\a.txt', 'C:\\Windows\\Temp\\b.txt', 'C:\\site\\index.html',
    ]);
  });

  test.each([
    [{ source: 'missing', destination: '/x' }, /there is no file "missing"/],
    [{ source: 'a', destination: '~/x' }, /no absolute path of Linux/],
    [{ source: 'a', destination: '/x', direction: 'sideways' }, /"direction" is sideways; write upload or download/],
    [{ source: 'a', destination: '/x', generated: true }, /"generated" of the provisioner file/],
    [{ destination: '/x' }, /either "source" or "content"/],
    [{ content: 'a', source: 'a', destination: '/x' }, /either "source" or "content"/],
    [{ source: 'a' }, /"destination" is missing/],
  ])('refuses %j', (settings, message) => {
    expect(refusedFor(LINUX, { type: 'file', ...settings }, {}, { a: '' })).toMatch(message);
  });
});

describe('configuration management', () => {
  const files = { 'site.yml': '- hosts: all', 'roles/web/tasks/main.yml': '', 'cookbooks/web/metadata.rb': '', 'site.pp': '', 'salt/top.sls': '', 'requirements.yml': '' };

  test('ansible and ansible-local', () => {
    const settings = { playbook_file: 'site.yml', galaxy_file: 'requirements.yml', extra_arguments: ['-e', 'a=1', '--extra-vars', '{"list":[1]}', '-v'] };
    for (const type of ['ansible', 'ansible-local']) {
      const text = commands(stepsFor(LINUX, { type, ...settings }, { ansibleVersion: '2.15.13' }, files));
      expect(text).toContain("'ansible-core==2.15.13'");
      expect(text).toContain('{"a":"1","list":[1]}');
      expect(text).toContain("install -r 'galaxy-requirements.yml'");
      expect(text).toContain("'site.yml'");
    }
  });

  test('the folder of the inventory is nothing, where no variables lie in it', () => {
    const settings = { type: 'ansible', playbook_file: 'site.yml', inventory_directory: 'inventory' };
    expect(stepsFor(LINUX, settings, {}, { ...files, 'inventory/hosts': '' })).toEqual(stepsFor(LINUX, { ...settings, inventory_directory: '' }, {}, files));
    expect(refusedFor(LINUX, settings, {}, { ...files, 'inventory/group_vars/all.yml': '' })).toMatch(/"inventory_directory" holds group_vars, .*; put the variables beside the playbook/);
  });

  test.each([
    [{ type: 'ansible', playbook_file: 'site.yml', inventory_file: 'x' }, /the only host of its inventory/],
    [{ type: 'ansible', playbook_file: 'site.yml', extra_arguments: ['--tags', 'x'] }, /the argument "--tags" has no counterpart/],
    [{ type: 'ansible', playbook_file: 'none.yml' }, /there is no file "none.yml"/],
    [{ type: 'chef-client' }, /must not register with a server/],
    [{ type: 'puppet-server' }, /must not register with a server/],
    [{ type: 'chef-solo', config_template: 'x' }, /it has no counterpart/],
    [{ type: 'puppet-masterless', manifest_file: 'site.pp', execute_command: 'x' }, /it has no counterpart/],
    [{ type: 'salt-masterless', local_state_tree: 'salt', minion_config: 'x' }, /it has no counterpart/],
    [{ type: 'shell-local', command: 'x' }, /PackerBuild/],
    [{ type: 'breakpoint' }, /waits for a person/],
    [{ type: 'shel', inline: [] }, /did you mean "shell"/],
  ])('refuses %j', (settings, message) => {
    expect(refusedFor(LINUX, settings, {}, files)).toMatch(message);
  });

  test('on Windows there is none of it', () => {
    expect(refusedFor(WINDOWS, { type: 'ansible', playbook_file: 'site.yml' }, {}, files)).toMatch(/runs on Linux only/);
  });

  test('chef, puppet and salt run without a server', () => {
    const run = (settings: Record<string, unknown>): string => commands(stepsFor(LINUX, settings, {}, files));
    expect(run({ type: 'chef-solo', cookbook_paths: ['cookbooks'], run_list: ['web'], json: { a: { b: 1 } }, skip_install: true }))
      .toMatch(/command -v 'chef-solo'[^]*"run_list":\["web"\][^]*chef-solo --no-color -c solo\.rb -j node\.json/);
    expect(run({ type: 'puppet-masterless', manifest_file: 'site.pp', facter: { role: 'web' } })).toMatch(/export FACTER_role='web'[^]*puppet apply --detailed-exitcodes 'manifests\/site\.pp'/);
    expect(run({ type: 'salt-masterless', local_state_tree: 'salt' })).toMatch(/salt-call --local .*--retcode-passthrough state\.highstate/);
  });

  test('a breakpoint that is disabled is nothing', () => {
    expect(stepsFor(LINUX, [{ type: 'breakpoint', disable: true }, { type: 'shell', inline: ['true'] }])).toHaveLength(1);
  });
});
