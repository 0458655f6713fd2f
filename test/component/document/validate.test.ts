import { stringify } from 'yaml';
import { validateDocument } from '../../../src/component/document';
import { Platform } from '../../../src/image/platform';

const check = (document: unknown, platform = Platform.LINUX) =>
  validateDocument(typeof document === 'string' ? document : stringify(document), platform).map(({ path, what }) => `${path}: ${what}`);

const bash = { name: 'Hello', action: 'ExecuteBash', inputs: { commands: ['echo hello'] } };
const withSteps = (...steps: unknown[]) => ({ schemaVersion: 1.0, phases: [{ name: 'build', steps }] });
const step = (changes: object) => withSteps({ ...bash, ...changes });

describe('a valid document', () => {
  test('of the user guide has no violation', () => {
    expect(check(`
name: LinuxBin
description: Download and run a custom Linux binary file.
schemaVersion: 1.0
parameters:
  - Bucket: { type: string, default: media, description: where it lies }
constants:
  - Target: { type: string, value: /tmp/myapplication }
phases:
  - name: build
    steps:
      - name: Download
        action: S3Download
        timeoutSeconds: -1
        onFailure: Abort
        maxAttempts: 3
        inputs:
          - source: 's3://{{ Bucket }}/myapplication'
            destination: '{{ Target }}'
      - name: Enable
        action: ExecuteBash
        onFailure: Continue
        if: { fileExists: '{{ Target }}', else: Skip }
        inputs:
          commands:
            - 'chmod u+x {{ build.Download.inputs[0].destination }}'
      - name: Install
        action: ExecuteBinary
        loop: { name: Turns, for: { start: 1, end: 3, updateBy: 1 } }
        inputs:
          path: '{{ build.Download.inputs[0].destination }}'
          arguments: ['--install', '{{ Turns.index }}', '{{ loop.value }}']
  - name: validate
    steps:
      - name: Version
        action: Assert
        inputs:
          and:
            - stringEquals: '2.1.1'
              value: '{{ build.Enable.outputs.stdout }}'
            - not: [{ folderExists: /nowhere }]
`)).toEqual([]);
  });

  test('for Windows has no violation', () => {
    expect(check({
      schemaVersion: '1.0',
      phases: [{
        name: 'build',
        steps: [
          { name: 'Script', action: 'ExecutePowerShell', inputs: { file: 'C:\\a.ps1' } },
          { name: 'Msi', action: 'InstallMSI', inputs: { path: 's3://b/a.msi', reboot: 'Skip', properties: { A: 'B' } } },
          { name: 'Key', action: 'SetRegistry', inputs: [{ path: 'HKLM:\\SOFTWARE\\A', name: 'a', value: 1, type: 'DWORD' }] },
          { name: 'Updates', action: 'UpdateOS', inputs: { include: ['KB1234567'] } },
          { name: 'Reboot', action: 'Reboot' },
        ],
      }],
    }, Platform.WINDOWS)).toEqual([]);
  });
});

