import { noticesOf } from './notices';
import type { Operation } from './operation';
import type { Frame } from './references';
import { operationsOf, type Workplace } from './steps';
import { loopValues } from './turns';
import type { ComponentDocument, DocumentStep } from '../../../../src/component/document';
import type { AppImage, RecipeComponent } from '../assembly/images';
import { NotRendered, Refused, type Place } from '../refusal';
import { bash } from '../script/bash';
import type { Language } from '../script/language';
import { powershell } from '../script/powershell';

/** What an image is made by, whatever the tool. */
export interface Plan {
  readonly image: AppImage;
  readonly lineage: readonly AppImage[];
  readonly language: Language;
  /** In the order in which Image Builder runs them: all build phases, then all validate phases. */
  readonly build: readonly Operation[];
  readonly validate: readonly Operation[];
  /** On a machine started from the image. */
  readonly test: readonly Operation[];
  readonly notices: readonly string[];
}

interface Part {
  readonly component: RecipeComponent;
  readonly image: AppImage;
  readonly document: ComponentDocument;
}

/** Plans an image with all that it stands on. Throws `NotRendered` with everything that has no form elsewhere. */
export function planOf(lineage: readonly AppImage[]): Plan {
  const image = lineage.at(-1)!;
  const refusals: Refused[] = [];
  const attempt = <T>(task: () => T[]): T[] => {
    try {
      return task();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusals.push(error);
      return [];
    }
  };
  const language = languageOf(lineage);
  const components = cleaningLast(lineage.flatMap((each) => each.components.map((component) => ({ component, image: each }))));
  const read = components.flatMap((each) => attempt(() => [{ ...each, document: each.component.document() }]));
  const prepared = read.flatMap((part) => attempt(() => [prepare(part, language)]));
  const phase = (name: string): Operation[] => {
    const operations = prepared.flatMap(({ steps, render }) => (
      steps.filter((each) => each.phase === name).flatMap((each) => attempt(() => render(each)))
    ));
    return [...operations, ...endOfPhase(operations, language, image, name)];
  };
  const [build, validate, test] = [phase('build'), phase('validate'), phase('test')];
  if (refusals.length > 0) throw new NotRendered(refusals);
  const notices = noticesOf([...build, ...validate, ...test]);
  return { image, lineage, language, build, validate: [...validate, ...cleanUp([...build, ...validate], language, image)], test, notices };
}

function languageOf(lineage: readonly AppImage[]): Language {
  const windows = lineage.some(({ components }) => components.some(({ platform }) => platform === 'Windows'));
  return windows ? powershell : bash;
}

/** What cleans an image comes once, before the image is taken: between the images of a lineage the tool still needs its way in. */
function cleaningLast<T extends { readonly component: RecipeComponent }>(all: readonly T[]): T[] {
  const cleans = ({ component }: T): boolean => /(?:^|-)clean-for-imaging$/.test(component.name);
  return [...all.filter((each) => !cleans(each)), ...all.filter(cleans).slice(-1)];
}

interface Prepared {
  readonly steps: ReadonlyArray<{ readonly phase: string; readonly step: DocumentStep }>;
  render(placed: { readonly phase: string; readonly step: DocumentStep }): Operation[];
}

function prepare({ component, image, document }: Part, language: Language): Prepared {
  const steps = document.phases.flatMap(({ name, steps: all }) => all.map((step) => ({ phase: name, step })));
  const wanted = new Set(JSON.stringify(steps).match(/(?<![^.\s{])[^.\s{]+\.[^.\s]+(?=\.outputs)/g) ?? []);
  const workplace: Workplace = { language, stack: image.stack, wanted };
  const variables = variablesOf(document, component);
  return {
    steps,
    render: ({ phase, step }) => {
      const earlier = new Map(steps.slice(0, steps.findIndex((each) => each.step === step)).map((each) => [`${each.phase}.${each.step.name}`, each.step]));
      const place: Place = { component: component.name, phase, step: step.name };
      const frame: Frame = { place, variables, earlier, folder: language.folder };
      return loopValues(step, frame).flatMap((loop) => operationsOf(step, { ...frame, ...loop === undefined ? {} : { loop } }, workplace));
    },
  };
}

function variablesOf({ parameters, constants }: ComponentDocument, component: RecipeComponent): Record<string, string> {
  const values = [...parameters.map(({ name, value }) => ({ name, value: component.parameters[name] ?? value })), ...constants];
  const missing = values.find(({ value }) => value === undefined);
  if (missing !== undefined) throw new Refused({ component: component.name }, `its parameter ${missing.name} has no value`, 'give it in the recipe');
  return Object.fromEntries(values.map(({ name, value }) => [name, value!]));
}

/** A step that failed and let the build go on fails it at the end of its phase. */
function endOfPhase(operations: readonly Operation[], language: Language, image: AppImage, phase: string): Operation[] {
  if (!operations.some((each) => each.kind === 'script' && each.script.onFailure === 'Continue')) return [];
  const body = [...language.strict, ...language.failIfFailed()].join('\n');
  return [own(image, phase, 'EndOfPhase', body, language)];
}

/** Files that steps left for each other go with the build. */
function cleanUp(operations: readonly Operation[], language: Language, image: AppImage): Operation[] {
  const leaves = operations.some((each) => each.kind === 'script' && (each.script.keeps !== undefined || each.script.pass !== undefined))
    || operations.some((each) => each.kind === 'restart' && each.condition?.includes(language.folder));
  return leaves ? [own(image, 'validate', 'RemoveOutputs', [...language.strict, ...language.removeFolder()].join('\n'), language)] : [];
}

const own = (image: AppImage, phase: string, step: string, body: string, language: Language): Operation => ({
  kind: 'script',
  at: { component: image.qualifiedName, phase, step },
  script: { language, body, guard: [], wants: [], onFailure: 'Abort', attempts: 1, timeoutSeconds: Infinity },
});
