import { conditionOf, restart } from './condition';
import { update } from './known-steps';
import { assertion, installer, moduleBody, valuesOf } from './modules';
import type { Operation, Output, Script } from './operation';
import { output, parts, plain, type Frame, type Part } from './references';
import { transfer } from './transfer';
import type { DocumentStep, Mapping } from '../../../../src/component/document';
import { powershellQuoted } from '../../../../src/component/step/quoting';
import type { AssemblyStack } from '../../assembly/stacks';
import { Refused } from '../refusal';
import type { Language } from '../script/language';

/** What a step is rendered with. */
export interface Workplace {
  readonly language: Language;
  readonly stack: AssemblyStack;
  /** Outputs that a later step wants, by `phase.step`. */
  readonly wanted: ReadonlySet<string>;
}

/** How often a step that asks for a restart and to be run again is rendered: a template cannot know how often it will ask. */
const PASSES = 4;

/** One turn of a step as operations. */
export function operationsOf(step: DocumentStep, frame: Frame, workplace: Workplace): Operation[] {
  const values = valuesOf(frame, workplace.language);
  const { outcome, guard, expression } = conditionOf(step, frame, workplace.language, values);
  if (outcome === 'Skip') return [];
  if (outcome === 'Abort') throw new Refused(frame.place, 'its condition is known already, and ends every build', 'remove the step or correct the condition');
  const { onFailure, maxAttempts: attempts, timeoutSeconds } = step;
  const script = (body: string, wants: Output[] = []): Operation[] => (
    scripts({ language: workplace.language, body, wants, guard, onFailure, attempts, timeoutSeconds, ...keeps(step, frame, workplace) }, frame)
  );
  switch (step.action) {
    case 'ExecuteBash':
    case 'ExecutePowerShell': return execute(step, frame, script, expression);
    case 'Assert': return script(assertion(workplace.language.condition(step.inputs as Mapping, values), workplace.language));
    case 'Reboot': return restart(step, frame, expression);
    case 'S3Download': return transfer(step, frame, workplace, values, script);
    case 'UpdateOS': return workplace.language.name === 'powershell'
      ? update(step, frame, expression)
      : script(moduleBody(step, workplace.language, values));
    case 'InstallMSI':
    case 'UninstallMSI': return installer(step, workplace.language, values, script);
    default: return script(moduleBody(step, workplace.language, values));
  }
}

/** Where a step prints what a later one wants. */
function keeps({ name }: DocumentStep, frame: Frame, { wanted }: Workplace): { keeps?: Output } {
  const key = `${frame.place.phase}.${name}`;
  return wanted.has(key) ? { keeps: output(key, frame) } : {};
}

function execute(
  step: DocumentStep, frame: Frame, script: (body: string, wants?: Output[]) => Operation[], expression: string | undefined,
): Operation[] {
  const { commands, file } = step.inputs as Mapping;
  if (commands === undefined) return script(`& ${powershellQuoted(plain(file, frame, 'the path of a script'))}\nif ($LASTEXITCODE) { exit $LASTEXITCODE }`);
  const text = parts((commands as unknown[]).map(String).join('\n'), frame);
  const wants = text.filter((each): each is Output => typeof each !== 'string');
  const body = text.map((each: Part) => (typeof each === 'string' ? each : each.marker)).join('');
  return update(step, frame, expression, body) ?? script(body, wants);
}

/** A step whose script may ask to be run again after a restart is rendered as several passes with restarts between. */
function scripts(script: Script, frame: Frame): Operation[] {
  const { language, body } = script;
  if (!new RegExp(`\\b(?:exit|return)\\s+${language.againCode}\\b`, 'i').test(body)) return [{ kind: 'script', at: frame.place, script }];
  if (script.attempts > 1 || script.onFailure !== 'Abort') {
    throw new Refused(frame.place, `it asks for restarts by exit code ${language.againCode}, and has attempts or goes on after a failure`,
      'leave out maxAttempts and onFailure, or take the restart into a step of its own');
  }
  const restartFile = `${language.folder}${`${frame.place.component}.${frame.place.phase}.${frame.place.step}`.replace(/[^A-Za-z0-9_.-]/g, '-')}.restart`;
  return Array.from({ length: PASSES }, (_, index) => index + 1).flatMap((number): Operation[] => [
    { kind: 'script', at: frame.place, script: { ...script, guard: number === 1 ? script.guard : [], pass: { code: language.againCode, number, of: PASSES, restartFile } } },
    ...number < PASSES ? [{ kind: 'restart' as const, at: frame.place, condition: language.fileExists(restartFile), delaySeconds: 0 }] : [],
  ]);
}
