import { bashCondition } from './bash-condition';
import { bashModules } from './bash-modules';
import { bashText } from './bash-text';
import type { Language } from './language';
import { bashQuoted as quoted } from '../../../../src/component/step/quoting';

const FOLDER = '/var/tmp/golden-images-render/';

/** Linux: bash, as root. */
export const bash: Language = {
  name: 'bash',
  extension: '.sh',
  folder: FOLDER,
  againCode: 194,
  strict: ['set -euo pipefail'],
  modules: bashModules,
  quoted,
  content: ({ file }) => `"$(cat ${quoted(file)})"`,
  joined: (expressions) => expressions.join(''),
  condition: bashCondition,
  fileExists: (path) => `[ -f ${quoted(path)} ]`,
  guard: (condition, whenTrue, whenFalse) => {
    const outcome = { Execute: [], Skip: ['  exit 0'], Abort: ["  echo 'the condition of this step ends the build' >&2", '  exit 1'] };
    const lines = (name: string): readonly string[] => outcome[name as keyof typeof outcome];
    if (whenTrue === 'Execute') return whenFalse === 'Execute' ? [] : [`if ! ${condition}; then`, ...lines(whenFalse), 'fi'];
    return [`if ${condition}; then`, ...lines(whenTrue), ...whenFalse === 'Execute' ? [] : ['else', ...lines(whenFalse)], 'fi'];
  },
  text: bashText,
  take: (from, to, name, overwrite, { word }) => [
    `target=${word(to)}`,
    `case "$target" in */) target=$target${quoted(name)} ;; *) if [ -d "$target" ]; then target=$target/${quoted(name)}; fi ;; esac`,
    ...overwrite ? [] : ['if [ -e "$target" ]; then echo "$target exists, and overwrite is false" >&2; exit 1; fi'],
    `install -o root -g root -m 0644 ${quoted(from)} "$target"`,
  ],
  failIfFailed: () => [`if [ -f ${FOLDER}failed ]; then cat ${FOLDER}failed >&2; echo 'these steps failed' >&2; exit 1; fi`],
  removeFolder: () => [`rm -rf ${quoted(FOLDER.slice(0, -1))}`],
};
