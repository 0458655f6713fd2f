import { Duration, SecretValue } from 'aws-cdk-lib';
import {
  Condition, ConditionOutcome, ExecuteModule, FileModule, InstallModule, Loop, OnFailure, RegistryType, Step, SystemModule, TransferModule,
} from '../../../src/component';
import { render, rendered, renderedOnWindows, stepsOf } from '../support';

describe('options of a step', () => {
  test('go into the document', () => {
    const step = Step.bash('true').withOptions({
      stepName: 'Try', timeout: Duration.minutes(5), onFailure: OnFailure.IGNORE, maxAttempts: 3, condition: Condition.fileExists('/a'),
    });
    expect(rendered(step)[0]).toMatchObject({ name: 'Try1', timeoutSeconds: 300, onFailure: 'Ignore', maxAttempts: 3, if: { fileExists: '/a' } });
    expect(rendered(Step.bash('true').withOptions({ noTimeout: true }))[0].timeoutSeconds).toBe(-1);
  });

  test('of a sequence go to each of its steps', () => {
    const steps = rendered(Step.sequence(Step.bash('a'), Step.bash('b')).withOptions({ maxAttempts: 2 }));
    expect(steps.map(({ maxAttempts }) => maxAttempts)).toEqual([2, 2]);
  });

  test('conditions of the step and of its options both have to hold', () => {
    const inner = Step.reboot().withOptions({ condition: Condition.fileExists('/flag') });
    expect(rendered(inner.withOptions({ condition: Condition.binaryExists('dnf') }))[0].if)
      .toEqual({ and: [{ binaryExists: 'dnf' }, { fileExists: '/flag' }] });
  });

  test('outcomes stand beside the only condition', () => {
    const outcome = { whenFalse: ConditionOutcome.ABORT };
    const condition = Condition.negate(Condition.folderExists('/a'));
    expect(rendered(Step.reboot().withOptions({ condition, ...outcome }))[0].if).toEqual({ not: { folderExists: '/a' }, else: 'Abort' });
    expect(() => rendered(Step.reboot().withOptions(outcome))).toThrow(/'Abort' stands on a step without a condition/);
    expect(() => rendered(Step.reboot().withOptions({ condition }).withOptions({ condition, ...outcome }))).toThrow(/conditions of its own/);
  });

  test('a name has letters, digits, hyphens and underscores, as Image Builder wants them', () => {
    expect(() => rendered(Step.bash('a').withOptions({ stepName: 'Load keys' })))
      .toThrow(/Web\/Base: component 'mine': the name of a step is 'Load keys'; expected letters, .*; name it 'Load-keys', or leave stepName out/);
    expect(rendered(Step.bash('a').withOptions({ stepName: 'Load_the-keys' }))[0].name).toBe('Load_the-keys1');
  });

  test('attempts are whole numbers from 1', () => {
    expect(() => rendered(Step.bash('a').withOptions({ maxAttempts: 0 }))).toThrow(/Web\/Base: component 'mine': maxAttempts is 0; expected a whole number from 1/);
  });
});

describe('an empty command', () => {
  test.each<[string, () => unknown]>([
    ['Step.bash', () => rendered(Step.bash('true', ' '))],
    ['ExecuteModule.bash', () => rendered(ExecuteModule.bash('true', ''))],
    ['ExecuteModule.powershell', () => renderedOnWindows(ExecuteModule.powershell('$true', '\n'))],
  ])('of %s is refused', (_, use) => {
    expect(use).toThrow(/command 2 of 2 of a step is empty; expected a command; write the command or remove it/);
  });

  test('is refused where there is none at all', () => {
    expect(() => rendered(ExecuteModule.bash())).toThrow(/a step has no commands; expected at least one/);
  });
});

