import { bash, build, powershell } from './documents';
import { simulate, type Script } from '../../../golden-images/src/components';

const restart = { name: 'Restart', action: 'Reboot' };
const steps = async (text: string, script: Script) => {
  const { status, reboots, lines, refusal } = await simulate(text, script);
  return { status, reboots, lines: lines.filter((line) => !line.includes('|')), ...refusal ? { refusal } : {} };
};

test('exit code 3010 reboots Windows and the same step runs again', async () => {
  expect(await steps(build(powershell('A'), powershell('B')), { happens: ({ step, time }) => ({ exitCode: step === 'A' && time < 3 ? 3010 : 0 }) })).toEqual({
    status: 'Success',
    reboots: 2,
    lines: [
      'build.A: ExecutePowerShell', '-- reboot; the same step goes on', 'build.A: ExecutePowerShell, again after a reboot',
      '-- reboot; the same step goes on', 'build.A: ExecutePowerShell, again after a reboot', 'build.B: ExecutePowerShell',
    ],
  });
});

test('exit code 194 is that of Linux, and each system takes the code of the other for a failure', async () => {
  expect((await steps(build(bash('A')), { happens: ({ time }) => ({ exitCode: time === 1 ? 194 : 0 }) })).reboots).toBe(1);
  expect(await steps(build(bash('A')), { happens: () => ({ exitCode: 3010 }) })).toMatchObject({ status: 'Failed', reboots: 0 });
  expect(await steps(build(powershell('A')), { happens: () => ({ exitCode: 194 }) })).toMatchObject({ status: 'Failed', reboots: 0 });
});

test('the module Reboot goes on at the next step', async () => {
  expect((await steps(build(bash('A'), restart, bash('B')), {})).lines)
    .toEqual(['build.A: ExecuteBash', 'build.Restart: Reboot', '-- reboot; the next step goes on', 'build.B: ExecuteBash']);
});

test('an iteration that reboots is run again, those before it are not', async () => {
  const text = build({ ...bash('A', 'echo {{ loop.value }}'), loop: { forEach: ['a', 'b', 'c'] } });
  const asked: number[] = [];
  const report = await simulate(text, {
    happens: ({ iteration, reboots }) => {
      asked.push(iteration);
      return { exitCode: iteration === 1 && reboots === 0 ? 194 : 0, stdout: `${iteration}\n` };
    },
  });
  expect(asked).toEqual([0, 1, 1, 2]);
  expect(report.phases[0]!.steps[0]!.outputs).toEqual({ stdout: '0\n1\n2' });
});

test('a bare 3010 loops for ever, and is found', async () => {
  expect(await steps(build(powershell('A')), { mostReboots: 7, happens: () => ({ exitCode: 3010 }) })).toMatchObject({
    status: 'Failed', reboots: 7, refusal: { kind: 'endless', message: "step 'A': it asks for reboot 8; a run may have 7" },
  });
});

test('a loop that has no end in practice is found', async () => {
  const text = build({ name: 'A', action: 'CreateFile', inputs: [{ path: '/a' }], loop: { for: { start: 1, end: 1_000_000_000, updateBy: 1 } } });
  expect((await simulate(text, { mostRuns: 50 })).refusal).toEqual({ kind: 'endless', message: "step 'A': modules ran more than 50 times" });
});

test('a machine that restarts under a step fails the document', async () => {
  const report = await simulate(build(powershell('A'), powershell('B')), { happens: ({ step }) => ({ restarts: step === 'A' }) });
  expect(report).toMatchObject({ status: 'Failed', refusal: { kind: 'lost' } });
});

describe('the pattern with a flag', () => {
  const flag = 'C:\\Windows\\Temp\\reboot.flag';
  const text = build(
    powershell('Install'),
    { ...restart, if: { fileExists: flag } },
    { name: 'Forget', action: 'DeleteFile', if: { fileExists: flag }, inputs: [{ path: flag }] },
    powershell('After'),
  );

  test.each<[string, Script['happens'], number]>([
    ['reboots when the installer wants it', ({ step }) => (step === 'Install' ? { creates: { [flag]: '' } } : undefined), 1],
    ['does not when it does not', () => undefined, 0],
  ])('%s', async (_, happens, reboots) => {
    const report = await simulate(text, happens ? { happens } : {});
    expect(report).toMatchObject({ status: 'Success', reboots, files: [] });
    expect(report.phases[0]!.steps.map(({ step }) => step)).toEqual(['Install', 'Restart', 'Forget', 'After']);
  });
});

describe('InstallMSI', () => {
  const msi = (reboot?: string) => build({ name: 'A', action: 'InstallMSI', inputs: { path: 'C:\\a.msi', ...reboot ? { reboot } : {} } }, powershell('B'));

  test.each<[string | undefined, number, object]>([
    [undefined, 0, { status: 'Success', reboots: 0 }],
    [undefined, 3010, { status: 'Success', reboots: 1 }],
    ['Allow', 1641, { status: 'Success', reboots: 1 }],
    ['Skip', 3010, { status: 'Success', reboots: 0 }],
    ['Force', 0, { status: 'Success', reboots: 1 }],
    ['Allow', 1614, { status: 'Success', reboots: 0 }],
    ['Skip', 1603, { status: 'Failed', reboots: 0 }],
  ])('reboot %s, exit code %d', async (reboot, exitCode, expected) => {
    expect(await simulate(msi(reboot), { happens: ({ action }) => (action === 'InstallMSI' ? { exitCode } : undefined) })).toMatchObject(expected);
  });
});

test('values of the registry are kept', async () => {
  const text = build({ name: 'A', action: 'SetRegistry', inputs: [{ path: 'HKLM:\\SOFTWARE\\A', name: 'b', value: 1, type: 'DWORD' }] });
  expect((await simulate(text)).registry).toEqual({ 'HKLM:\\SOFTWARE\\A\\b': 1 });
});
