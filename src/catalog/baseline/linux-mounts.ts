import type { MountItem } from './linux-optional-items';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';

/** Options of the last line of fstab(5) for a path. */
const OPTIONS = "tableOptions() { awk -v path=\"$1\" '$1 !~ /^#/ && $2 == path { options = $4 } END { print options }' /etc/fstab; }";

/**
 * Lines of fstab(5): systemd mounts /dev/shm anew by them (systemd-remount-fs.service(8)), and they come before a tmp.mount of the distribution
 * (systemd.unit(5), "Unit File Load Path": generators before /usr/lib). /tmp that is a folder of the root becomes a mount of itself.
 */
export const mountOptions = (mounts: MountItem[]): Step => linuxStep('MountOptions', () => [
  OPTIONS,
  'touch /etc/fstab',
  'if [ -e /usr/lib/systemd/system/local-fs.target.wants/tmp.mount ] || systemctl is-enabled --quiet tmp.mount 2>/dev/null; then',
  "  temporary='tmpfs /tmp tmpfs rw,mode=1777,size=50% 0 0'",
  'else',
  "  temporary='/tmp /tmp none rw,bind 0 0'",
  'fi',
  'forbid() {',
  '  local path=$1 line=$2 table options=${*:3}',
  '  if [ -z "$(tableOptions "$path")" ]; then echo "$line" >> /etc/fstab; fi',
  '  table=$(mktemp)',
  "  awk -v path=\"$path\" -v options=\"$options\" 'BEGIN { n = split(options, wanted, \" \") }",
  '    $1 !~ /^#/ && $2 == path { for (i = 1; i <= n; i++) if (index("," $4 ",", "," wanted[i] ",") == 0) $4 = $4 "," wanted[i] }',
  "    { print }' /etc/fstab > \"$table\"",
  '  cat "$table" > /etc/fstab; rm -f "$table"',
  '}',
  ...mounts.map(({ path, options }) =>
    `forbid ${path} ${path === '/tmp' ? '"$temporary"' : `'tmpfs ${path} tmpfs rw 0 0'`} ${options.join(' ')}`),
]);

/** On the build instance, what the next start reads. */
export const checkMountTable = (mounts: MountItem[]): string[] => (mounts.length === 0 ? [] : [
  OPTIONS,
  'forbidden() { local option; found="$1 $(tableOptions "$1")"; for option in "${@:2}"; do case ",${found#* }," in *",$option,"*) ;; *) return 1 ;; esac; done; }',
  ...mounts.map(({ id, path, options }) => `check ${id} forbidden ${path} ${options.join(' ')}`),
]);

/** On an instance: what is mounted, and that a program there does not start. */
export const checkMounts = (mounts: MountItem[]): string[] => (mounts.length === 0 ? [] : [
  'mounted() {',
  '  local option options probe; options=$(findmnt -n -o OPTIONS --mountpoint "$1" | tail -n 1 || true); found="$1 ${options:-is no mount of its own}"',
  '  for option in "${@:2}"; do case ",$options," in *",$option,"*) ;; *) return 1 ;; esac; done',
  '  case " ${*:2} " in *" noexec "*) ;; *) return 0 ;; esac',
  '  probe=$(mktemp -p "$1"); printf "#!/bin/sh\\n" > "$probe"; chmod 0700 "$probe"',
  '  if "$probe" 2>/dev/null; then rm -f "$probe"; found="$1 starts programs"; return 1; fi',
  '  rm -f "$probe"',
  '}',
  ...mounts.map(({ id, path, options }) => `check ${id} mounted ${path} ${options.join(' ')}`),
]);
