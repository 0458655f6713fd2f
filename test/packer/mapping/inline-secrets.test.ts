import { spawnSync } from 'node:child_process';
import { imported, LINUX, refused } from './helper';
import { RuntimeSecret } from '../../../src/component';
import { MARK, quotingOf } from '../../../src/packer/mapping/scripts/shell-quoting';

const secrets = { 'api key': RuntimeSecret.parameterName('/web/key'), 'token': RuntimeSecret.parameterName('/web/token') };
const template = (inline: string[], settings: Record<string, unknown> = {}): Record<string, unknown> => ({
  'variables': { 'token': 'hunter2-token', 'api key': 'hunter2-key' },
  'sensitive-variables': ['token', 'api key'],
  'builders': [LINUX],
  'provisioners': [{ type: 'shell', inline, ...settings }],
});
const TOKEN = '{{user `token`}}';
const KEY = '{{user `api key`}}';

/** The commands with secrets of these values, run as the agent would, with an AWS CLI that has them. */
function run(inline: string[], value: string, settings: Record<string, unknown> = {}): string {
  return imported(template(inline, settings), ({ steps }) => {
    const [command] = steps()[0]!.inputs.commands as string[];
    expect(command).not.toContain('hunter2');
    const aws = 'aws() { case "$*" in *"/web/token"*) printf "%s" "$STORED" ;; *) printf key ;; esac; }; export -f aws';
    const { stdout, stderr, status } = spawnSync('bash', ['-c', `${aws}\n${command}`], { encoding: 'utf8', env: { ...SHELL, STORED: value } });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  }, { secrets });
}

/** Without SHLVL, bash takes a socket as its input for a remote login, and reads ~/.bashrc. */
const SHELL = { PATH: process.env.PATH, SHLVL: '1' };
const HOSTILE = 'it\'s "$HOME" `id` \\n $(id) * ; & | # x\ty  ${PATH} \\\\ !';

