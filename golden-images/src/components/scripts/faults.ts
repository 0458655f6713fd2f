import { bashFault } from './bash';
import { filled } from './placeholders';
import { NoPowerShell, powershellFaults } from './powershell';
import type { Fault, Script } from './script';

export interface Examined {
  /** The first fault of each script; nothing for one that is fine or was not checked. */
  readonly faults: ReadonlyMap<Script, Fault>;
  /** What could not be checked, and why. */
  readonly notices: readonly string[];
}

/** Has every script parsed: bash here, PowerShell by PowerShell itself where there is one. */
export function faultsOf(scripts: readonly Script[]): Examined {
  const tooDeep: Script[] = [];
  const bash = scripts.filter(({ language }) => language === 'bash').flatMap((script) => examineBash(script, tooDeep));
  const notices = tooDeep.map(({ step, phase }) => `the script of step '${step}' in phase '${phase}' was not checked: its parts are nested too deeply`);
  const powershell = scripts.filter(({ language }) => language === 'powershell');
  try {
    return { faults: refused([...bash, ...examinePowerShell(powershell)]), notices };
  } catch (error) {
    if (!(error instanceof NoPowerShell)) throw error;
    return { faults: refused(bash), notices: [...notices, `PowerShell scripts were not checked: ${error.message} (scripts: ${powershell.length})`] };
  }
}

interface Answer {
  readonly script: Script;
  /** One for each way to fill it. */
  readonly faults: readonly (Fault | undefined)[];
}

/** The parser calls itself for what is nested, as deeply as the stack allows. */
function examineBash(script: Script, tooDeep: Script[]): Answer[] {
  try {
    return [{ script, faults: filled(script).map(bashFault) }];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tooDeep.push(script);
    return [];
  }
}

function examinePowerShell(scripts: readonly Script[]): Answer[] {
  if (scripts.length === 0) return [];
  const ways = scripts.map((script) => filled(script));
  const found = powershellFaults(ways.flat());
  let next = 0;
  return scripts.map((script, index) => ({ script, faults: found.slice(next, next += ways[index]!.length) }));
}

/** A way to fill a script in which it is fine may be what is meant. */
const refused = (answers: readonly Answer[]): Map<Script, Fault> => new Map(
  answers.filter(({ faults }) => faults.every((each) => each !== undefined)).map(({ script, faults: [first] }) => [script, first!]),
);
