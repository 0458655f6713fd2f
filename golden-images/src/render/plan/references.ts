import type { Output } from './operation';
import { isMapping, referencesIn, type DocumentStep } from '../../../../src/component/document';
import { Refused, type Place } from '../refusal';

/** A text, in whose place stand what earlier steps put out. */
export type Part = string | Output;

/** What a step may refer to. */
export interface Frame {
  readonly place: Place;
  readonly variables: Readonly<Record<string, string>>;
  /** Steps before it, by `phase.step`. */
  readonly earlier: ReadonlyMap<string, DocumentStep>;
  readonly loop?: { readonly name?: string; readonly index: number; readonly value: string };
  /** Folder of the machine in which outputs are kept, with its separator. */
  readonly folder: string;
}

const CHAIN = /^([^.\s]+)\.([^.\s]+)\.(inputs|outputs)((?:\[\d+\]|\.[A-Za-z0-9_-]+)+)$/;

/** Outputs that are kept: those of the others mean nothing outside of the service. */
const KEPT: Readonly<Record<string, string>> = {
  ExecuteBash: 'stdout', ExecutePowerShell: 'stdout', ExecuteBinary: 'stdout', ReadFile: 'content', ListFiles: 'files',
};

/** Puts values in the place of references, as far as they are known before the build. */
export function parts(text: string, frame: Frame): Part[] {
  const found: Part[] = [];
  let end = 0;
  for (const reference of referencesIn(text)) {
    found.push(text.slice(end, reference.start), ...lookUp(reference.name, frame));
    end = reference.end;
  }
  return merged([...found, text.slice(end)]);
}

/** A text that must be known before the build. */
export function plain(value: unknown, frame: Frame, what: string): string {
  const all = parts(String(value), frame);
  const late = all.find((each) => typeof each !== 'string');
  if (late === undefined) return all.join('');
  throw new Refused(frame.place, `${what} comes from step ${late.step}, and only the machine knows it`, 'write it down, or use it in a script');
}

function lookUp(reference: string, frame: Frame): Part[] {
  if (Object.hasOwn(frame.variables, reference)) return parts(frame.variables[reference]!, { ...frame, variables: {} });
  if (reference.startsWith('aws:ssm:')) {
    throw new Refused(frame.place, `{{ ${reference} }} is a value of Parameter Store, which is not there elsewhere`, 'make it a parameter of the component');
  }
  const [scope, member, ...rest] = reference.split('.');
  const { loop } = frame;
  if (loop && rest.length === 0 && (scope === 'loop' || scope === loop.name)) return [member === 'index' ? String(loop.index) : loop.value];
  const [, phase, step, side, way] = CHAIN.exec(reference) ?? [];
  const earlier = frame.earlier.get(`${phase}.${step}`);
  if (earlier === undefined) throw new Refused(frame.place, `{{ ${reference} }} refers to nothing`, 'correct it');
  return side === 'inputs' ? input(earlier, way!, frame) : [outputOf(`${phase}.${step}`, earlier, way!, frame)];
}

function input(step: DocumentStep, way: string, frame: Frame): Part[] {
  const value = [...way.matchAll(/\[(\d+)\]|\.([A-Za-z0-9_-]+)/g)].reduce<unknown>(
    (at, [, index, name]) => (Array.isArray(at) || isMapping(at) ? (at as Record<string, unknown>)[index ?? name!] : undefined), step.inputs,
  );
  if (step.loop !== undefined || value === undefined || typeof value === 'object') {
    throw new Refused(frame.place, `it refers to inputs${way} of step ${step.name}, which is no single text`, 'write the text again');
  }
  return parts(String(value), frame);
}

function outputOf(name: string, step: DocumentStep, way: string, frame: Frame): Output {
  const member = way.replace(/^(?:\[0\])?\./, '');
  if (KEPT[step.action] !== member || step.loop !== undefined) {
    throw new Refused(frame.place, `it refers to output ${member} of ${step.action} in step ${step.name}${step.loop ? ', which loops' : ''}`,
      'write it to a file of the machine in that step, and read it there');
  }
  return output(name, frame);
}

/** Where the output of a step is kept. */
export function output(name: string, { place, folder }: Pick<Frame, 'place' | 'folder'>): Output {
  const file = `${folder}${`${place.component}.${name}`.replace(/[^A-Za-z0-9_.-]/g, '-')}.txt`;
  return { step: name, file, marker: `@golden-images:${name}@` };
}

function merged(all: readonly Part[]): Part[] {
  return all.reduce<Part[]>((done, each) => {
    const last = done.at(-1);
    if (typeof each === 'string' && typeof last === 'string') done[done.length - 1] = last + each;
    else if (each !== '') done.push(each);
    return done;
  }, []);
}
