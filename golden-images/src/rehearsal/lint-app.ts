import { relative } from 'node:path';
import { assemblyDocuments, lintSources, violationLines } from '../components/lint';
import type { Check } from '../report/report';

/** What is found in the component documents of a synthesized app. */
export interface AppLint {
  /** A line for each violation, and for what could not be checked. */
  readonly lines: readonly string[];
  readonly check: Check;
}

/** Checks what would be built: a script that does not parse costs a whole build. */
export function lintApp(assembly: string): AppLint {
  const { files, notices } = lintSources(assemblyDocuments(assembly));
  const found = files.flatMap((each) => violationLines({ ...each, file: relative(assembly, each.file) }));
  return {
    lines: [...found, ...notices.map((notice) => `note: ${notice}`)],
    check: { what: 'component documents and their scripts are valid', holds: found.length === 0, seen: `${files.length} documents, ${found.length} violations` },
  };
}
