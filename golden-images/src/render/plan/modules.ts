import type { Operation } from './operation';
import { parts, plain, type Frame } from './references';
import { isMapping, type DocumentStep, type Mapping } from '../../../../src/component/document';
import { Refused, type Place } from '../refusal';
import type { Language, Values } from '../script/language';

/** The lines of a module, for each of its inputs. */
export function moduleBody({ action, inputs }: DocumentStep, language: Language, values: PlacedValues): string {
  const lines = language.modules[action];
  if (lines === undefined) throw new Refused(values.place, `${action} has no form outside of Image Builder`, FIXES[action] ?? 'write what it does as a script');
  const each = Array.isArray(inputs) ? inputs : [isMapping(inputs) ? inputs : {}];
  return [...language.strict, ...each.flatMap((input) => lines(input as Mapping, values))].join('\n');
}

const FIXES: Readonly<Record<string, string>> = {
  S3Upload: 'leave the upload out: a file of the result is fetched by the tool that builds',
  ExecuteDocument: 'make the document a component of its own',
};

/** A restart that belongs to the installation of a package comes after it, where the package asks for it. */
export function installer(step: DocumentStep, language: Language, values: PlacedValues, script: (body: string) => Operation[]): Operation[] {
  const reboot = String((step.inputs as Mapping).reboot ?? 'Allow').toLowerCase();
  const restartFile = `${language.folder}msi.restart`;
  const body = moduleBody({ ...step, inputs: { ...step.inputs as Mapping, restartFile } }, language, values);
  return [
    ...script(body),
    ...reboot === 'skip' ? [] : [{ kind: 'restart' as const, at: values.place, condition: language.fileExists(restartFile), delaySeconds: 0 }],
  ];
}

/** What a step asserts, as a script. */
export const assertion = (condition: string, language: Language): string => [
  ...language.strict, ...language.name === 'bash'
    ? [`if ! ${condition}; then echo 'what this step asserts does not hold' >&2; exit 1; fi`]
    : [`if (-not (${condition})) { throw 'what this step asserts does not hold' }`],
].join('\n');

/** Values of a step, and where it stands. */
export interface PlacedValues extends Values {
  readonly place: Place;
}

/** How modules read texts in which references stand. */
export function valuesOf(frame: Frame, language: Language): PlacedValues {
  return {
    place: frame.place,
    word: (value) => {
      const all = parts(String(value), frame);
      const words = all.map((each) => (typeof each === 'string' ? language.quoted(each) : language.content(each)));
      return words.length === 0 ? language.quoted('') : language.joined(words);
    },
    plain: (value, what) => plain(value, frame, what),
  };
}
