/** Where the settings of the Linux hardening lie. */
export const SYSCTL_FILE = '/etc/sysctl.d/zz-golden-images-cis.conf';
export const MODULES_FILE = '/etc/modprobe.d/golden-images-cis.conf';
export const SSH_FILE = '/etc/ssh/sshd_config.d/00-golden-images-cis.conf';
/** Read after the files of its folder `pwquality.conf.d` (pwquality.conf(5)): what stands here wins. */
export const PASSWORDS_FILE = '/etc/security/pwquality.conf';
export const AUDIT_FILE = '/etc/audit/rules.d/golden-images-cis.rules';
export const GRUB_FILE = '/etc/default/grub.d/zz-golden-images-cis.cfg';
