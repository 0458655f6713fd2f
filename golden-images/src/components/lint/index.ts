export { documentRefusals } from './refusals';
export { lint, lintSources, lintText, type LintedFile, type LintReport } from './lint';
export { assemblyDocuments } from './sources';
export { lintLines, violationLines } from './text';
