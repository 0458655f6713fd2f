import { App, Stack } from 'aws-cdk-lib';
import { BuildSchedule, Component, LinuxBaseline, LinuxPackages, OpenScap, ParentImage, PatchedBaseImage, RoleImage, Source } from 'cdk-golden-images';

/**
 * The images of which `npx projen catalogue` takes the figures of the guide: for each profile one that is only evaluated, and one that OpenSCAP
 * hardened; and one with the set of the library. The environment says where the data streams lie.
 */
const folder = process.env.DATA_STREAMS!;

/** What a build cannot do, or only the site can say. */
const SITE = {
  cis_level1_server: {
    partition_for_dev_shm: 'systemd mounts /dev/shm, and /etc/fstab has no line for it',
    partition_for_tmp: 'Instances have one volume with one partition',
    sshd_limit_user_access: 'Who may log in is for the site to say',
    grub2_password: 'Its password is for the site to say, and only the serial console reaches the boot loader',
    journald_disable_forward_to_syslog: 'The profile wants journald with rsyslog and without it',
    journald_forward_to_syslog: 'The profile wants journald with rsyslog and without it',
    // What stands for Ubuntu here is Debian 12.
    package_pam_modules_installed: 'The versions are those of Ubuntu 24.04',
    package_pam_runtime_installed: 'The versions are those of Ubuntu 24.04',
  },
  anssi_bp28_intermediary: {
    ...Object.fromEntries(['boot', 'home', 'opt', 'srv', 'usr', 'var', 'var_log', 'var_tmp']
      .map((name) => [`partition_for_${name}`, 'Instances have one volume with one partition'])),
    grub2_password: 'Its password is for the site to say, and only the serial console reaches the boot loader',
    sudoers_explicit_command_args: 'Administrators have all commands',
    sudoers_no_root_target: 'Administrators become root',
  },
};

/** What only a machine that has started can show. */
const NOT_IN_A_CHROOT = {
  cis_level1_server: [
    'aide_periodic_checking_systemd_timer', 'service_rsyslog_enabled', 'service_systemd-journal-upload_enabled', 'service_systemd-journald_enabled',
    'socket_systemd-journal-remote_disabled', 'service_nftables_enabled', 'service_cron_enabled', 'service_timesyncd_enabled', 'logging_services_active',
    'firewall_single_service_active', 'ntp_single_service_active', 'all_apparmor_profiles_in_enforce_complain_mode', 'grub2_enable_apparmor',
    'sysctl_kernel_yama_ptrace_scope',
    ...['nodev', 'noexec', 'nosuid'].flatMap((option) => [`mount_option_dev_shm_${option}`, `mount_option_tmp_${option}`]),
  ],
  anssi_bp28_intermediary: [
    'service_auditd_enabled', 'sysctl_kernel_pid_max', 'sysctl_kernel_sysrq', 'sysctl_kernel_yama_ptrace_scope', 'mount_option_nodev_nonroot_local_partitions',
    'mount_option_tmp_noexec', 'mount_option_tmp_nosuid',
  ],
};

const stack = new Stack(new App(), 'Hardening', { env: { account: '111122223333', region: 'eu-central-1' } });
const parent = ParentImage.fromSsmParameter('/aws/service/debian/release/12/latest/amd64');
const base = new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily() });
const image = (id: string, component: Component): unknown => new RoleImage(stack, id, { parent: base, components: [component] });

// What AMIs have, and by what the benchmarks tell a machine from a container: without linux-base most rules do not apply.
image('Parent', Component.fromSteps('parent-packages', { buildSteps: [LinuxPackages.install([{ name: 'linux-base' }, { name: 'sudo' }])] }));
image('Ours', LinuxBaseline.cis());
for (const profile of Object.keys(SITE) as (keyof typeof SITE)[]) {
  const dataStream = Source.asset(`${folder}/${profile}.deb`);
  const missing = NOT_IN_A_CHROOT[profile].map((rule) => [rule, 'There is no systemd, no kernel and no mount of its own here']);
  const acceptedRules = { ...SITE[profile], ...Object.fromEntries(missing) };
  image(`Evaluated-${profile.replaceAll('_', '-')}`, OpenScap.hardening({ profile, dataStream, remediate: false }));
  image(`Hardened-${profile.replaceAll('_', '-')}`, OpenScap.hardening({ profile, dataStream, acceptedRules, reportFolder: '/var/lib/openscap' }));
}
