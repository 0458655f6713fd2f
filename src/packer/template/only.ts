import { TemplateError } from './error';
import { fits } from './glob';
import type { Block, Build, Position } from './model';
import { suggestion } from './nearest';

/** What `-only` and `-except` name: builders, and for `except` post-processors too. */
export interface Choice {
  readonly only?: ReadonlyArray<string>;
  readonly except?: ReadonlyArray<string>;
}

/** The builders that patterns choose; each pattern has to choose something. */
export function keepOnly(build: Build, choice: Choice, at: Position): Build {
  return keepOnlyOf([build], choice, at)[0]!;
}

/** The same for several builds: a name of a builder may follow the name of its build and a dot. Builds without builders are left out. */
export function keepOnlyOf(builds: ReadonlyArray<Build>, { only = [], except = [] }: Choice, at: Position): Build[] {
  if (only.length + except.length === 0) return [...builds];
  const builders = builds.flatMap((build) => build.builders.map((builder) => namesOf(build, builder)));
  const processors = builds.flatMap((build) => build.postProcessors.flat().map(processorName));
  only.forEach((pattern) => refuseUnknown(pattern, 'builder', builders, at));
  except.forEach((pattern) => refuseUnknown(pattern, 'builder or post-processor', [...builders, ...processors.map((name) => [name])], at));
  const kept = builds.map((build) => ({
    ...build,
    builders: build.builders.filter((builder) => chosen(namesOf(build, builder), only, except)),
    postProcessors: build.postProcessors.map((chain) => upTo(chain, except)).filter((chain) => chain.length > 0),
  }));
  const left = kept.filter(({ builders: all }) => all.length > 0);
  if (left.length === 0) throw new TemplateError(at, 'no builder is left', 'leave one of them in');
  return left;
}

function namesOf(build: Build, builder: Block): string[] {
  const name = builder.name ?? builder.type;
  return build.name === undefined ? [name] : [`${build.name}.${name}`, name];
}

const processorName = ({ name, type }: Block): string => name ?? type;

const chosen = (names: string[], only: ReadonlyArray<string>, except: ReadonlyArray<string>): boolean =>
  (only.length === 0 || only.some((pattern) => fit(names, pattern))) && !except.some((pattern) => fit(names, pattern));

/** A chain ends before the first post-processor that is left out, as in Packer. */
function upTo(chain: ReadonlyArray<Block>, except: ReadonlyArray<string>): Block[] {
  const end = chain.findIndex((block) => except.some((pattern) => fit([processorName(block)], pattern)));
  return chain.slice(0, end < 0 ? chain.length : end);
}

const fit = (names: string[], pattern: string): boolean => names.some((name) => name === pattern || fits(name, pattern));

function refuseUnknown(pattern: string, what: string, all: string[][], at: Position): void {
  if (all.some((names) => fit(names, pattern))) return;
  throw new TemplateError(at, `no ${what} is called "${pattern}"`, suggestion(pattern, all.map(([name]) => name!)));
}
