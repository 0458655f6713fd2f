import type { Setting } from '../../template/model';
import { present } from '../present';
import { textOf } from '../text';
import type { Values } from '../values';

/** A shell with its options, or PowerShell of Linux. */
const INTERPRETER = /^((?:\/usr\/bin\/env\s+|\/(?:usr\/(?:local\/)?)?bin\/)?(?:(?:ba|da|k|z)?sh(?:\s+-[a-z]+|\s+-o\s+\w+)*|pwsh\s+-f(?:ile)?))?\s*PATH$/;
const PATH = /\{\{\s*\.Path\s*\}\}/g;

/** What an `execute_command` asks for beyond what we do. */
export interface Execution {
  /** Program that runs the script; none is the script's own. */
  readonly interpreter?: string;
  /** Words that the script is given; none where there are none. */
  readonly arguments?: string;
}

/** Takes apart the forms that make the script root's, which it is here: `{{ .Vars }} sudo -E -S bash -eux '{{ .Path }}'` and its like. */
export function executionOf(values: Values): Execution {
  const setting = values.setting('execute_command');
  if (setting === undefined) return {};
  return executionBy((setting.kind === 'list' ? setting.value.map((item) => visible(item, values)).join(' ') : visible(setting, values)).trim(), values);
}

/** Root with and without sudo, as `golden-images render` writes it. */
const EITHER = /^if \[ "\$\(id -u\)" = 0 \]; then (?<root>.+); else (?<other>.+); fi$/;

/** Removes the script after it, which Image Builder does. */
const REMOVED = /(?<!\s)\s*;\s*(?:sudo\s+)?rm\s+(?:-[rf]+\s+)*["']?\{\{\s*\.Path\s*\}\}["']?\s*;?$/;

/** Words that mean to a shell what they are. */
const ARGUMENTS = /(?<=\{\{\s*\.Path\s*\}\}["']?)((?:\s+[\w./=:,@+%-]+)+)(?=\s*["']?$)/;

function executionBy(whole: string, values: Values): Execution {
  const given = ARGUMENTS.exec(whole)?.[1]?.trim();
  const command = whole.replace(ARGUMENTS, '');
  const { root, other } = EITHER.exec(command)?.groups ?? {};
  if (root !== undefined && other !== undefined) {
    const [one, two] = [executionBy(root, values), executionBy(other, values)];
    if (one.interpreter !== two.interpreter || one.arguments !== two.arguments) values.fail('execute_command', 'root and others run the script differently', 'write one command');
    return one;
  }
  if (REMOVED.test(command)) values.part.warn(values.place('execute_command'), 'a script that fails fails the build; in Packer the exit code of this "execute_command" is that of rm');
  const rest = [
    REMOVED,
    /^echo\s+(?:'[^']*'|"[^"]*"|[^\s|]+)\s*\|(?=.*\bsudo\b)\s*/,
    /chmod\s+\+?[\w+]+\s+["']?\{\{\s*\.Path\s*\}\}["']?\s*(?:;|&&)/,
    /(?:(?<![\w./-])(?:\/usr\/bin\/)?env\s+)?\{\{\s*\.Vars\s*\}\}/,
    /(?:^|\s)(?:source|\.)\s+\{\{\s*\.EnvVarFile\s*\}\}\s*(?:;|&&)/,
    /\bsudo\b(?:\s+(?:-[ESHnikP]+|--(?:preserve-env|stdin|login|non-interactive|set-home)|-u\s+root|--user[= ]root|--))*/,
    /\bsu\s+(?:-m?\s+)?root\b/,
    /\benv\b(?!\s+\w*sh)/,
    /\s-c\b/,
  ].reduce((text, pattern) => text.replace(pattern, ' '), command.replace(/\$\(command -v (\w+)\)/, '$1')).replace(/["']/g, ' ').replace(PATH, ' PATH ').trim();
  const [, interpreter] = INTERPRETER.exec(rest.replace(/\{\{\s*\.Vars\s*\}\}/, '').trim()) ?? [];
  if (!/^(?:.*\s)?PATH$/.test(rest) || rest !== 'PATH' && interpreter === undefined) {
    values.fail('execute_command', 'this form of "execute_command" is not known', "remove it: scripts run as root; a shell is chosen by 'bash -e {{ .Path }}' or by the script's first line");
  }
  return present({ interpreter: interpreter?.replace(/\s+/g, ' '), arguments: given });
}

/** A password for sudo may stand in it, which is not needed. */
function visible(setting: Setting, { part }: Values): string {
  if (setting.kind !== 'secret') return textOf(setting, 'execute_command', part) ?? '{{ .Path }}';
  return (setting.value.parts ?? []).map((each) => (typeof each === 'string' ? each : 'secret')).join('');
}
