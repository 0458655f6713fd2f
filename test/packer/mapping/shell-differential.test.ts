import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imported, LINUX } from './helper';
import { SHELL_BODIES, type ShellBody } from './shell-bodies';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
}

/** In an empty folder, as the user who logs in by SSH and as the agent, whose shell is bash on every AMI for Linux. */
function bash(command: string): Ended {
  const folder = mkdtempSync(join(tmpdir(), 'golden-images-shell-'));
  try {
    const { status, stdout } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env.PATH } });
    return { status, stdout };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const FOLDER = mkdtempSync(join(tmpdir(), 'golden-images-packer-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** `escapeEnvVars` of provisioner/shell/provisioner.go in hashicorp/packer v1.9.4 (MPL-2.0), in its format. */
const variables = ({ environment = {} }: ShellBody, format: (name: string, value: string) => string): string =>
  Object.entries({ PACKER_BUILD_NAME: 'amazon-ebs', PACKER_BUILDER_TYPE: 'amazon-ebs', ...environment }).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => format(name, value.replaceAll('\'', '\'"\'"\''))).join('');

/** What Packer uploads and runs, after the same source: `Prepare` (defaults), `Provision`, and `UnixReader` for line ends. */
function byPacker(body: ShellBody): Ended {
  const { inline, file, settings = {} } = body;
  const [path, variableFile] = [join(FOLDER, 'script.sh'), join(FOLDER, 'variables.sh')];
  const text = file ?? [`#!${settings.inline_shebang ?? '/bin/sh -e'}`, ...inline!].map((line) => `${line}\n`).join('');
  writeFileSync(path, text.replace(/\r?\n|$/g, (end, at) => (end === '' && (text === '' || text[at - 1] === '\n') ? '' : '\n')), { mode: 0o755 });
  writeFileSync(variableFile, variables(body, (name, value) => `export ${name}='${value}'\n`));
  const usual = settings.use_env_var_file ? 'chmod +x {{ .Path }}; . {{ .EnvVarFile }} && {{ .Path }}' : 'chmod +x {{ .Path }}; {{ .Vars }} {{ .Path }}';
  return bash(String(settings.execute_command ?? usual)
    .replaceAll('{{ .Path }}', () => path).replaceAll('{{ .EnvVarFile }}', () => variableFile)
    .replaceAll('{{ .Vars }}', () => variables(body, (name, value) => `${name}='${value}' `)));
}

const NAMES = Object.keys(SHELL_BODIES);

/** The scripts of our steps, by the bodies: some of them are provisioners of one template. */
function ours(names: readonly string[]): string[] {
  const files = Object.fromEntries(names.map((name, index) => [`${index}.sh`, SHELL_BODIES[name]!.file ?? '']));
  const provisioners = names.map((name, index) => {
    const { inline, environment = {}, settings } = SHELL_BODIES[name]!;
    const environment_vars = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
    return { type: 'shell', ...inline ? { inline } : { script: `${index}.sh` }, environment_vars, ...settings };
  });
  const scripts = imported({ builders: [LINUX], provisioners }, ({ steps }) => steps().map(({ inputs }) => inputs.commands[0] as string), {}, files);
  expect(scripts).toHaveLength(names.length);
  return scripts;
}

const IN_A_TEMPLATE = 8;
const SCRIPTS = new Map(NAMES.flatMap((_, index) => {
  const names = NAMES.slice(index, index + IN_A_TEMPLATE);
  return index % IN_A_TEMPLATE === 0 ? ours(names).map((script, at) => [names[at]!, script] as const) : [];
}));

test.each(NAMES)('ours ends as Packer ends it: %s', (name) => {
  const body = SHELL_BODIES[name]!;
  const theirs = byPacker(body);
  const valid = (body.settings?.valid_exit_codes ?? [0]) as number[];
  expect(bash(SCRIPTS.get(name)!)).toEqual({ status: valid.includes(theirs.status!) ? 0 : 1, stdout: theirs.stdout });
});
