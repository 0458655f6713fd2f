import { readFileSync, statSync } from 'node:fs';
import type { PlatformName } from '../../plan';
import type { Block, Setting } from '../../template/model';
import { localPath } from '../local-path';
import type { Values } from '../values';

/** What opens a communicator, and nothing else. */
const BOOTSTRAP = /winrm|wsman|openssh|sshd?\b|authorized_keys|5985|5986|remote management|selfsignedcertificate/i;
/** What does more than that. */
const MORE = /\b(?:install-(?:package|module|windowsfeature)|add-windowscapability|msiexec|choco|apt-get|yum|dnf|invoke-webrequest|curl|wget)\b/i;

/** A script as user data, which becomes the provisioner before the others. What only opens WinRM or SSH is not needed; other formats are refused. */
export function userDataScript(values: Values, platform: PlatformName): Block[] {
  const name = values.setting('user_data_file') ? 'user_data_file' : 'user_data';
  const given = values.text(name);
  const text = given === undefined || name === 'user_data' ? given : readUserData(given, values);
  if (text === undefined || BOOTSTRAP.test(text) && !MORE.test(text)) return [];
  const script = platform === 'Windows' ? windowsScript(text) : linuxScript(text);
  if (script === undefined) {
    values.fail(name, 'the user data does more than open WinRM or SSH, and is no script that runs once', 'put what it does into a provisioner before the others, and remove it');
    return [];
  }
  const at = values.place(name);
  values.part.inform(at, 'the user data is the first step of the image; there it has to succeed, which Packer does not look at');
  const settings = Object.entries(script.settings).map(([option, value]) => [option, { at, kind: 'scalar', value }] as const satisfies readonly [string, Setting]);
  return [{ type: script.type, at, settings: new Map<string, Setting>(settings) }];
}

interface Script {
  readonly type: 'shell' | 'powershell' | 'windows-shell';
  readonly settings: Readonly<Record<string, string>>;
}

/** EC2 user guide, "Run commands when you launch an EC2 instance with user data input". */
function linuxScript(text: string): Script | undefined {
  const [, interpreter, rest] = /^#!\s*(\S[^\r\n]*)\r?\n([^]*)$/.exec(text) ?? [];
  return interpreter === undefined ? undefined : { type: 'shell', settings: { inline: rest!, inline_shebang: interpreter.trim() } };
}

/** EC2 user guide, "How Amazon EC2 handles user data for Windows instances". */
function windowsScript(text: string): Script | undefined {
  const [, tag, script, rest] = /^\s*<(powershell|script)>([^]*)<\/\1>([^]*)$/i.exec(text) ?? [];
  if (tag === undefined || !/^(?:<persist>\s*false\s*<\/persist>)?$/i.test(rest!.trim())) return undefined;
  return { type: tag.toLowerCase() === 'script' ? 'windows-shell' : 'powershell', settings: { inline: script! } };
}

function readUserData(path: string, values: Values): string | undefined {
  const found = localPath(path, values.place('user_data_file'), values.part);
  if (found === undefined) return undefined;
  if (statSync(found).isFile() && statSync(found).size <= 65_536) return readFileSync(found, 'utf8');
  return values.fail('user_data_file', 'this is no file of user data', 'name a file of up to 16 KB');
}