test.each<[string, unknown, string[]]>([
  ['no YAML', 'phases: [', ['line 1, column 10: Flow sequence in block collection must be sufficiently indented and end with a ]']],
  ['a key twice', 'schemaVersion: 1.0\nschemaVersion: 1.0', ['line 2, column 1: Map keys must be unique']],
  ['a text', 'hello', ["the document: it is 'hello'"]],
  ['nothing', '', ['the document: it is null']],
  ['no phase', { schemaVersion: 1.0 }, ['phases: it is missing']],
  ['an empty list of phases', { schemaVersion: 1.0, phases: [] }, ['phases: it is []']],
  ['no schema version', { phases: withSteps(bash).phases }, ['schemaVersion: it is missing']],
  ['another schema version', { ...withSteps(bash), schemaVersion: '2.0' }, ["schemaVersion: it is '2.0'"]],
  ['an unknown key', { ...withSteps(bash), outputs: [] }, ["outputs: 'outputs' is not known here"]],
  ['only a phase that nobody runs', { schemaVersion: 1.0, phases: [{ name: 'deploy', steps: [bash] }] }, ["phases: it has 'deploy'"]],
  ['only the phase for hosts of containers', { schemaVersion: 1.0, phases: [{ name: 'container-host-test', steps: [bash] }] }, ["phases: it has 'container-host-test'"]],
  ['a phase twice', { schemaVersion: 1.0, phases: [{ name: 'build', steps: [bash] }, { name: 'build', steps: [bash] }] },
    ["phases[1].name: 'build' is taken"]],
  ['a phase without steps', { schemaVersion: 1.0, phases: [{ name: 'build' }] }, ['phases[0].steps: it is missing']],
  ['a phase with no step', { schemaVersion: 1.0, phases: [{ name: 'build', steps: [] }] }, ['phases[0].steps: it is []']],
  ['a step twice', withSteps(bash, bash), ["phases[0].steps[1].name: 'Hello' is taken"]],
  ['a step without a name', step({ name: undefined }), ['phases[0].steps[0].name: it is missing']],
  ['a step named Load keys', step({ name: 'Load keys' }), ["phases[0].steps[0].name: it is 'Load keys'"]],
  ['a step without an action', step({ action: undefined }), ['phases[0].steps[0].action: it is missing']],
  ['an unknown module', step({ action: 'ExecuteBsh' }), ["phases[0].steps[0].action: 'ExecuteBsh' is no module"]],
  ['a name of every object', step({ action: 'constructor' }), ["phases[0].steps[0].action: 'constructor' is no module"]],
  ['a Windows module', step({ action: 'ExecutePowerShell' }), ["phases[0].steps[0].action: 'ExecutePowerShell' runs only on Windows"]],
  ['an unknown field of a step', step({ retries: 3 }), ["phases[0].steps[0].retries: 'retries' is not known here"]],
  ['no inputs', step({ inputs: undefined }), ['phases[0].steps[0].inputs: it is missing']],
  ['a missing input', step({ inputs: {} }), ['phases[0].steps[0].inputs.commands: it is missing']],
  ['an unknown input', step({ inputs: { commands: ['a'], command: 'b' } }), ["phases[0].steps[0].inputs.command: 'command' is not known here"]],
  ['a text for a list', step({ inputs: { commands: 'echo' } }), ["phases[0].steps[0].inputs.commands: it is 'echo'"]],
  ['a map for a list of maps', step({ action: 'S3Download', inputs: { source: 'a', destination: 'b' } }),
    ['phases[0].steps[0].inputs: it is {"source":"a","destination":"b"}']],
  ['an empty list of downloads', step({ action: 'S3Download', inputs: [] }), ['phases[0].steps[0].inputs: it is []']],
  ['a second download without destination', step({ action: 'S3Download', inputs: [{ source: 'a', destination: 'b' }, { source: 'a' }] }),
    ['phases[0].steps[0].inputs[1].destination: it is missing']],
  ['a checksum without algorithm', step({ action: 'WebDownload', inputs: [{ source: 'a', destination: 'b', checksum: 'c' }] }),
    ['phases[0].steps[0].inputs[0]: it has only checksum']],
  ['an unknown algorithm', step({ action: 'WebDownload', inputs: [{ source: 'a', destination: 'b', checksum: 'c', algorithm: 'CRC' }] }),
    ["phases[0].steps[0].inputs[0].algorithm: it is 'CRC'"]],
  ['a timeout of zero', step({ timeoutSeconds: 0 }), ['phases[0].steps[0].timeoutSeconds: it is 0']],
  ['a timeout that is no number', step({ timeoutSeconds: 'soon' }), ["phases[0].steps[0].timeoutSeconds: it is 'soon'"]],
  ['no attempt', step({ maxAttempts: 0 }), ['phases[0].steps[0].maxAttempts: it is 0']],
  ['an unknown answer to failure', step({ onFailure: 'Retry' }), ["phases[0].steps[0].onFailure: it is 'Retry'"]],
  ['a condition without operator', step({ if: { then: 'Skip' } }), ['phases[0].steps[0].if: it has nothing']],
  ['an unknown operator', step({ if: { exists: '/a' } }), ["phases[0].steps[0].if: it has 'exists'"]],
  ['two operators', step({ if: { fileExists: '/a', folderExists: '/b' } }), ['phases[0].steps[0].if: it has fileExists and folderExists']],
  ['a comparison with nothing', step({ if: { stringEquals: 'a' } }), ['phases[0].steps[0].if.value: it is missing']],
  ['a hash of no file', step({ if: { fileSHA256Equals: 'a' } }), ['phases[0].steps[0].if.path: it is missing']],
  ['an unknown outcome', step({ if: { fileExists: '/a', then: 'Run' } }), ["phases[0].steps[0].if.then: it is 'Run'"]],
  ['an assertion without comparison', step({ action: 'Assert', inputs: {} }), ['phases[0].steps[0].inputs: it has nothing']],
  ['conditions nested too deep', step({ if: { not: { not: { not: { not: { not: { fileExists: '/a' } } } } } } }),
    ['phases[0].steps[0].if.not[0].not[0].not[0].not[0].not: it is nested 5 deep']],
  ['an endless loop', step({ loop: { for: { start: 1, end: 3, updateBy: -1 } } }), ['phases[0].steps[0].loop.for: it goes from 1 to 3 by -1']],
  ['a loop over nothing', step({ loop: { forEach: [] } }), ['phases[0].steps[0].loop.forEach: it is []']],
  ['a loop of no kind', step({ loop: { name: 'A' } }), ['phases[0].steps[0].loop: it has neither']],
  ['a loop with an unknown delimiter', step({ loop: { forEach: { list: 'a|b', delimiter: '|' } } }),
    ["phases[0].steps[0].loop.forEach.delimiter: it is '|'"]],
  ['a parameter of another type', { ...withSteps(bash), parameters: [{ Size: { type: 'number' } }] }, ["parameters[0].Size.type: it is 'number'"]],
  ['a constant without value', { ...withSteps(bash), constants: [{ Size: { type: 'string' } }] }, ['constants[0].Size.value: it is missing']],
  ['a short name', { ...withSteps(bash), parameters: [{ A: { type: 'string' } }] }, ["parameters[0]: the name is 'A'"]],
  ['a name in both', { ...withSteps(bash), parameters: [{ Abc: { type: 'string' } }], constants: [{ Abc: { type: 'string', value: 'a' } }] },
    ["constants[0]: the name 'Abc' is taken"]],
  ['a map of parameters', { ...withSteps(bash), parameters: { Abc: { type: 'string' } } }, ['parameters: it is {"Abc":{"type":"string"}}']],
])('%s is refused', (_, document, expected) => {
  expect(check(document)).toEqual(expected);
});

