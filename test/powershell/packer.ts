import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BODIES, type Body } from './packer-bodies';
import { isValid, packerRun, type Form, type PackerRun } from './packer-wrapper';
import type { PowerShell, Shell } from './pwsh';
import { server2025 } from './world';
import { inFolder } from '../packer/helpers/read-text';
import { WINDOWS } from '../packer/mapping/helper';
import { documents, type Documents } from '../packer/round-trip/road';

const FORMS: Form[] = ['script', 'inline'];
const ALL = FORMS.flatMap((form) => Object.keys(BODIES).map((name) => [form, name] as const));
const IN_A_TEMPLATE = 16;

const provisioner = (form: Form, { lines, environment = {}, validExitCodes, elevated, pwsh }: Body, file: string): object => ({
  type: 'powershell',
  ...form === 'inline' ? { inline: lines } : { script: file },
  environment_vars: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
  ...validExitCodes ? { valid_exit_codes: validExitCodes } : {},
  ...elevated ? { elevated_user: 'SYSTEM', elevated_password: '' } : {},
  ...pwsh ? { use_pwsh: true } : {},
});

/** What a provisioner became: the script of its step, and the file that this runs. */
interface Imported {
  readonly step: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The provisioners of a template, by the public road: a template, an app, its documents and assets. */
function imported(cases: readonly (readonly [Form, string])[]): Imported[] {
  const files = Object.fromEntries(cases.map(([, name], index) => [`${index}.ps1`, BODIES[name]!.lines.map((line) => `${line}\n`).join('')]));
  const provisioners = cases.map(([form, name], index) => provisioner(form, BODIES[name]!, `${index}.ps1`));
  // What looks like a function of a template is one to Packer; as text, it is written so.
  const template = JSON.stringify({ builders: [WINDOWS], provisioners }).replaceAll('{{ x }}', '{{`{{ x }}`}}');
  return inFolder({ ...files, 'template.json': template }, (folder) => scripts(documents(join(folder, 'template.json'), {}, true).documents));
}

const scripts = ({ steps, file }: Documents): Imported[] => steps.flatMap((step, index) => {
  if (!step.name.startsWith('PackerScript')) return [];
  const { source, destination } = (steps.slice(0, index).filter(({ action }) => action === 'S3Download').pop()!.inputs as any)[0];
  return [{ step: (step.inputs as any).commands.join('\n'), files: { [destination]: file(source).toString() } }];
});

/** What does not parse is said with the path of the file. */
const withoutPath = (text: string): string => text.replace(/^At \S+\.ps1:/, 'At ');
const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / IN_A_TEMPLATE) }, (_, index) => list.slice(index * IN_A_TEMPLATE, (index + 1) * IN_A_TEMPLATE));

export const packerChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('scripts of Packer', () => {
  let all: Map<string, Imported>;
  beforeAll(() => {
    const found = chunks(ALL).flatMap((each) => imported(each));
    all = new Map(ALL.map(([form, name], index) => [`${form} ${name}`, found[index]!]));
  }, 300_000);

  /** Packer's own way, in a PowerShell of the server. */
  async function byPacker(given: Body, form: Form): Promise<Shell> {
    const { files, by, what } = packerRun(given, form, 'C:\\Windows\\Temp\\');
    await powershell().reset({ ...server2025(), Files: { ...files } });
    return powershell().shell(by === '-file' ? files[what]! : what);
  }

  test.each(ALL)('by %s, ours ends as Packer ends it: %s', async (form, name) => {
    const given = BODIES[name]!;
    const theirs = await byPacker(given, form);
    const { step, files } = all.get(`${form} ${name}`)!;
    await powershell().reset({ ...server2025(), Files: { ...files } });
    const ours = await powershell().run(step);
    const said = theirs.lines.map(({ text }) => withoutPath(text));
    expect({ valid: ours.exitCode === 0, said: ours.output.slice(0, said.length).map(withoutPath) })
      .toEqual({ valid: isValid(given, theirs.exitCode), said });
    expect(ours.failure ?? ours.output[said.length]).toContain(`: exit code ${theirs.exitCode} (`);
    count('bodies of Packer', 1);
  });

  /** Packer's command line to a PowerShell that is a process; 8 bits of an exit code are left on Linux. */
  function byProcess({ files, by, what }: PackerRun): { exitCode: number; output: string[] } {
    Object.entries(files).forEach(([path, text]) => writeFileSync(path, text));
    const { status, stdout } = spawnSync(process.env.GOLDEN_IMAGES_PWSH!, ['-executionpolicy', 'bypass', by, what], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return { exitCode: status!, output: stdout.split('\n').slice(0, -1) };
  }

  const some = ['goes on after an error that ends no command', 'throw', 'a native program that fails, and a command after it'];
  const real = process.env.SOAK ? ALL.filter(([, name]) => !/streams|calls|parse/.test(name)) : ALL.filter(([, name]) => some.includes(name));
  test.each(real)('a PowerShell of the server ends as a process of pwsh, by %s: %s', async (form, name) => {
    const { exitCode, lines } = await byPacker(BODIES[name]!, form);
    const output = lines.filter(({ stream }) => stream === 'output').flatMap(({ text }) => text.split('\n'));
    expect(byProcess(packerRun(BODIES[name]!, form, `${powershell().room}/`))).toEqual({ exitCode: (exitCode % 256 + 256) % 256, output });
  });
});