describe('sensitive variables in the commands of a shell provisioner', () => {
  test.each([
    ['between single quotes', [`printf '<%s>' 'a${TOKEN}b'`], `<a${HOSTILE}b>`],
    ['between double quotes', [`printf '<%s>' "a${TOKEN}b"`], `<a${HOSTILE}b>`],
    ['without quotes', [`printf '<%s>' --token=${TOKEN} ${KEY}`], `<--token=${HOSTILE}><key>`],
    ['in an assignment', [`X=${TOKEN}`, 'printf "<%s>" "$X"'], `<${HOSTILE}>`],
    ['in a here-document', ['cat <<END', `"${TOKEN}" $((1 + 1)) it's`, 'END', `printf '%s' '${KEY}'`], `"${HOSTILE}" 2 it's\nkey`],
    ['behind one with a quoted end', ["cat <<-'END'", "\tit's $HOME", '\tEND', `printf '%s' '${TOKEN}'`], `it's $HOME\n${HOSTILE}`],
    ['in commands in commands', [`printf '<%s>' "$(printf '%s' "a b" '${TOKEN}' # it's\n)"`], `<a b${HOSTILE}>`],
    ['behind comments, quotes and escapes', ["# don't", 'echo it\\\'s "\\"" "${HOME#/}" a#\'b\' >/dev/null', `case x in x) printf '%s' "${TOKEN}" ;; esac`], HOSTILE],
    ['twice', [`printf '%s|' '${TOKEN}' "${TOKEN}"`], `${HOSTILE}|${HOSTILE}|`],
  ])('%s are read on the instance, whatever is in them', (_, inline, output) => {
    expect(run(inline, HOSTILE)).toBe(output);
    expect(run(inline, HOSTILE, { inline_shebang: '/bin/bash -e' })).toBe(output);
  });

  test('have names that stand nowhere else', () => {
    expect(run([`printf '%s|%s' "$SECRET_TOKEN" '${TOKEN}'`], 'x', { environment_vars: ['SECRET_TOKEN=mine'] })).toBe('mine|x');
  });

  test('are said to be no more masked, and one word where they have no quotes', () => {
    imported(template([`login '${TOKEN}'`, `login --key ${KEY}`]), ({ notices }) => {
      expect(notices).toContainEqual(expect.stringMatching(/^info \S+ "token" is fetched on the instance.* where Packer masks it$/));
      expect(notices).toContainEqual(expect.stringMatching(/^warning \S+ "api key" is fetched .*it is one word/));
    }, { secrets });
  });

  test.each([
    ['a here-document with a quoted end', ["cat <<'END'", TOKEN, 'END']],
    ['behind a backslash', [`echo \\${TOKEN}`]],
    ['behind a dollar', [`echo "$${TOKEN}"`]],
    ['behind a dollar or the name of a variable', [`echo $HOME${TOKEN}`]],
    ['in or behind an expansion', [`echo \${X:-${TOKEN}}`]],
    ['between backquotes', [`echo \`login ${TOKEN}\``]],
    ['where a command or a list of words stands', ['echo one', TOKEN]],
    ['where a command or a list of words stands', [`if true; then X=1 ${TOKEN} --all; fi`]],
    ['where a command or a list of words stands', [`for each in a ${TOKEN}; do echo "$each"; done`]],
    ['differently, or arithmetic', [`echo $((1 + ${TOKEN}))`]],
    ['behind what is not read', [`echo "$(case x in x) echo ';' ;; esac)" '${TOKEN}'`]],
    ['behind what sh and bash read differently', [`echo $'it\\'s' '${TOKEN}'`]],
    ['whose end is not plain', ['cat <<"a b"', 'a b', `echo '${TOKEN}'`]],
  ])('%s: they are refused, with what to do', (where, inline) => {
    const error = refused(template(inline), { secrets });
    expect(error).toContain(where);
    expect(error).toContain('"environment_vars" or "env", and write "$NAME" there');
    expect(error).not.toContain('hunter2');
  });

  test.each([
    [[`login '${TOKEN}'`], {}, {}, /"token" is sensitive and bound to no secret/],
    [['login {{user `token` | upper}}'], { secrets }, {}, /computed from the sensitive variable/],
    [[`login '${TOKEN}' {{timestamp}}`], { secrets }, {}, /a value that only the build knows/],
    [[`print('${TOKEN}')`], { secrets }, { inline_shebang: '/usr/bin/python3' }, /would stand in a document/],
  ])('%j are refused', (inline, options, settings, message) => {
    expect(refused(template(inline, settings), options)).toMatch(message);
  });
});

test('quotes are read as bash and sh read them, in random scripts', () => {
  const pieces = ['a', ' ', "'", '"', '\\', '#', '\n', '$(', ')', '`', ';', '${X}', MARK, MARK];
  let seed = 7;
  const next = (): number => (seed = (seed * 48271) % 2147483647);
  const value = 'v"\'$x';
  let judged = 0;
  for (let round = 0; round < 6000; round++) {
    const body = Array.from({ length: 1 + next() % 9 }, () => pieces[next() % pieces.length]).join('');
    const script = `printf '<%s>' x${body}`;
    const places = placesOrNone(script);
    if (places === undefined || !places.includes('single') && !places.includes('expanded')) continue;
    let index = 0;
    const written = script.replaceAll(MARK, () => ({ bare: '"${S}"', single: '\'"${S}"\'', expanded: '${S}' })[places[index++]!]);
    const plain = script.replaceAll(MARK, 'PLAIN');
    for (const shell of ['bash', 'sh']) {
      const [ours, packers] = [spawnSync(shell, ['-c', written], { encoding: 'utf8', env: { SHLVL: '1', S: 'PLAIN' } }), spawnSync(shell, ['-c', plain], { encoding: 'utf8', env: { SHLVL: '1' } })];
      expect([script, ours.stdout, ours.status]).toEqual([script, packers.stdout, packers.status]);
      const hostile = spawnSync(shell, ['-c', written], { encoding: 'utf8', env: { SHLVL: '1', S: value } });
      expect([script, hostile.stdout, hostile.status]).toEqual([script, packers.stdout.replaceAll('PLAIN', () => value), packers.status]);
    }
    if (++judged === 24) return;
  }
  throw new Error(`only ${judged} scripts were judged`);
});

function placesOrNone(script: string): ReturnType<typeof quotingOf> | undefined {
  try {
    return quotingOf(script);
  } catch {
    return undefined;
  }
}
