import { documents, type LintSource, type Sources } from './sources';
import { examineDocument, oversize, type Violation } from '../../../../src/component/document';
import { Platform } from '../../../../src/image/platform';
import { TOKEN } from '../../assembly/token';
import { faultsOf, scriptsOf, type Fault, type Script } from '../scripts';

/** A violation, with the step whose script it is in where it is in one. */
export interface LintViolation extends Violation {
  readonly phase?: string;
  readonly step?: string;
}

export interface LintedFile {
  readonly file: string;
  /** Path of the construct, where the document is in a cloud assembly. */
  readonly component?: string;
  readonly platform: Platform;
  readonly violations: readonly LintViolation[];
}

export interface LintReport {
  readonly files: readonly LintedFile[];
  /** Files of YAML and JSON in folders that are no component documents. */
  readonly passedOver: readonly string[];
  /** What could not be checked, and why. */
  readonly notices: readonly string[];
}

/** Checks files, and the component documents in folders and cloud assemblies: their grammar, and the syntax of their scripts. */
export function lint(paths: readonly string[], platform?: Platform): LintReport {
  return lintSources(documents(paths), platform);
}

export function lintSources({ sources, passedOver, notices }: Sources, platform?: Platform): LintReport {
  const read = sources.map((source) => ({ source, scripts: oversize(source.text) ? [] : scriptsOf(source.text) }));
  const examined = faultsOf(read.flatMap(({ scripts }) => scripts));
  const files = read.map(({ source, scripts }) => {
    const linted = lintSource(source, platform);
    const found = scripts.flatMap((script) => violationOf(script, examined.faults.get(script)));
    return { ...linted, violations: [...linted.violations, ...found] };
  });
  return { files, passedOver, notices: [...notices, ...examined.notices] };
}

/** The grammar of a document alone. */
export function lintText(file: string, text: string, platform?: Platform): LintedFile {
  return { file, ...examine(text, platform) };
}

/** In time that grows as the document does: one that is too large is not read at all. */
function examine(text: string, platform?: Platform): ReturnType<typeof examineDocument> {
  const violation = oversize(text);
  return violation ? { platform: platform ?? Platform.LINUX, violations: [violation] } : examineDocument(text, platform);
}

/** What is found on a line with a value that only a deploy knows may be of that value. */
function lintSource({ file, component, text, platform: own }: LintSource, wanted?: Platform): LintedFile {
  const lines = text.split('\n');
  const { platform, violations } = examine(text, wanted ?? own);
  const known = violations.filter(({ line }) => line === undefined || !lines[line - 1]?.includes(TOKEN));
  return { file, ...component === undefined ? {} : { component }, platform, violations: known };
}

const NAMES = { bash: 'bash', powershell: 'PowerShell' } as const;

function violationOf({ phase, step, language, at }: Script, fault: Fault | undefined): LintViolation[] {
  if (fault === undefined) return [];
  const what = `${NAMES[language]} would refuse the script of step '${step}' in phase '${phase}': ${fault.message}`;
  return [{ ...at(fault.offset), phase, step, what, expected: `a script that ${NAMES[language]} can parse` }];
}
