/** What a boot loader would start. Paths are those of the disk. */
export interface BootPlan {
  readonly kernel: string;
  readonly initrd: string;
  /** Arguments of the kernel. */
  readonly args: readonly string[];
}

/**
 * Plays the boot loader: the first entry of GRUB's configuration where there is one, so that what a step changed there has its effect at the
 * next boot; else the newest kernel, without arguments. `config` is the text of /boot/grub/grub.cfg, `names` are those in /boot.
 */
export function bootPlan(config: string | undefined, names: readonly string[]): BootPlan | undefined {
  return (config === undefined ? undefined : firstEntry(config)) ?? newest(names);
}

function firstEntry(config: string): BootPlan | undefined {
  const [, kernel, words = ''] = /^[ \t]*linux[ \t]+(\S+)([ \t].*)?$/m.exec(config) ?? [];
  const [, initrd] = /^[ \t]*initrd[ \t]+(\S+)/m.exec(config) ?? [];
  return kernel === undefined || initrd === undefined ? undefined : { kernel, initrd, args: words.split(/\s+/).filter((each) => each !== '') };
}

function newest(names: readonly string[]): BootPlan | undefined {
  const versions = names.filter((name) => name.startsWith('vmlinuz-')).map((name) => name.slice('vmlinuz-'.length))
    .filter((version) => names.includes(`initrd.img-${version}`))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const version = versions.at(-1);
  return version === undefined ? undefined : { kernel: `/boot/vmlinuz-${version}`, initrd: `/boot/initrd.img-${version}`, args: [] };
}