describe('loops', () => {
  test('repeat one step, with their value and number', () => {
    const loop = Loop.over('a', 'b');
    expect(rendered(Step.bash(`echo ${loop.value} ${loop.index}`).withOptions({ loop }))[0]).toMatchObject({
      loop: { forEach: ['a', 'b'] }, inputs: { commands: ['set -euo pipefail\necho {{ loop.value }} {{ loop.index }}'] },
    });
    const down = Loop.range({ start: 3, end: 1, updateBy: -1 });
    expect(rendered(Step.reboot().withOptions({ loop: down }))[0].loop).toEqual({ for: { start: 3, end: 1, updateBy: -1 } });
  });

  test('may split the output of a step', () => {
    const list = Step.bash('echo a,b');
    expect(rendered(list, Step.reboot().withOptions({ loop: Loop.split(list.output('stdout'), ',') }))[1].loop)
      .toEqual({ forEach: { list: '{{ build.Bash1.outputs.stdout }}', delimiter: ',' } });
  });

  test('that cannot be are refused', () => {
    const elsewhere = Loop.over('a');
    expect(() => rendered(Step.bash(`echo ${elsewhere.value}`))).toThrow(/the value of a loop that it cannot know/);
    expect(() => rendered(Step.reboot().withOptions({ loop: Loop.over() }))).toThrow(/over no values/);
    expect(() => rendered(Step.reboot().withOptions({ loop: Loop.range({ start: 1, end: 3, updateBy: -1 }) }))).toThrow(/from 1 to 3 by -1/);
    expect(() => rendered(Step.sequence(Step.bash('a'), Step.bash('b')).withOptions({ loop: elsewhere }))).toThrow(/is 2 in the document \(Bash, Bash\)/);
  });
});

describe('outputs', () => {
  const version = Step.bash('cat /etc/version');

  test('go to later steps, by the name that the step has in the document', () => {
    const steps = rendered(Step.reboot(), version, Step.assertThat(Condition.stringEquals(version.output('stdout'), '1')));
    expect(steps[2].inputs).toEqual({ stringEquals: '1', value: '{{ build.Bash2.outputs.stdout }}' });
  });

  test('go on to the validate phase, and not to the test phase', () => {
    const use = Step.bash(`test ${version.output('stdout')} = 1`);
    expect(stepsOf(render({ buildSteps: [version], validateSteps: [use] }), 'validate')[0].inputs.commands[0]).toContain('{{ build.Bash1.outputs.stdout }}');
    expect(() => render({ buildSteps: [version], testSteps: [use] })).toThrow(
      /step Bash1 of the test phase refers to the output 'stdout' of a step that it cannot know; expected a step of the test phase/,
    );
  });

  test('belong to what is inside of sequences and options', () => {
    const steps = rendered(Step.sequence(version.withOptions({ maxAttempts: 2 }), Step.reboot()), Step.bash(`echo ${version.output('stdout')}`));
    expect(steps[2].inputs.commands[0]).toContain('{{ build.Bash1.outputs.stdout }}');
  });

  test('of a later step, of the step itself and of no step are refused', () => {
    expect(() => rendered(Step.bash(`echo ${version.output('stdout')}`), version)).toThrow(/a step that stands before it in the same component/);
    const first: Step = Step.bash('a');
    const second = Step.bash(`echo ${first.output('stdout')}`);
    expect(() => rendered(second, first)).toThrow(/refers to the output 'stdout'/);
    expect(() => rendered(Step.reboot(), Step.bash(`echo ${version.output('stdout')}`))).toThrow(/stands before it/);
  });

  test('that the module does not have are refused', () => {
    expect(() => rendered(version, Step.bash(`echo ${version.output('stderr')}`))).toThrow(/refers to nothing; expected .*outputs of ExecuteBash/);
  });
});

describe('double braces of the user', () => {
  test('in a script travel as an asset', () => {
    const steps = rendered(Step.bash('docker ps --format "{{.Names}}"'));
    expect(steps.map(({ action }) => action)).toEqual(['S3Download', 'Assert', 'ExecuteBash']);
    const path = steps[0].inputs[0].destination;
    expect(path).toMatch(/^\/tmp\/script-[0-9a-f]{8}\.sh$/);
    expect(steps[1].inputs).toEqual({ fileSHA256Equals: expect.stringMatching(/^[0-9a-f]{64}$/), path });
    expect(steps[2].inputs.commands[0]).toContain(`bash '${path}'`);
    expect(renderedOnWindows(Step.powershell('"{{0}}"'))[2].inputs.commands[0]).toMatch(/-File 'C:\\Windows\\Temp\\script-[0-9a-f]{8}\.ps1'\nif \(\$LASTEXITCODE -ne 0\) \{ exit \$LASTEXITCODE \}/);
  });

  test('are refused where they cannot', () => {
    expect(() => rendered(FileModule.createFile({ path: '/a', content: 'x\n{{ user }}' })))
      .toThrow(/the text '\{\{ user \}\}' holds '\{\{'; expected .*; ship it as a file with Source\.asset/);
    expect(() => rendered(Step.bash('a'), Step.bash(`echo {{ ${Loop.over('a').value}`))).toThrow(/beside values that are known only later/);
  });
});

