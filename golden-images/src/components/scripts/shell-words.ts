const SHELL = /^(?:.*\/)?(?:ba)?sh$/;
const ENV = /^(?:.*\/)?env$/;

/**
 * Which of the words of a command is the script that bash or sh reads, as in `bash -eo pipefail -c SCRIPT` and `env A=b sh -c SCRIPT`.
 * Options may stand before and behind `-c`; the script is the first word that is none (bash(1), "OPTIONS").
 */
export function scriptWord(words: readonly string[]): number | undefined {
  const shell = ENV.test(words[0] ?? '') ? behindEnv(words) : 0;
  if (!SHELL.test(words[shell] ?? '')) return undefined;
  let [index, reads] = [shell + 1, false];
  for (; /^[-+]./.test(words[index] ?? ''); index += takesValue(words[index]!) ? 2 : 1) {
    if (words[index] === '--') return reads ? present(words, index + 1) : undefined;
    reads ||= /^-[a-zA-Z]*c/.test(words[index]!);
  }
  return reads ? present(words, words[index] === '-' ? index + 1 : index) : undefined;
}

/** Variables, and options without a value of their own: what lies behind others, such as `-S`, is not known. */
function behindEnv(words: readonly string[]): number {
  const next = words.findIndex((word, index) => index > 0 && !/^(?:\w+=.*|-|-i|-0i?|--ignore-environment|--)$/s.test(word));
  return next === -1 ? words.length : next;
}

/** `-o`, `-O`, also at the end of others as in `-euo pipefail`, and files to start with. */
const takesValue = (option: string): boolean => (/^[-+][a-zA-Z]+$/.test(option) && /o/i.test(option)) || /^--(?:rcfile|init-file)$/.test(option);

const present = (words: readonly string[], index: number): number | undefined => (index < words.length ? index : undefined);
