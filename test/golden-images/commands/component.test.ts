import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';
import { bash, build, document, powershell } from '../components/documents';

const directory = mkdtempSync(join(tmpdir(), 'golden-images-component-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string }> {
  const out: string[] = [];
  let err = '';
  const code = await runCommandLine(args, {
    directory, terminal: false, out: (text) => out.push(...text.split('\n')), err: (text) => { err += text; }, write: () => undefined,
  });
  return { code, out, err };
}

const write = (name: string, text: string): void => {
  mkdirSync(join(directory, name, '..'), { recursive: true });
  writeFileSync(join(directory, name), text);
};

beforeAll(() => {
  write('good.yml', document({ build: [bash('A', 'echo {{ Name }}'), { name: 'B', action: 'Reboot', if: { fileExists: '/b' } }], test: [bash('T')] },
    { parameters: [{ Name: { type: 'string' } }] }));
  write('bad/a.yml', 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: A\n        action: ExecuteBsh\n        retries: 3\n');
  write('bad/deep/b.yaml', build(powershell('W')));
  write('bad/buildspec.yml', 'version: 0.2\nphases:\n  build:\n    commands: [make]\n');
});

describe('component lint', () => {
  test('says where each violation is, and ends with 1', async () => {
    const { code, out } = await run('component', 'lint', 'bad', 'good.yml', '--json', 'lint.json');
    // A note says that nobody asked PowerShell, where it is not there.
    expect(out.filter((line) => !line.startsWith('note: ')).map((line) => line.replace(/; expected .*/, ''))).toEqual([
      "bad/a.yml:7:9: phases[0].steps[0].retries: 'retries' is not known here",
      "bad/a.yml:6:9: phases[0].steps[0].action: 'ExecuteBsh' is no module",
      '3 component documents, 2 violations in 1. 1 other YAML or JSON file passed over.',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(join(directory, 'lint.json'), 'utf8'))).toMatchObject({
      files: [{ file: 'bad/a.yml', platform: 'Linux', violations: [{ line: 7, column: 9 }, { line: 6 }] }, { file: 'bad/deep/b.yaml', platform: 'Windows' }, { violations: [] }],
      passedOver: ['bad/buildspec.yml'],
    });
  });

  test.each<[string[], number, string]>([
    [['good.yml'], 0, '1 component document, nothing to say.'],
    [['good.yml', '--platform', 'linux'], 0, '1 component document, nothing to say.'],
    [['good.yml', '--platform', 'windows'], 1, '1 component document, 2 violations in 1.'],
    // A file that is named is checked, whatever it looks like.
    [['bad/buildspec.yml'], 1, '1 component document, 3 violations in 1.'],
  ])('%j', async (args, code, summary) => {
    const result = await run('component', 'lint', ...args);
    expect([result.code, result.out.at(-1)]).toEqual([code, summary]);
  });
});

describe('component lint of folders', () => {
  const phases = [{ name: 'build', steps: [{ name: 'A', action: 'ExecuteBsh' }] }];

  test.each<[string, string]>([
    ['a.yml', JSON.stringify({ schemaVersion: 1.0, phases })],
    ['a.json', JSON.stringify({ phases, schemaVersion: 1.0 }, undefined, 2)],
    ['a.yaml', '# ours\n{ schemaVersion: 1.0, phases: [{ name: build, steps: [{ name: A, action: ExecuteBsh }] }] }\n'],
    ['a.yml', 'phases:\n- name: build\n  steps: []\n'],
    ['a.yml', 'schemaVersion: 1.0\nphases: {}\n'],
    ['a.yml', 'phases:\n  - name: build\n    steps:\n      - name: "A\n        action: ExecuteBash\n'],
    ['a.json', '{"schemaVersion": 1.0, "phases": [{"name": "build"'],
  ])('finds %s, written as %j', async (name, text) => {
    rmSync(join(directory, 'found'), { recursive: true, force: true });
    write(`found/deep/${name}`, text);
    write('found/package.json', '{"phases": 3}');
    const { code, out } = await run('component', 'lint', 'found');
    expect([code, out.at(-1)]).toEqual([1, expect.stringMatching(/^1 component document, \d+ violations? in 1\. 1 other YAML or JSON file passed over\.$/)]);
  });

  test('a folder without a component document gets a note', async () => {
    write('none/buildspec.yml', 'version: 0.2\nphases:\n  build:\n    commands: [make]\n');
    const { code, out } = await run('component', 'lint', 'none');
    expect([code, out]).toEqual([0, [
      `note: nothing was checked in ${join(directory, 'none')}: it holds no component document`,
      '0 component documents, nothing to say. 1 other YAML or JSON file passed over.',
    ]]);
  });
});

describe('component lint of scripts', () => {
  test('names document, line, phase, step and fault, and ends with 1', async () => {
    write('script.yml', document({ build: [bash('Fine', 'echo {{ Name }}'), bash('Install', 'set -e', 'if [ -e /a ]; then\n  echo a\n')], test: [bash('Ask', 'echo "a')] },
      { parameters: [{ Name: { type: 'string' } }] }));
    const { code, out } = await run('component', 'lint', 'script.yml', '--json', 'lint.json');
    const lines = readFileSync(join(directory, 'script.yml'), 'utf8').split('\n');
    const [then, echo] = ['echo a', 'echo "a'].map((text) => lines.findIndex((line) => line.trim().endsWith(text)) + 1);
    expect(out).toEqual([
      `script.yml:${then}:${lines[then! - 1]!.length + 1}: phases[0].steps[1].inputs.commands[1]: bash would refuse the script of step 'Install' in phase 'build': expected 'fi' to close 'if'; `
      + 'expected a script that bash can parse',
      expect.stringMatching(new RegExp(`^script.yml:${echo}:\\d+: phases\\[1\\].steps\\[0\\].inputs.commands\\[0\\]: bash .* step 'Ask' in phase 'test': unterminated double quote; `)),
      '1 component document, 2 violations in 1.',
    ]);
    expect(code).toBe(1);
    expect(JSON.parse(readFileSync(join(directory, 'lint.json'), 'utf8'))).toMatchObject({
      files: [{ violations: [{ phase: 'build', step: 'Install', line: then }, { phase: 'test', step: 'Ask', line: echo }] }], notices: [],
    });
  });

  test('a document in JSON', async () => {
    write('script.json', JSON.stringify({ schemaVersion: 1.0, phases: [{ name: 'build', steps: [{ name: 'A', action: 'ExecuteBash', inputs: { commands: ['if'] } }] }] }));
    const { code, out } = await run('component', 'lint', 'script.json');
    expect([code, out[0]]).toEqual([1, expect.stringContaining("script.json:1:115: phases[0].steps[0].inputs.commands[0]: bash would refuse the script of step 'A'")]);
  });
});

describe('component run --dry-run', () => {
  test('says each step with what it is given', async () => {
    const { code, out } = await run('component', 'run', 'good.yml', '--dry-run', '--parameter', 'Name=you=me', '--phase', 'build');
    expect(code).toBe(0);
    expect(out).toEqual([
      'build.A: ExecuteBash', 'build.A:   commands:', 'build.A:     - echo you=me',
      'build.B: if {"fileExists":"/b"}: known only on the machine', 'build.B: Reboot', '-- reboot; that was the last step',
      '', 'Nothing was run. What only a machine can tell was taken for the way in which the step runs.',
    ]);
  });

  test('gives a report', async () => {
    const { out } = await run('component', 'run', 'good.yml', '--dry-run', '--parameter', 'Name=x', '--json', '--report', 'report.json');
    const report = JSON.parse(out.join('\n'));
    expect(report).toMatchObject({ document: 'good.yml', status: 'Success', reboots: 1, phases: [{ name: 'build', steps: [{ step: 'A', inputs: { commands: ['echo x'] } }, {}] }] });
    expect(JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8'))).toEqual(report);
  });
});

describe('what cannot be understood ends with 2', () => {
  test.each<[string, string]>([
    ['component', 'expected one of component lint, component run'],
    ['component check a', "unknown command 'component check'; "],
    ['component lint', 'component lint needs a file or a folder: component lint FILE...'],
    ['component lint no.yml', 'there is no no.yml'],
    ['component lint good.yml --platform mac', "--platform must be linux, windows or auto, got 'mac'"],
    ['component run --dry-run', 'component run needs one document: component run FILE'],
    ['component run good.yml --dry-run', "parameter 'Name' has no default: give its value: --parameter NAME=VALUE"],
    ['component run good.yml --dry-run --parameter Name', "--parameter must be NAME=VALUE, got 'Name'"],
    ['component run good.yml --dry-run --parameter Name=x --parameter Mane=y', "the document declares no parameter 'Mane'; it declares Name"],
    ['component run good.yml --dry-run --phase build,deploy', "the document has no phase 'deploy'; it has build, test"],
    ['component run good.yml --network wifi --root .', "--network must be none or host, got 'wifi'"],
    ...['--root .', '--machine qemu', '--save x', '--console y', '--network none', '--s3 a=nope'].map((option): [string, string] => (
      [`component run good.yml --dry-run --parameter Name=x ${option}`, `${option.split(' ')[0]} does not go with --dry-run, which runs nothing on a machine`]
    )),
    ['component run bad/a.yml --dry-run', 'the document is not valid'],
    ['component run bad/deep/b.yaml --root .', 'the document is for Windows, which has no root to run in here: use --dry-run'],
  ])('%s', async (line, message) => {
    const { code, err } = await run(...line.split(' '));
    expect([code, err]).toEqual([2, expect.stringContaining(`golden-images: ${message}`)]);
  });

  test('help of both', async () => {
    const { code, out } = await run('component', '--help');
    expect(code).toBe(0);
    expect(out.filter((line) => line.startsWith('Usage'))).toEqual(['Usage: golden-images component lint FILE... [options]', 'Usage: golden-images component run FILE [options]']);
  });
});
