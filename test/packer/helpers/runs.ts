import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { plain } from './read-text';
import type { Block, Build } from '../../../src/packer/template/model';
import { readTemplate } from '../../../src/packer/template/read';

/** Templates of builds that run on no machine: what they echo shows which provisioners run for whom, and with what. */
export const RUNS: ReadonlyArray<{ readonly file: string; readonly variableFiles?: string[]; readonly only?: string[] }> = [
  { file: 'choice.pkr.hcl' }, { file: 'values.pkr.hcl' }, { file: 'syntax.pkr.json' }, { file: 'legacy.json', variableFiles: ['legacy.values.json'] },
  { file: 'legacy.json', only: ['null'] }, { file: 'failing.pkr.hcl' }, { file: 'builds.pkr.hcl' },
  ...['one.null.a', '*.null.a', 'null.*', 'two.*', '*a'].map((pattern) => ({ file: 'builds.pkr.hcl', only: [pattern] })), { file: 'builds.pkr.hcl', only: ['one.*', 'null.c'] },
];
/** How a run is called in the record. */
export const runName = ({ file, only }: (typeof RUNS)[number]): string => [file, ...only ?? []].join(' ');
export const RUN_FOLDER = resolve('test/packer/fixtures/runs');
export const RUN_ENVIRONMENT = { MARK_HOME: 'here' };

/** What is echoed behind MARK, by the name of the build. */
export type Marks = Record<string, string[]>;

export const ourMarks = ({ file, variableFiles, only }: (typeof RUNS)[number]): Marks => inRunFolder(() => {
  const template = readTemplate(file, { environment: RUN_ENVIRONMENT, variableFiles: variableFiles?.map((name) => join(RUN_FOLDER, name)), only });
  const marks = (build: Build) => build.builders.map((builder) => [nameOf(builder, build, template.format), marksOf(builder, build)] as const);
  return Object.fromEntries(template.builds.flatMap(marks));
});

/** Where Packer is run for the record. */
export function inRunFolder<T>(work: () => T): T {
  const before = process.cwd();
  process.chdir(RUN_FOLDER);
  try {
    return work();
  } finally {
    process.chdir(before);
  }
}

/** As Packer shows it: behind the name of the build; in JSON behind the type, where the builder has a name. */
function nameOf({ name, type }: Block, build: Build, format: string): string {
  if (format === 'json') return name === type ? type : `${type}.${name}`;
  return build.name === undefined ? name! : `${build.name}.${name}`;
}

function marksOf(builder: Block, build: Build): string[] {
  const meant = build.provisioners.filter(({ only, except }) => (only?.includes(builder.name!) ?? true) && !except?.includes(builder.name!));
  const marks: string[] = [];
  for (const block of meant) {
    const settings = settingsFor(block, builder);
    const pause = plain(settings.get('pause_before'));
    if (pause !== undefined) marks.push(`PAUSE ${String(pause)}`);
    const tries = [echoed(settings)];
    while (tries[tries.length - 1]!.failed && tries.length <= Number(plain(settings.get('max_retries')) ?? 0)) tries.push(echoed(settings));
    marks.push(...tries.flatMap((each) => each.marks));
    if (tries[tries.length - 1]!.failed) return [...marks, ...build.errorCleanup ? echoed(settingsFor(build.errorCleanup, builder)).marks : []];
  }
  return marks;
}

function settingsFor(block: Block, builder: Block): Block['settings'] {
  return new Map([...block.settings, ...block.overrides?.get(builder.name!) ?? []]);
}

function echoed(settings: Block['settings']): { readonly marks: string[]; readonly failed: boolean } {
  const [lines, variables] = [plain(settings.get('inline')) as string[], (plain(settings.get('environment_vars')) ?? []) as string[]];
  const { stdout, status } = spawnSync('/bin/sh', ['-c', lines.join('\n')], { encoding: 'utf8', env: Object.fromEntries(variables.map((each) => each.split('=', 2))) });
  return { marks: [...stdout.matchAll(/^MARK (.*)$/gm)].map(([, mark]) => mark!), failed: status !== 0 };
}
