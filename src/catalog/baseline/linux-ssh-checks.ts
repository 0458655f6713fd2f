import type { NamedSetting } from './linux-cis-items';
import { SSHD } from './linux-stricter';

/**
 * Units by which sshd answers. Ubuntu starts it by its socket: then the service is not enabled, and active after the first connection only
 * (dev-sec/ansible-collection-hardening#763).
 */
export const SSH_UNITS = 'ssh.service sshd.service ssh.socket sshd.socket';

/**
 * Asks sshd itself, for no connection in particular and for one that each Match block is for: what stands in a block wins over all that
 * stands before it (sshd_config(5)). What GSSAPI says is asked only where sshd has it.
 */
export const checkSsh = (ssh: NamedSetting[]): string[] => (ssh.length === 0 ? [] : [
  'if command -v sshd >/dev/null; then',
  ...SSHD,
  ...CONNECTIONS,
  'sets() {',
  '  local value; value=$(of "$2"); found="$2 $value${connection:+ for $connection}"',
  '  if [ -z "$value" ] && [ "$2" = gssapiauthentication ]; then return 0; fi',
  '  asStrict "$1" "$3" "$value"',
  '}',
  'while IFS= read -r connection; do',
  '  if [ -z "$connection" ]; then effective; else effective -C "$connection"; fi',
  ...ssh.map(({ id, name, value, rule }) => `  check ${id} sets ${rule} ${name.toLowerCase()} ${value.toLowerCase()}`),
  'done < <(echo; connections)',
  'fi',
]);

/** A connection for each Match line, as `-C` takes it: the first pattern of each criterion, `1` in place of wildcards. */
const CONNECTIONS = [
  'connections() {',
  '  local user group host addr laddr lport',
  '  cat /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf 2>/dev/null | awk \'',
  '    function first(list, parts, i) {',
  '      split(list, parts, ",")',
  '      for (i = 1; i in parts; i++) if (parts[i] !~ /^!/) { gsub(/[*?]/, "1", parts[i]); sub(/\\/.*/, "", parts[i]); return parts[i] }',
  '      return "nobody"',
  '    }',
  '    tolower($1) == "match" && tolower($2) != "all" {',
  '      gsub(/"/, "")',
  '      v["user"] = "nobody"; v["group"] = "-"; v["host"] = "a.example"; v["address"] = "192.0.2.1"; v["localaddress"] = "192.0.2.2"; v["localport"] = "22"',
  '      for (i = 2; i < NF; i += 2) v[tolower($i)] = first($(i + 1))',
  '      print v["user"], v["group"], v["host"], v["address"], v["localaddress"], v["localport"]',
  '    }\' | while read -r user group host addr laddr lport; do',
  '      if [ "$group" != - ]; then user=$(getent group "$group" | cut -d: -f4 | cut -d, -f1); user=${user:-nobody}; fi',
  '      echo "user=$user,host=$host,addr=$addr,laddr=$laddr,lport=$lport"',
  '    done',
  '}',
];

/** A login that is refused: the running daemon offers no method but keys, also to an account that is not there. */
export const checkLogins = (ssh: NamedSetting[]): string[] => {
  const methods: Record<string, string> = {
    PasswordAuthentication: 'password', KbdInteractiveAuthentication: 'keyboard-interactive', GSSAPIAuthentication: 'gssapi',
  };
  const asked = ssh.filter(({ name }) => methods[name] !== undefined);
  return asked.length === 0 ? [] : [
    `listens() { local unit; for unit in ${SSH_UNITS}; do systemctl is-active --quiet "$unit" 2>/dev/null && return; done; return 1; }`,
    'if command -v ssh >/dev/null && command -v sshd >/dev/null && listens; then',
    '  effective; port=$(of port | head -n 1)',
    '  offered=$(ssh -p "$port" -o BatchMode=yes -o PreferredAuthentications=none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \\',
    '    -o ConnectTimeout=10 golden-images-nobody@127.0.0.1 true 2>&1 || true)',
    '  found=$offered',
    // Only the daemon's own answer counts: a connection that fails has refused nothing.
    '  refuses() { found=$offered; grep "Permission denied (" <<< "$offered" >/dev/null && ! grep -E "Permission denied \\(.*$1" <<< "$offered" >/dev/null; }',
    ...asked.map(({ id, name }) => `  check ${id} refuses ${methods[name]!}`),
    'fi',
  ];
};