describe('references', () => {
  const refer = (reference: string, changes: object = {}) => check(withSteps(bash, {
    name: 'Next', action: 'ExecuteBash', inputs: { commands: [`echo ${reference}`] }, ...changes,
  }));
  const at = 'phases[0].steps[1].inputs.commands[0]';

  test.each([
    '{{ build.Hello.outputs.stdout }}', '{{build.Hello.inputs.commands[0]}}',
  ])('%s is valid', (reference) => {
    expect(refer(reference)).toEqual([]);
  });

  test.each([
    '{{ Unknown }}', '{{ build.Nobody.outputs.stdout }}', '{{ build.Next.outputs.stdout }}', '{{ build.Hello.outputs.stderr }}', '{{ loop.index }}',
    '{{ .Values.image }}', '{{ user | upper }}', '{{ github.ref }}',
  ])('%s refers to nothing', (reference) => {
    expect(refer(reference)).toEqual([`${at}: '${reference}' refers to nothing`]);
  });

  test('a loop is known to its step by its name only', () => {
    expect(refer('{{ Turn.value }}', { loop: { name: 'Turn', forEach: ['a'] } })).toEqual([]);
    expect(refer('{{ Turns.value }}', { loop: { name: 'Turn', forEach: ['a'] } })).toEqual([`${at}: '{{ Turns.value }}' refers to nothing`]);
  });

  test('a test cannot refer to the build: it runs on another instance', () => {
    const document = withSteps(bash);
    const test = { name: 'test', steps: [{ ...bash, inputs: { commands: ['echo {{ build.Hello.outputs.stdout }}'] } }] };
    expect(check({ ...document, phases: [...document.phases, test] }))
      .toEqual(["phases[1].steps[0].inputs.commands[0]: '{{ build.Hello.outputs.stdout }}' refers to nothing"]);
  });

  test('names hold no references', () => {
    expect(check(step({ name: '{{ Name }}' }))).toEqual(["phases[0].steps[0].name: it is '{{ Name }}'"]);
  });

  test('a reference that is not quoted is told apart', () => {
    const [violation] = validateDocument(
      'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: A\n        action: ExecuteBinary\n        inputs:\n          path: {{ a.b }}\n',
      Platform.LINUX,
    );
    expect(violation).toMatchObject({ path: 'phases[0].steps[0].inputs.path', expected: 'a text; quote it where it begins with {{' });
  });
});

describe('Windows', () => {
  const onWindows = (action: string, inputs: unknown) => check(withSteps({ name: 'A', action, inputs }), Platform.WINDOWS);

  test('knows neither bash nor owners', () => {
    expect(onWindows('ExecuteBash', { commands: ['a'] })).toEqual(["phases[0].steps[0].action: 'ExecuteBash' runs only on Linux"]);
    expect(onWindows('SetFileOwner', [{ path: 'a', owner: 'b' }])).toEqual(["phases[0].steps[0].action: 'SetFileOwner' runs only on Linux"]);
    expect(onWindows('CreateFile', [{ path: 'a', owner: 'b' }])).toEqual(["phases[0].steps[0].inputs[0].owner: 'owner' is not known to Windows"]);
  });

  test('takes commands or a file, and keys under a known root', () => {
    expect(onWindows('ExecutePowerShell', {})).toEqual(['phases[0].steps[0].inputs: it has neither']);
    expect(onWindows('ExecutePowerShell', { commands: ['a'], file: 'b' })).toEqual(['phases[0].steps[0].inputs: it has both']);
    expect(onWindows('SetRegistry', [{ path: 'SOFTWARE\\A', name: 'a', value: 1, type: 'DWORD' }]))
      .toEqual(["phases[0].steps[0].inputs[0].path: it is 'SOFTWARE\\A'"]);
  });
});
