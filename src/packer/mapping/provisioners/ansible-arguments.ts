import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import type { Position } from '../../template/model';
import { localPath } from '../local-path';
import { textOf } from '../text';
import type { Values } from '../values';

/** Arguments that say how much is shown, which is the log's matter. */
const QUIET = /^(?:-v+|--verbose|--diff|-D|--become|-b)$/;
/** Arguments with a value that say how the machine is reached: the playbook runs on it. */
const CONNECTION = /^(?:--(?:scp-extra-args|sftp-extra-args|ssh-extra-args|ssh-common-args|user|private-key|key-file|connection|timeout|forks)|-[ucTf])(?:=|$)/;
/** Variables of the environment for the connection, the output, or the machine of Packer. */
const DROPPED = /^(?:ANSIBLE_(?:SSH|SCP|SFTP|HOST_KEY|PARAMIKO|PERSISTENT|REMOTE_USER|REMOTE_T[A-Z]+|LOCAL_TEMP|TIMEOUT|FORKS|PIPELINING|NOCOWS|NOCOLOR|FORCE_COLOR|STDOUT|CALLBACK|DISPLAY|DEPRECATION|LOG|RETRY|HOME|CONFIG_FILE)|PYTHONUNBUFFERED|no_proxy$)/;
/** The program itself: as root, which the step is, and with its output at once. */
const PROGRAM = /^(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+)?(?:(?:ANSIBLE_\w+|PYTHON\w+)=\S*\s+)*(?:[\w.~/-]*\/)?ansible-playbook(?:\s+-v+)*$/;

type Variables = Array<[string, unknown]>;

/** The variables of `--extra-vars`: JSON, `name=value`, or a file of them; other arguments are refused. */
export function extraVarsOf(values: Values): Record<string, unknown> | undefined {
  const items = values.list('extra_arguments').map((item) => ({ at: item.at, text: textOf(item, 'extra_arguments', values.part) ?? '-v' }));
  const given: Variables = [];
  for (let index = 0; index < items.length; index++) {
    const { at, text } = items[index]!;
    const [, inline] = /^(?:--extra-vars=|-e(?!=)|-e=)(.+)$/s.exec(text) ?? [];
    const separate = text === '--extra-vars' || text === '-e';
    const ofConnection = CONNECTION.test(text);
    if (separate || ofConnection && !text.includes('=')) index += 1;
    const value = inline ?? (separate ? items[index]?.text : undefined);
    if (value !== undefined) given.push(...assignments(value, at, values));
    else if (ofConnection) values.part.inform(at, `the argument "${text.slice(0, 60)}" is dropped: the playbook runs on the instance, without a connection`);
    else if (text !== '' && !QUIET.test(text)) values.fail('extra_arguments', `the argument "${text.slice(0, 60)}" has no counterpart`, 'write it into the playbook');
  }
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** The program that runs the playbook. */
export function checkCommand(values: Values): void {
  const command = values.text('command');
  if (command !== undefined && !PROGRAM.test(command.trim())) {
    values.fail('command', '"command" is no ansible-playbook, and Ansible has a Python environment of its own', 'remove it; what else it does, write as a script before');
  }
}

/** Ansible has an environment of its own: what a playbook would read of another is lost. */
export function warnOfEnvironment(values: Values): void {
  for (const item of values.list('ansible_env_vars')) {
    const text = textOf(item, 'ansible_env_vars', values.part) ?? '';
    const name = text.split('=')[0]!.slice(0, 60);
    if (DROPPED.test(text)) values.part.inform(item.at, `"${name}" is dropped: the playbook runs on the instance, and its output is the log of the build`);
    else values.part.warn(item.at, `"${name}" of ansible_env_vars is not taken over: write it into the playbook, as \`environment\` or in ansible.cfg`);
  }
}

function assignments(text: string, at: Position, values: Values): Variables {
  if (text.startsWith('@')) return fromFile(text.slice(1), at, values);
  const found = text.trim().startsWith('{') ? fromJson(text) : fromPairs(text);
  return found ?? values.fail('extra_arguments', 'the extra variables are neither name=value nor JSON', 'write name=value, one argument each') ?? [];
}

/** A file of YAML, of which JSON is a part. */
function fromFile(path: string, at: Position, values: Values): Variables {
  const found = localPath(path, at, values.part);
  if (found === undefined) return [];
  const variables = statSync(found).isFile() ? parsed(readFileSync(found, 'utf8')) : undefined;
  if (typeof variables === 'object' && variables !== null && !Array.isArray(variables)) return Object.entries(variables);
  return values.fail('extra_arguments', `"${path}" is no file of variables`, 'name a file of YAML or JSON that holds names with values') ?? [];
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function fromPairs(text: string): Variables | undefined {
  const pairs = [...text.trimStart().matchAll(/([A-Za-z_]\w*)=("[^"]*"|'[^']*'|\S*)\s*/gy)];
  if (pairs.map(([pair]) => pair).join('') !== text.trimStart()) return undefined;
  return pairs.map(([, name, value]) => [name!, value!.replace(/^(["'])(.*)\1$/, '$2')]);
}

function fromJson(text: string): Variables | undefined {
  try {
    return Object.entries(JSON.parse(text) as object);
  } catch {
    return undefined;
  }
}
