/** Where the settings of the Linux hardening lie. */
export const SYSCTL_FILE = 'zz-golden-images-cis';
export const MODULES_FILE = '/etc/modprobe.d/golden-images-cis.conf';
export const SSH_FILE = '/etc/ssh/sshd_config.d/00-golden-images-cis.conf';
export const PASSWORDS_FILE = '/etc/security/pwquality.conf.d/golden-images-cis.conf';
export const AUDIT_FILE = '/etc/audit/rules.d/golden-images-cis.rules';
