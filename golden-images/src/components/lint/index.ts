export { documentRefusals } from './refusals';
export { lint, lintText, type LintedFile, type LintReport } from './lint';
export { lintLines } from './text';
