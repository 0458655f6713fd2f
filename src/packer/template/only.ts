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

/** The same for several builds: behind the name of its build and a dot, where it has one, as Packer compares it. Builds without builders are left out. */
export function keepOnlyOf(builds: ReadonlyArray<Build>, { only = [], except = [] }: Choice, at: Position): Build[] {
  if (only.length + except.length === 0) return [...builds];
  const builders = builds.flatMap((build) => build.builders.map((builder) => fullName(build, builder)));
  const processors = builds.flatMap((build) => build.postProcessors.flat().map(shortName));
  only.forEach((pattern) => refuseUnknown(pattern, 'builder', builders, at));
  except.forEach((pattern) => refuseUnknown(pattern, 'builder or post-processor', [...builders, ...processors], at));
  const kept = builds.map((build) => ({
    ...build,
    builders: build.builders.filter((builder) => chosen(fullName(build, builder), only, except)),
    postProcessors: build.postProcessors.map((chain) => upTo(chain, except)).filter((chain) => chain.length > 0),
  }));
  const left = kept.filter(({ builders: all }) => all.length > 0);
  if (left.length === 0) throw new TemplateError(at, 'no builder is left', 'leave one of them in');
  return left;
}

const shortName = ({ name, type }: Block): string => name ?? type;
const fullName = (build: Build, builder: Block): string => [...build.name === undefined ? [] : [build.name], shortName(builder)].join('.');

const chosen = (name: string, only: ReadonlyArray<string>, except: ReadonlyArray<string>): boolean =>
  (only.length === 0 || only.some((pattern) => fit(name, pattern))) && !except.some((pattern) => fit(name, pattern));

/** A chain ends before the first post-processor that is left out, as in Packer. */
function upTo(chain: ReadonlyArray<Block>, except: ReadonlyArray<string>): Block[] {
  const end = chain.findIndex((block) => except.some((pattern) => fit(shortName(block), pattern)));
  return chain.slice(0, end < 0 ? chain.length : end);
}

const fit = (name: string, pattern: string): boolean => name === pattern || fits(name, pattern) === true;

function refuseUnknown(pattern: string, what: string, all: string[], at: Position): void {
  if (all.some((name) => fit(name, pattern))) return;
  throw new TemplateError(at, `no ${what} is called "${pattern}"`, suggestion(pattern, all));
}
