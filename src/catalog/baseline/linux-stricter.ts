/**
 * Of our value and the parent's, the stricter one; ours where the parent's is none. For bash: `RULE OURS PARENT`. A number that switches a
 * limit off (0) is the weakest.
 */
export const STRICTER = [
  'exactly() { echo "$1"; }',
  'atMost() { case "$2" in "" | 0 | *[!0-9]*) echo "$1" ;; *) if [ "$2" -lt "$1" ]; then echo "$2"; else echo "$1"; fi ;; esac; }',
  'atLeast() { case "$2" in "" | *[!0-9]*) echo "$1" ;; *) if [ "$2" -gt "$1" ]; then echo "$2"; else echo "$1"; fi ;; esac; }',
  'mask() { case "$2" in "" | *[!0-7]*) printf "%03o\\n" "0$1" ;; *) printf "%03o\\n" "$(( 0$1 | 0$2 ))" ;; esac; }',
  // Three numbers: from the first on, the second in a hundred are refused, and all from the third on (sshd_config(5), MaxStartups).
  'startups() {',
  '  local ours parent; IFS=: read -ra ours <<< "$1"; IFS=: read -ra parent <<< "$2"',
  '  if [ "${#parent[@]}" -ne 3 ]; then echo "$1"; return; fi',
  '  echo "$(atMost "${ours[0]}" "${parent[0]}"):$(atLeast "${ours[1]}" "${parent[1]}"):$(atMost "${ours[2]}" "${parent[2]}")"',
  '}',
  // Whether a value is ours or stricter: RULE OURS VALUE.
  'asStrict() { [ "$("$1" "$2" "$3")" = "$("$1" "$3" "$3")" ]; }',
];

/** A file of settings of which the last one counts. */
interface SettingsFile {
  readonly file: string;
  /** Bash function that gives the value of a name. */
  readonly read: string;
  /** Regular expression of what stands behind a name. */
  readonly after: string;
  /** What is written between name and value. */
  readonly between: string;
  /** Whether names in capitals and in small letters are the same. */
  readonly ignoresCase?: boolean;
}

/** The bash function `setting RULE NAME VALUE`: leaves the stricter value in the file, and no other of that name. */
export const settingIn = ({ file, read, after, between, ignoresCase }: SettingsFile): string[] => [
  'setting() {',
  `  local value; value=$("$1" "$3" "$(${read} "$2")")`,
  `  sed -Ei "/^[[:space:]]*$2${after}/${ignoresCase ? 'I' : ''}d" ${file}`,
  `  echo "$2${between}$value" >> ${file}`,
  '}',
];

/** What sshd would do, for a connection that `-C` describes too. It wants a host key, which a cleaned image has not, and its folder. */
export const SSHD = [
  // A kind of key that FIPS allows (canonical/cloud-init#4109).
  'effective() {',
  '  local keys; keys=$(mktemp -d); ssh-keygen -q -t ecdsa -N "" -f "$keys/key"; mkdir -p /run/sshd',
  '  settings=$("$(command -v sshd)" -T -h "$keys/key" "$@"); settings=${settings,,}; rm -rf "$keys"',
  '}',
  'of() { sed -n "s/^$1 //p" <<< "$settings"; }',
];
