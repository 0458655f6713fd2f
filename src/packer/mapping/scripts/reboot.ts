import type { ScriptText } from './script-text';
import type { StepPlan } from '../../plan';
import type { Position } from '../../template/model';
import type { Part } from '../part';

/** How scripts of a platform restart the machine: lines without the white space around them. */
interface Dialect {
  readonly restarts: RegExp;
  /** What may follow at the end: a script that waits for its end, or ends. */
  readonly idle: RegExp;
  /** What closes a branch, where a restart at the end may stand in one. */
  readonly closes?: RegExp;
  /** A restart within other commands, such as `if …; then reboot; fi`. */
  readonly within: RegExp;
}

const COMMAND = '(?:sudo\\s+(?:-\\w+\\s+)*)?(?:/(?:usr/)?s?bin/)?(?:reboot|shutdown\\s+(?:-(?=[^\\Wr]*r)\\w+|--reboot)|systemctl\\s+(?:-\\S+\\s+)*reboot|(?:tel)?init\\s+6)\\b';

export const LINUX_REBOOT: Dialect = {
  restarts: new RegExp(`^(?:nohup\\s+|(?:\\(\\s*)?sleep\\s+\\d+\\s*(?:;|&&)\\s*)?${COMMAND}[^;|]*(?:[;|]+\\s*(?:true|exit 0|sleep \\d+)?)?$`),
  idle: /^(?:#.*|(?:sleep\s+\d+|exit(?:\s+0)?|true|while\s+(?:true|:)\s*;\s*do\s+(?:(?:sleep\s+\d+\s*|echo\b[^;$`|&<>]*|:\s*);\s*)+done)?\s*;?)$/,
  closes: /^fi\s*(?:;\s*)?(?:#.*)?$/,
  within: new RegExp(`(?:^|[;&|(]|\\b(?:then|do|else)\\s)\\s*${COMMAND}`),
};

export const WINDOWS_REBOOT: Dialect = {
  restarts: /^(?:&\s*)?(?:restart-computer\b.*|shutdown(?:\.exe)?\s+(?:\S+\s+)*[/-]r\b.*)$/i,
  idle: /^(?:(?:#|rem\b|::|start-sleep\b|timeout\b).*|exit(?:\s+\/b)?(?:\s+0)?)?$/i,
  within: /(?:^|[;&|{(]|\b(?:then|do|else)\s)\s*(?:restart-computer\b|shutdown(?:\.exe)?\s+(?:\S+\s+)*[/-]r\b)/i,
};

/**
 * A script without the restart at its end, which becomes a step of its own: a script that restarts the machine under the agent ends the
 * build. A restart anywhere else is refused.
 */
export function withoutReboot(script: ScriptText, { restarts, idle, closes, within }: Dialect, part: Part): { text: string; reboot: boolean } {
  const lines = script.text.split('\n');
  const [before, closed] = [(at: number) => lines[at - 1]!.trim(), (line: string) => closes?.test(line.trim())];
  let end = lines.length;
  while (end > 0 && (idle.test(before(end)) || closed(before(end)))) end -= 1;
  const reboot = end > 0 && restarts.test(before(end));
  const closing = reboot ? lines.slice(end).filter(closed) : [];
  // A branch must not be empty.
  const kept = reboot ? [...lines.slice(0, end - 1), ...closing.length > 0 ? [':', ...closing] : []] : lines;
  if (closing.length > 0) {
    part.warn(script.at, `${script.fileName ?? 'the script'} restarts the machine at its end under a condition: here the machine restarts after it in any case`);
  }
  if (kept.some((line) => !/^\s*(?:#|rem\b|::)/i.test(line) && within.test(line))) {
    part.refuse(script.at, `${script.fileName ?? 'the script'} restarts the machine before its end`,
      'put what comes after the restart into a provisioner of its own');
  }
  return { text: kept.join('\n'), reboot };
}

export const rebootAt = (at: Position): StepPlan => ({ kind: 'reboot', at });
