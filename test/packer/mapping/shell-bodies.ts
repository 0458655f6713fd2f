/** A provisioner `shell`: commands, or a file with its text. */
export interface ShellBody {
  readonly inline?: readonly string[];
  readonly file?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

const inline = (...commands: string[]): ShellBody => ({ inline: commands });
const file = (...lines: string[]): ShellBody => ({ file: lines.map((line) => `${line}\n`).join('') });
const HOSTILE = 'it\'s "50 %" of $HOME, `id`, \\n, {, ü; & | > < *';

/** Scripts that end in every way that Packer and ours could tell apart, by what they do. */
export const SHELL_BODIES: Readonly<Record<string, ShellBody>> = {
  'commands that do well': inline('echo one', 'echo two'),
  'the first that fails': inline('echo one', 'false', 'echo two'),
  'one that fails in a condition': inline('if false; then echo yes; else echo no; fi', 'false || echo or', '! true', 'echo on'),
  'one that fails within &&': inline('false && echo and', 'echo on'),
  'one that fails in a pipeline': inline('false | cat', 'echo on'),
  'the last of a pipeline that fails': inline('echo a | (cat; exit 4)', 'echo on'),
  'a subshell that fails': inline('(echo in; exit 7)', 'echo on'),
  'a substitution that fails': inline('a=$(echo in; exit 8)', 'echo on'),
  'a function that fails': inline('f() { false; echo in; }', 'f', 'echo on'),
  'a function that fails in a condition': inline('f() { false; echo in; }', 'f || echo no', 'echo on'),
  'a command that is not there': inline('nothing-of-that-name', 'echo on'),
  'a file that does not run': inline('touch plain', './plain', 'echo on'),
  'exit 3': inline('echo a', 'exit 3', 'echo on'),
  'exit 3, which is valid': { ...inline('exit 3'), settings: { valid_exit_codes: [0, 3] } },
  '0, which is not': { ...inline('true'), settings: { valid_exit_codes: [3] } },
  'the code that restarts, as any other': { ...inline('exit 194'), settings: { valid_exit_codes: [0, 194] } },
  'a trap at the end': inline('trap "echo last" EXIT', 'false', 'echo on'),
  'a signal': inline('echo a', 'kill -9 $$', 'echo on'),
  'set +e': inline('set +e', 'false', 'echo on'),
  'variables that are not set': inline('echo "<$NOT_SET>"'),
  'what does not parse': inline('echo a', 'if true; then', 'echo on'),
  'commands over several items': inline('for i in 1 2; do', '  echo "$i"', 'done', 'cat <<EOF', 'here $((1 + 1))', 'EOF'),
  'hostile texts': inline(`printf '%s\\n' '${HOSTILE.replaceAll("'", "'\\''")}'`, 'echo "\\\\"', "printf '%s' '$(id)'"),
  'nothing on its input': inline('read -r line || echo "nothing<$line>"'),
  'its error stream': inline('echo out', 'echo err >&2', 'echo out'),
  'arguments': inline('echo "$#"'),
  'an environment with hostile values': {
    ...inline('printf "<%s>\\n" "$HOSTILE" "$EMPTY" "$LINES_OF_IT"', 'env | grep -c "^HOSTILE="'), environment: { HOSTILE, EMPTY: '', LINES_OF_IT: 'one\ntwo' },
  },
  'what Packer says of the build': inline('echo "$PACKER_BUILD_NAME $PACKER_BUILDER_TYPE"'),
  'an environment by a file': { ...inline('echo "$A"'), environment: { A: "it's" }, settings: { use_env_var_file: true } },
  'bash, by inline_shebang': { ...inline('a=(1 2)', 'echo "${#a[@]}"', 'false', 'echo on'), settings: { inline_shebang: '/bin/bash' } },
  'bash -e, by inline_shebang': { ...inline('set -o pipefail', 'echo a', 'false | cat', 'echo on'), settings: { inline_shebang: '/bin/bash -e' } },
  'env bash, by inline_shebang': { ...inline('echo "${BASH_VERSION:+bash}"'), settings: { inline_shebang: '/usr/bin/env bash' } },
  'a file by its first line': file('#!/bin/bash', 'set -u', 'a=(1 2 3)', 'echo "${#a[@]}"'),
  'a file by its first line, which goes on': file('#!/bin/sh', 'false', 'echo on'),
  'a file by its first line, with -e': file('#!/bin/sh -e', 'false', 'echo on'),
  'a file without a first line, in bash': file('a=(1 2)', 'echo "${#a[@]} ${BASH_VERSION:+bash}"', 'false', 'echo on'),
  'a file that another program runs': file('#!/usr/bin/env -S sh -x', 'echo on'),
  'a file of Windows': { file: '#!/bin/sh\r\nset -e\r\necho a\r\nexit 5\r\n' },
  'a file without its last line end': { file: '#!/bin/sh\necho a\nfalse' },
  'a file with nothing in it but a comment': file('#!/bin/sh', '# nothing'),
  'a shell that execute_command names': { ...file('a=(1 2)', 'false', 'echo "${#a[@]}"'), settings: { execute_command: "{{ .Vars }} bash -e '{{ .Path }}'" } },
  'env that execute_command names': {
    ...file('#!/bin/bash', 'echo "$A ${BASH_VERSION:+bash}"', 'false'), environment: { A: 'a b' }, settings: { execute_command: 'chmod +x {{ .Path }}; env {{ .Vars }} {{ .Path }}' },
  },
  'a file without a first line, by env': { ...file('echo "<${BASH_VERSION:+bash}>"'), settings: { execute_command: 'env {{ .Vars }} {{ .Path }}' } },
};
