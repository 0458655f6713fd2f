import type { LintedFile, LintReport } from './lint';

/** One line a violation, as editors and compilers write them, and a summary. */
export function lintLines({ files, passedOver, notices }: LintReport): string[] {
  const violations = files.flatMap((file) => violationLines(file));
  const wrong = files.filter((each) => each.violations.length > 0).length;
  const others = passedOver.length > 0 ? ` ${count(passedOver.length, 'other YAML or JSON file')} passed over.` : '';
  const summary = violations.length === 0
    ? `${count(files.length, 'component document')}, nothing to say.`
    : `${count(files.length, 'component document')}, ${count(violations.length, 'violation')} in ${wrong}.`;
  return [...violations, ...notices.map((notice) => `note: ${notice}`), `${summary}${others}`];
}

/** Line and column are those of the document: in a template it is a string, which the construct's path names. */
export function violationLines({ file, component, violations }: LintedFile): string[] {
  const name = component === undefined ? file : `${component} (${file})`;
  return violations.map(({ line, column, path, what, expected }) => `${name}:${line ?? 1}:${column ?? 1}: ${path}: ${what}; expected ${expected}`);
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
