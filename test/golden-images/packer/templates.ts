/** Templates with everything that is written in a way of its own. */
export const LINUX = {
  'variables': { token: 'hidden-value', unused: '' },
  'sensitive-variables': ['token'],
  'builders': [{
    type: 'amazon-ebs',
    source_ami_filter: { filters: { name: 'al2023-ami-2023*-x86_64' }, owners: ['amazon'] },
    instance_type: 't3.small',
    ssh_username: 'ec2-user',
    ami_name: 'web server {{timestamp}}',
    ami_description: "The web's image",
    tags: { 'Team': 'web', 'cost-centre': '1' },
    run_tags: { a: 'b' },
    subnet_id: 'subnet-01234567',
    vpc_id: 'vpc-01234567',
    kms_key_id: 'alias/images',
    launch_block_device_mappings: [{ device_name: '/dev/xvda', volume_size: 20 }],
  }],
  'provisioners': [
    { type: 'shell', inline: ['dnf -y install nginx', "echo 'a' \"b\" \\ $HOME ${x} `date` é", 'sudo reboot'], environment_vars: ['TOKEN={{user `token`}}', 'A=it\'s'], pause_before: '5s' },
    { type: 'shell', script: 'scripts/own.py', valid_exit_codes: [0, 3], max_retries: 2, timeout: '10m' },
    { type: 'shell', inline: ['echo {{`{{braces}}`}}'], max_retries: 1 },
    { type: 'file', source: 'scripts/own.py', destination: '/opt/own.py' },
    { type: 'file', source: 'site', destination: '/opt/' },
    { type: 'file', content: 'line\n\tline', destination: '/etc/motd' },
    { type: 'ansible-local', playbook_file: 'ansible/site.yml', extra_arguments: ['--extra-vars', '{"a-b":[1,true]}'] },
    { type: 'salt-masterless', local_state_tree: 'salt', skip_bootstrap: true },
  ],
  'post-processors': ['vagrant'],
};

export const WINDOWS = {
  builders: [
    { type: 'amazon-ebs', name: 'web', source_ami: 'ami-0123456789abcdef0', communicator: 'winrm', ami_name: 'web', security_group_id: 'sg-01234567' },
    { type: 'amazon-ebs', name: 'core', source_ami: 'ami-0123456789abcdef1', communicator: 'winrm', ami_name: 'core' },
    { type: 'docker', image: 'x' },
  ],
  provisioners: [
    { type: 'windows-update', update_limit: 10 },
    { type: 'powershell', inline: ["Write-Output 'ü'", 'exit 0'], use_pwsh: true },
    { type: 'powershell', inline: ['Install-WindowsFeature Web-Server'], only: ['web'] },
    { type: 'windows-shell', inline: ['echo %PATH%', 'ver'] },
    { type: 'windows-restart', restart_check_command: 'echo up', check_registry: true },
  ],
};

export const FILES = {
  'scripts/own.py': '#!/usr/bin/env python3\nprint("x")\n',
  'site/index.html': 'x',
  'ansible/site.yml': '- hosts: all\n',
  'ansible/roles/web/tasks/main.yml': '[]\n',
  'salt/top.sls': '',
};
