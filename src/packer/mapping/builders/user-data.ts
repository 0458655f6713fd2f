import { readFileSync, statSync } from 'node:fs';
import { localPath } from '../local-path';
import type { Values } from '../values';

/** What opens a communicator, and nothing else. */
const BOOTSTRAP = /winrm|wsman|openssh|sshd?\b|authorized_keys|5985|5986|remote management|selfsignedcertificate/i;
/** What does more than that. */
const MORE = /\b(?:install-(?:package|module|windowsfeature)|msiexec|choco|apt-get|yum|dnf|invoke-webrequest|curl|wget)\b/i;

/** User data that only opens WinRM or SSH is not needed; of anything else we cannot know what it is for. */
export function checkUserData(values: Values): void {
  const name = values.setting('user_data_file') ? 'user_data_file' : 'user_data';
  const given = values.text(name);
  const text = given === undefined || name === 'user_data' ? given : readUserData(given, values);
  if (text !== undefined && (!BOOTSTRAP.test(text) || MORE.test(text))) {
    values.fail(name, 'the user data does more than open WinRM or SSH', 'put what it does into a provisioner before the others, and remove it');
  }
}

function readUserData(path: string, values: Values): string | undefined {
  const found = localPath(path, values.place('user_data_file'), values.part);
  if (found === undefined) return undefined;
  if (statSync(found).isFile() && statSync(found).size <= 65_536) return readFileSync(found, 'utf8');
  return values.fail('user_data_file', 'this is no file of user data', 'name a file of up to 16 KB');
}