test('a secret never goes into a document', () => {
  const secret = SecretValue.secretsManager('database').unsafeUnwrap();
  expect(() => rendered(Step.bash(`login ${secret}`))).toThrow(/component 'mine': the document holds a secret.*SecretScript/);
  expect(() => rendered(FileModule.createFile({ path: '/a', content: SecretValue.ssmSecure('/db', '1').unsafeUnwrap() }))).toThrow(/holds a secret/);
});

describe('modules', () => {
  const actions = (...steps: Step[]) => rendered(...steps).map(({ action }) => action);

  test('of the document format are all there', () => {
    const path = '/a';
    const relocate = { source: '/a', destination: '/b' };
    expect(actions(
      ExecuteModule.bash('true'), ExecuteModule.binary({ path, arguments: ['-v'] }),
      ExecuteModule.document({ document: 's3://b/c.yaml', phases: ['build'], parameters: { a: '1' } }), ExecuteModule.assertThat(Condition.fileExists(path)),
      TransferModule.s3Download({ source: 's3://b/c', destination: path }), TransferModule.s3Upload({ source: path, destination: 's3://b/c' }),
      TransferModule.webDownload({ source: 'https://example.org/a', destination: path, checksum: 'a'.repeat(64) }),
      FileModule.appendFile({ path, content: 'a' }), FileModule.copyFile(relocate), FileModule.copyFolder(relocate), FileModule.createFile({ path }),
      FileModule.createFolder({ path }), FileModule.createSymlink({ path, target: '/b' }), FileModule.deleteFile({ path }),
      FileModule.deleteFolder({ path, force: true }), FileModule.listFiles({ path }), FileModule.moveFile(relocate), FileModule.moveFolder(relocate),
      FileModule.readFile({ path }), FileModule.fileEncoding({ path }), FileModule.fileOwner({ path, owner: 'root' }),
      FileModule.folderOwner({ path, owner: 'root' }), FileModule.filePermissions({ path, permissions: '0644' }),
      FileModule.folderPermissions({ path, permissions: '0755', recursive: true }), SystemModule.reboot(Duration.seconds(5)), SystemModule.updateOs(),
    )).toEqual([
      'ExecuteBash', 'ExecuteBinary', 'ExecuteDocument', 'Assert', 'S3Download', 'S3Upload', 'WebDownload', 'AppendFile', 'CopyFile', 'CopyFolder',
      'CreateFile', 'CreateFolder', 'CreateSymlink', 'DeleteFile', 'DeleteFolder', 'ListFiles', 'MoveFile', 'MoveFolder', 'ReadFile', 'SetFileEncoding',
      'SetFileOwner', 'SetFolderOwner', 'SetFilePermissions', 'SetFolderPermissions', 'Reboot', 'UpdateOS',
    ]);
  });

  test('of Windows are there', () => {
    const msi = { path: 'C:\\a.msi' };
    expect(renderedOnWindows(
      ExecuteModule.powershell('1'), ExecuteModule.powershellFile('C:\\a.ps1'), InstallModule.msi(msi), InstallModule.uninstallMsi(msi),
      InstallModule.registry({ path: 'HKLM:\\SOFTWARE\\A', name: 'a', value: '1', type: RegistryType.DWORD }),
    ).map(({ action }) => action)).toEqual(['ExecutePowerShell', 'ExecutePowerShell', 'InstallMSI', 'UninstallMSI', 'SetRegistry']);
  });

  test('that the platform lacks are refused', () => {
    expect(() => rendered(InstallModule.msi({ path: 'C:\\a.msi' }))).toThrow(/InstallMSI.*runs only on Windows, and the image is Linux/);
    expect(() => renderedOnWindows(FileModule.createSymlink({ path: 'C:\\a', target: 'C:\\b' }))).toThrow(/CreateSymlink.*runs only on Linux/);
  });

  test('refuse checksums of a wrong length', () => {
    expect(() => rendered(TransferModule.webDownload({ source: 'https://example.org/a', destination: '/a', checksum: 'abc' })))
      .toThrow(/the checksum 'abc' of 'https:\/\/example.org\/a' has 3 characters; expected 64 hexadecimal digits of SHA256/);
    expect(() => rendered(Step.assertThat(Condition.fileMd5Equals('/a', 'a'.repeat(64))))).toThrow(/fileMD5Equals has 64 characters; expected 32/);
  });
});
