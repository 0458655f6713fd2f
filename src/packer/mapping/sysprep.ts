import type { Part } from './part';
import type { ScriptText } from './scripts/script-text';
import { COMMENT, runsSysprep } from '../../component/step/sysprep';

/** What templates write after it: the loop that waits until it is done, and the end. */
const WAITING = /imagestate|start-sleep|\bwhile\b|\bbreak\b|^\s*[{}]+\s*(?:else\b.*)?$|write-(?:output|host)|unattend\.xml|^\s*exit(?:\s+0)?\s*$/i;

/** The script without Sysprep, which Image Builder runs by itself. It may only stand at the end of the last provisioner. */
export function withoutSysprep(script: ScriptText, last: boolean, part: Part): string {
  const lines = script.text.split('\n');
  const first = lines.findIndex(runsSysprep);
  if (first < 0) return script.text;
  const rest = lines.slice(first + 1).find((line) => !COMMENT.test(line) && !runsSysprep(line) && !WAITING.test(line));
  if (!last || rest !== undefined) {
    const where = script.fileName === undefined ? '' : ` of ${script.fileName}`;
    part.refuse(script.at, `Sysprep is run before the end${where}, which would end the session of the build`,
      'move it to the end of the last provisioner, where it is dropped because Image Builder runs Sysprep itself, or remove it');
    return script.text;
  }
  part.inform(script.at, 'Sysprep is dropped: Image Builder runs it itself, after the last component and before the snapshot');
  return lines.slice(0, first).join('\n');
}
