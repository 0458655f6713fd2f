import type { ScriptEnvironment } from './script-environment';
import { bindSecrets } from './secrets';
import { fetched } from '../../component/linux/fetch';
import { plannedStep } from '../../component/linux/script';
import { bashFetch } from '../../component/secret-fetch';
import { Source } from '../../component/source';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';

/** A script of Linux, and how it is run. */
export interface LinuxScript {
  /** What messages call it. */
  readonly label: string;
  readonly text: string;
  /** Program with arguments, such as `/bin/sh -e`. */
  readonly interpreter: string;
  readonly environment: ScriptEnvironment;
  readonly validExitCodes: number[];
}

/** A short script is read most easily in the document; a long one, or one with double braces, travels as an asset. */
const LONGEST_IN_DOCUMENT = 2000;

/** Runs a script as Packer does: environment, one run, its exit code looked at. */
export const linuxScript = (script: LinuxScript): Step => plannedStep('PackerScript', (scope, options) => {
  const { text } = script;
  const file = text.length > LONGEST_IN_DOCUMENT || text.includes('{{') ? fetched(scope, options, Source.text('script.sh', text)) : undefined;
  return {
    before: file?.before,
    lines: [
      ...bindSecrets(scope, options, script.environment.secrets, bashFetch),
      ...Object.entries(script.environment.texts).map(([name, value]) => `export ${name}=${bashQuoted(value)}`),
      ...file ? [`script=${file.word}`] : ['script=$(mktemp -p /var/tmp)', `printf '%s' ${bashQuoted(text)} > "$script"`],
      'status=0',
      // By its interpreter and not by its name: the folder may be mounted noexec.
      `${words(script.interpreter)} "$script" || status=$?`,
      ...file ? file.after : ['rm -f "$script"'],
      `case "$status" in ${script.validExitCodes.join('|')}) ;; *) fail ${bashQuoted(`${script.label}: exit code `)}"$status" ;; esac`,
    ],
  };
});

const words = (command: string): string => command.trim().split(/\s+/).map((word) => (/^[\w./=+-]+$/.test(word) ? word : bashQuoted(word))).join(' ');
