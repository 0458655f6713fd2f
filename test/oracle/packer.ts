import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkActions } from './actions';
import { checkExpressions } from './expressions';
import { checkFounding } from './founding';
import { checkFunctions } from './functions';
import { parseInspection, type Inspected } from './inspected';
import { checkRuns } from './runs';
import { checkSecrets } from './secrets';
import { soak } from './soak';
import { checkSources } from './sources';
import type { Setting, Template } from '../../src/packer/template/model';
import { readTemplate } from '../../src/packer/template/read';

const FIXTURES = 'test/packer/fixtures';

/** What every Packer and our reader are both asked to read. */
const SHARED = ['founding.json', 'windows.json', 'linux.json', 'early.pkr.hcl', 'folder'];

/** What Packer 1.6.6, whose HCL2 is a beta, cannot read, and what it says. */
const BEYOND: Record<string, RegExp> = { 'linux.pkr.hcl': /required_plugins/ };

/** What only later ones read. */
const LATER = ['linux.pkr.hcl', 'runs/choice.pkr.hcl', 'runs/values.pkr.hcl', 'runs/syntax.pkr.json'];

const [version, packer, ...flags] = process.argv.slice(2) as [string, string, ...string[]];
const early = version === '1.6.6';

function inspect(name: string): { readonly status: number | null; readonly output: string } {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, CHECKPOINT_DISABLE: '1' };
  const { status, stdout } = spawnSync(packer, ['inspect', '-machine-readable', join(FIXTURES, name)], { encoding: 'utf8', env, timeout: 60_000 });
  return { status, output: stdout };
}

/** Our reading in the shape of Packer's. */
function ours(template: Template, inspected: Inspected): Inspected {
  const hcl = template.format === 'hcl2';
  const value = (name: string, setting: Setting | undefined) => {
    const shown = inspected.variables.get(name);
    // Packer shows a default as it is written, and hides every value that equals a sensitive one, be it empty.
    if (setting === undefined) return undefined;
    return shown === '<sensitive>' || shown?.includes('{{') ? shown : written(setting);
  };
  return {
    variables: new Map(template.variables.map((variable) => [variable.name, value(variable.name, variable.value)])),
    builds: template.builds.map(({ builders, provisioners, postProcessors }) => ({
      builders: builders.map(({ name }) => name!),
      provisioners: provisioners.map(({ type }) => type),
      ...(hcl ? { postProcessors: postProcessors.map((chain) => chain.map(({ type }) => type)) } : {}),
    })),
  };
}

/** As Packer prints values: texts within others in quotes. */
function written(setting: Setting, nested = false): string {
  if (setting.kind === 'list') return `[\n${setting.value.map((item) => `  ${written(item, true)},\n`).join('')}]`;
  if (setting.kind === 'map') return `{\n${[...setting.value].sort().map(([key, item]) => `  "${key}" = ${written(item, true)}\n`).join('')}}`;
  if (setting.kind !== 'scalar') return `<${setting.kind}>`;
  return nested && typeof setting.value === 'string' ? `"${setting.value}"` : String(setting.value);
}

function sorted({ variables, builds }: Inspected): unknown {
  // `inspect` of JSON sorts variables and builders; provisioners keep their order in both.
  return { variables: [...variables].sort(), builds: builds.map((build) => ({ ...build, builders: [...build.builders].sort() })) };
}

for (const name of early ? SHARED : [...SHARED, ...LATER]) {
  const { status, output } = inspect(name);
  if (status !== 0) throw new Error(`Packer does not read ${name}:\n${output}`);
  const inspected = parseInspection(output);
  deepStrictEqual(sorted(ours(readTemplate(join(FIXTURES, name), { environment: {} }), inspected)), sorted(inspected), name);
  console.log(`agree: ${name} (${inspected.variables.size} variables, ${inspected.builds.map(({ provisioners }) => provisioners.length).join(' + ')} provisioners)`);
}
for (const [name, reason] of early ? Object.entries(BEYOND) : []) {
  const { status, output } = inspect(name);
  if (status === 0) throw new Error(`Packer reads ${name} now: compare it`);
  deepStrictEqual(reason.test(output), true, output);
  readTemplate(join(FIXTURES, name), { environment: {} });
  console.log(`beyond the beta of HCL2 in this Packer, as expected (${reason.source}): ${name}`);
}
checkFounding(join(FIXTURES, 'founding.json'), packer);
checkSecrets(packer);
if (!early) {
  checkExpressions(packer, flags.includes('--write'));
  checkActions(packer, flags.includes('--write'));
  checkRuns(packer, flags.includes('--write'));
  checkSources(packer, flags.includes('--write'));
  checkFunctions(packer);
  const option = flags.find((flag) => flag.startsWith('--soak'));
  if (option !== undefined) soak(packer, option);
}
