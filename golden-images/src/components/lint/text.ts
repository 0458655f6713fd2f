import type { LintReport } from './lint';

/** One line a violation, as editors and compilers write them, and a summary. */
export function lintLines({ files, passedOver }: LintReport): string[] {
  const violations = files.flatMap(({ file, violations: found }) => found.map(({ line, column, path, what, expected }) =>
    `${file}:${line ?? 1}:${column ?? 1}: ${path}: ${what}; expected ${expected}`));
  const wrong = files.filter((each) => each.violations.length > 0).length;
  const others = passedOver.length > 0 ? ` ${count(passedOver.length, 'other YAML file')} passed over.` : '';
  const summary = violations.length === 0
    ? `${count(files.length, 'component document')}, nothing to say.`
    : `${count(files.length, 'component document')}, ${count(violations.length, 'violation')} in ${wrong}.`;
  return [...violations, `${summary}${others}`];
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
