/** What tells of the build instance, by what it is: patterns of paths. */
export type Traces = Readonly<Record<string, readonly string[]>>;

/** Of every home in /etc/passwd, and of those that are there without an account. */
export const HOME_TRACES: Traces = {
  'authorized keys': ['.ssh/authorized_keys', '.ssh/authorized_keys2'],
  'credentials': [
    '.ssh/id_*', '.ssh/identity', '.aws/credentials', '.aws/sso/cache/*', '.aws/cli/cache/*', '.netrc', '.docker/config.json', '.git-credentials', '.pgpass',
    '.my.cnf', '.npmrc', '.pypirc', '.kube/config', '.config/gcloud', '.azure',
  ],
  'histories': [
    'bash_history', 'zsh_history', 'python_history', 'lesshst', 'viminfo', 'wget-hsts', 'mysql_history', 'psql_history', 'node_repl_history', 'sqlite_history',
  ].map((name) => `.${name}`),
};

/**
 * Of the system. Image Builder works in /tmp while a component runs: that is left to its own clean-up. Of cloud-init go the folders that tell
 * of an instance, as in amazon-eks-ami's `cleanup.sh`; scripts for each boot stay (canonical/cloud-init#3227). The state of the ECS agent
 * holds the identity of the build instance (aws/amazon-ecs-agent#2738).
 */
export const SYSTEM_TRACES: Traces = {
  'ssh host keys': ['/etc/ssh/ssh_host_*_key', '/etc/ssh/ssh_host_*_key.pub', '/etc/ssh/ssh_host_*_key-cert.pub'],
  'package caches': ['/var/cache/dnf/*', '/var/cache/yum/*', '/var/cache/apt/*.bin', '/var/cache/apt/archives/*.deb', '/var/lib/apt/lists/*_*'],
  'network leases': [
    '/var/lib/dhcp/*.leases', '/var/lib/dhclient/*lease*', '/var/lib/dhcpcd/*.lease*', '/var/lib/NetworkManager/*lease*', '/var/lib/NetworkManager/secret_key',
  ],
  'seeds and secrets of systemd': ['/var/lib/systemd/random-seed', '/var/lib/systemd/credential.secret'],
  'old logs': ['/var/log/*.gz', '/var/log/*.[0-9]', '/var/log/*/*.gz', '/var/log/*/*.[0-9]'],
  'state of the ECS agent': ['/var/lib/ecs/data/*'],
  'subscriptions': ['/var/lib/ubuntu-advantage/private/*', '/etc/pki/consumer/*.pem', '/etc/pki/entitlement/*.pem'],
  'identities of storage': ['/etc/nvme/hostid', '/etc/nvme/hostnqn'],
};

/** Left out where the user asked Image Builder to leave them alone, too (user guide, "Override the Linux clean up script"). */
export const CLOUD_INIT_TRACES: Traces = {
  'cloud-init state': ['/var/lib/cloud/data', '/var/lib/cloud/instance', '/var/lib/cloud/instances', '/var/lib/cloud/sem', '/var/log/cloud-init*.log'],
};

/** Left out where journald does not let go of them. */
export const JOURNALS: Traces = { journals: ['/var/log/journal/*'] };
