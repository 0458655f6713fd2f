import { fixedOutcome } from './fixed-condition';
import { update } from './known-steps';
import type { Operation, Output, Script } from './operation';
import { output, parts, plain, type Frame, type Part } from './references';
import { transfer } from './transfer';
import { isMapping, type DocumentStep, type Mapping } from '../../../../src/component/document';
import type { AssemblyStack } from '../assembly/stacks';
import { Refused } from '../refusal';
import type { Language, Values } from '../script/language';

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
  const script = (body: string, wants: Output[] = []): Operation[] => scripts({
    language: workplace.language, body, wants, guard, onFailure: step.onFailure, attempts: step.maxAttempts, timeoutSeconds: step.timeoutSeconds, ...keeps(step, frame, workplace),
  }, frame);
  switch (step.action) {
    case 'ExecuteBash':
    case 'ExecutePowerShell': return execute(step, frame, script, expression);
    case 'Assert': return script(assertion(workplace.language.condition(step.inputs as Mapping, values), workplace.language));
    case 'Reboot': return restart(step, frame, expression);
    case 'S3Download': return transfer(step, frame, workplace, values, script);
    case 'UpdateOS': return workplace.language.name === 'powershell' ? update(step, frame, expression) : script(moduleBody(step, workplace.language, values));
    case 'InstallMSI':
    case 'UninstallMSI': return installer(step, frame, workplace, values, script);
    default: return script(moduleBody(step, workplace.language, values));
  }
}

/** A condition that does something else than to leave a step out: a script can say it, a restart cannot. */
const UNSPEAKABLE = 'unspeakable';

function restart({ inputs }: DocumentStep, { place }: Frame, condition: string | undefined): Operation[] {
  if (condition === UNSPEAKABLE) throw new Refused(place, 'a restart whose condition aborts, or runs it where it does not hold, has no form', 'turn the condition round with `not`, or abort in a step of its own');
  const delaySeconds = Number((inputs as Mapping | undefined)?.delaySeconds ?? 0);
  return [{ kind: 'restart', at: place, delaySeconds, ...condition === undefined ? {} : { condition } }];
}

function conditionOf({ condition }: DocumentStep, frame: Frame, language: Language, values: Values): { outcome: string; guard: string[]; expression?: string } {
  if (condition === undefined) return { outcome: 'Execute', guard: [] };
  const outcome = fixedOutcome(condition, frame);
  if (outcome !== undefined) return { outcome, guard: [] };
  const expression = language.condition(condition.comparison, values);
  const { whenTrue, whenFalse } = condition;
  return {
    outcome: 'Execute',
    guard: language.guard(expression, whenTrue, whenFalse),
    expression: whenTrue === 'Execute' && whenFalse === 'Skip' ? expression : UNSPEAKABLE,
  };
}

/** Where a step prints what a later one wants. */
function keeps({ name }: DocumentStep, frame: Frame, { wanted }: Workplace): { keeps?: Output } {
  const key = `${frame.place.phase}.${name}`;
  return wanted.has(key) ? { keeps: output(key, frame) } : {};
}

function execute(step: DocumentStep, frame: Frame, script: (body: string, wants?: Output[]) => Operation[], expression: string | undefined): Operation[] {
  const { commands, file } = step.inputs as Mapping;
  if (commands === undefined) return script(`& ${JSON.stringify(plain(file, frame, 'the path of a script'))}`);
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
    throw new Refused(frame.place, `it asks for restarts by exit code ${language.againCode}, and has attempts or goes on after a failure`, 'leave out maxAttempts and onFailure, or take the restart into a step of its own');
  }
  const restartFile = `${language.folder}${`${frame.place.component}.${frame.place.phase}.${frame.place.step}`.replace(/[^A-Za-z0-9_.-]/g, '-')}.restart`;
  return Array.from({ length: PASSES }, (_, index) => index + 1).flatMap((number): Operation[] => [
    { kind: 'script', at: frame.place, script: { ...script, guard: number === 1 ? script.guard : [], pass: { code: language.againCode, number, of: PASSES, restartFile } } },
    ...number < PASSES ? [{ kind: 'restart' as const, at: frame.place, condition: language.fileExists(restartFile), delaySeconds: 0 }] : [],
  ]);
}

const assertion = (condition: string, language: Language): string => [
  ...language.strict, ...language.name === 'bash'
    ? [`if ! ${condition}; then echo 'what this step asserts does not hold' >&2; exit 1; fi`]
    : [`if (-not (${condition})) { throw 'what this step asserts does not hold' }`],
].join('\n');

/** The lines of a module, for each of its inputs. */
function moduleBody({ action, inputs }: DocumentStep, language: Language, values: Values): string {
  const lines = language.modules[action];
  const { place } = values as Values & { place: Frame['place'] };
  if (lines === undefined) throw new Refused(place, `${action} has no form outside of Image Builder`, FIXES[action] ?? 'write what it does as a script');
  const each = Array.isArray(inputs) ? inputs : [isMapping(inputs) ? inputs : {}];
  return [...language.strict, ...each.flatMap((input) => lines(input as Mapping, values))].join('\n');
}

const FIXES: Readonly<Record<string, string>> = {
  S3Upload: 'leave the upload out: a file of the result is fetched by the tool that builds',
  ExecuteDocument: 'make the document a component of its own',
};

/** A restart that belongs to the installation of a package comes after it, where the package asks for it. */
function installer(step: DocumentStep, frame: Frame, { language }: Workplace, values: Values, script: (body: string) => Operation[]): Operation[] {
  const reboot = String((step.inputs as Mapping).reboot ?? 'Allow').toLowerCase();
  const restartFile = `${language.folder}msi.restart`;
  const body = moduleBody({ ...step, inputs: { ...step.inputs as Mapping, restartFile } }, language, values);
  return [
    ...script(body),
    ...reboot === 'skip' ? [] : [{ kind: 'restart' as const, at: frame.place, condition: language.fileExists(restartFile), delaySeconds: 0 }],
  ];
}

/** How modules read texts in which references stand. */
export function valuesOf(frame: Frame, language: Language): Values & { place: Frame['place'] } {
  return {
    place: frame.place,
    word: (value) => {
      const all = parts(String(value), frame);
      return all.length === 0 ? language.quoted('') : language.joined(all.map((each) => (typeof each === 'string' ? language.quoted(each) : language.content(each))));
    },
    plain: (value, what) => plain(value, frame, what),
  };
}
