import { App, Stack } from 'aws-cdk-lib';
import { ExitCodes } from '../../../src/component/windows/exit-codes';

const scope = new Stack(new App(), 'Web');

describe('exit codes', () => {
  test('are signed, as Windows gives them to PowerShell', () => {
    const codes = ExitCodes.of({ success: [0x8A15010D, -5], failures: { '0xC0000005': 'access violation' } })._signed(scope);
    expect(codes.success).toEqual([-1978334963, -5]);
    expect([...codes.failures]).toEqual([[-1073741819, 'access violation']]);
  });

  test('of a program without a table of its own: 0 is success', () => {
    expect(ExitCodes.of({})._signed(scope)).toEqual({ success: [0], reboot: [], retry: [], later: [], failures: new Map() });
  });

  test('of Windows Installer', () => {
    const { success, reboot, later, failures } = ExitCodes.windowsInstaller()._signed(scope);
    expect([success, reboot, later]).toEqual([[0], [1641, 3010], [1618]]);
    expect(failures.get(1603)).toMatch('fatal');
  });

  test('can be extended, and the later meaning counts', () => {
    const { success, reboot, failures } = ExitCodes.windowsInstaller().extended({ success: [1638], failures: { 3010: 'not here' } })._signed(scope);
    expect(success).toEqual([0, 1638]);
    expect(reboot).toEqual([1641]);
    expect(failures.get(3010)).toBe('not here');
    expect(failures.has(1638)).toBe(false);
  });

  test.each([
    [{ success: [] }, 'no code for success'],
    [{ success: [1.5] }, 'the exit code 1.5 is not valid'],
    [{ success: [2 ** 32] }, 'the exit code 4294967296 is not valid'],
    [{ success: [-(2 ** 31) - 1] }, 'is not valid'],
    [{ failures: { abc: 'what' } }, 'the exit code NaN is not valid'],
    [{ success: [0, 3010], successWithReboot: [3010] }, 'the exit code 3010 is in the table twice (success, successWithReboot)'],
    [{ success: [0, 0] }, 'the exit code 0 is in the table twice'],
    [{ success: [0], retryAfterReboot: [-1978334963], failures: { '0x8A15010D': 'a' } }, 'is in the table twice (retryAfterReboot, failures)'],
  ])('%j is refused', (table, message) => {
    expect(() => ExitCodes.of(table as any)._signed(scope)).toThrow(message);
  });
});
