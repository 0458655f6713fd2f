import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { plain } from './read-text';
import type { Block, Build } from '../../../src/packer/template/model';
import { readTemplate } from '../../../src/packer/template/read';

/** Templates of builds that run on no machine: what they echo shows which provisioners run for whom, and with what. */
export const RUNS: ReadonlyArray<{ readonly file: string; readonly variableFiles?: string[] }> = [
  { file: 'choice.pkr.hcl' }, { file: 'values.pkr.hcl' }, { file: 'syntax.pkr.json' }, { file: 'legacy.json', variableFiles: ['legacy.values.json'] },
];
export const RUN_FOLDER = resolve('test/packer/fixtures/runs');
export const RUN_ENVIRONMENT = { MARK_HOME: 'here' };

/** What is echoed behind MARK, by the name of the build. */
export type Marks = Record<string, string[]>;

export function ourMarks({ file, variableFiles }: (typeof RUNS)[number]): Marks {
  const before = process.cwd();
  process.chdir(RUN_FOLDER);
  try {
    const template = readTemplate(file, { environment: RUN_ENVIRONMENT, variableFiles: variableFiles?.map((name) => join(RUN_FOLDER, name)) });
    const marks = (build: Build) => build.builders.map((builder) => [nameOf(builder, build, template.format), marksOf(builder, build)] as const);
    return Object.fromEntries(template.builds.flatMap(marks));
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
  return meant.flatMap((block) => echoed({ ...block, settings: new Map([...block.settings, ...block.overrides?.get(builder.name!) ?? []]) }));
}

function echoed({ settings }: Block): string[] {
  const [lines, variables] = [plain(settings.get('inline')) as string[], (plain(settings.get('environment_vars')) ?? []) as string[]];
  const { stdout } = spawnSync('/bin/sh', ['-c', lines.join('\n')], { encoding: 'utf8', env: Object.fromEntries(variables.map((each) => each.split('=', 2))) });
  return [...stdout.matchAll(/^MARK (.*)$/gm)].map(([, mark]) => mark!);
}
