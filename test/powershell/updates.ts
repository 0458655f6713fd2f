import fc from 'fast-check';
import { runDocumentOn, type DocumentRun } from './machine';
import type { PowerShell } from './pwsh';
import { server2025, type Update, type Updates } from './world';
import { WindowsUpdate, type WindowsUpdateOptions } from '../../src/component';
import { textOf } from '../component/windows/helpers';

const FILTERS = ["exclude:$_.Title -like '*Preview*'", "include:$_.Title -ne 'Optional'"];
const REASON = new RegExp(`Windows Update: (?:${[
  'failed twice, fix or exclude: KB', 'the search failed: ', 'the download failed with ', 'the installation failed: ', 'installed twice, and rolled back by each restart', 'there is still something to do',
].join('|')})`);
const STATE = 'windows-update.txt';

const update: fc.Arbitrary<Omit<Update, 'Id'>> = fc.record({
  Title: fc.constantFrom('KB1', 'KB2', 'KB3', 'KB4 Preview', 'KB5', 'Optional', "KB6 it's ü"),
  Results: fc.oneof({ weight: 4, arbitrary: fc.constant([2]) }, fc.constantFrom([3], [4, 2], [4], [5, 2], [0], [4, 4, 2])),
  Restart: fc.boolean(),
  Eula: fc.boolean(),
  After: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 2 })),
  Download: fc.oneof({ weight: 9, arbitrary: fc.constant(2) }, fc.constant(4)),
});
const world: fc.Arbitrary<Updates & { pending: boolean; busy: number }> = fc.record({
  List: fc.array(update, { maxLength: 6 }).map((list) => list.map((each, index) => ({ Id: `id-${index}`, RollsBack: each.Restart && index === 3, ...each }))),
  SearchFails: fc.constantFrom(0, 0, 0, 2, 5),
  DownloadFails: fc.constantFrom(0, 0, 0, 1, 3),
  NotAllowed: fc.constantFrom(0, 0, 0, 1),
  pending: fc.boolean(),
  busy: fc.nat({ max: 3 }),
});

export const updateChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('Windows Update', () => {
  const run = (updates: Updates & { pending?: boolean; busy?: number }, options: WindowsUpdateOptions = {}): Promise<DocumentRun> => {
    const { pending = false, busy = 0, ...rest } = updates;
    const machine = { ...server2025(), Updates: rest, RestartPending: pending, Processes: { TiWorker: busy } };
    return runDocumentOn(powershell(), machine, textOf(WindowsUpdate.install(options)));
  };
  const installed = ({ log }: DocumentRun, good = true): string[] =>
    log.map((line) => /^installed (.*): (\d)$/.exec(line)).filter((match) => match !== null)
      .filter(([, , result]) => !good || ['2', '3'].includes(result!)).map(([, title]) => title!);
  const text = ({ lines }: DocumentRun): string => lines.join('\n');

  test('comes to its end in any world', async () => {
    const numRuns = process.env.SOAK ? 1000 : 60;
    await fc.assert(fc.asyncProperty(world, async (given) => {
      const ended = await run(given, { filters: FILTERS, updateLimit: 3, maxPasses: 8 });
      expect(ended.refusal).toBeUndefined();
      expect(ended.reboots).toBeLessThanOrEqual(8);
      expect(ended.files.filter((path) => path.includes(STATE))).toEqual([]);
      expect(installed(ended, false).filter((title) => /Preview|Optional/.test(title))).toEqual([]);
      const wanted = given.List.filter(({ Title }) => !/Preview|Optional/.test(Title));
      const possible = wanted.filter(({ Download, After }) => Download !== 4 && After! <= ended.reboots);
      if (ended.status === 'Success') expect(installed(ended).sort()).toEqual(possible.map(({ Title }) => Title).sort());
      else expect(text(ended)).toMatch(REASON);
    }), process.env.SOAK ? { numRuns } : { seed: 42, numRuns });
    count('worlds of updates', numRuns);
  });

  test('without updates needs no restart', async () => {
    expect(await run({ List: [] })).toMatchObject({ status: 'Success', reboots: 0 });
  });

  test('takes a restart first where Windows waits for one', async () => {
    const { log, status } = await run({ List: [{ Id: 'a', Title: 'KB1' }], pending: true });
    expect([status, log[0]]).toEqual(['Success', 'restart']);
  });

  test('installs as many at once as it may, and comes again for the rest', async () => {
    const List = [1, 2, 3, 4, 5].map((number) => ({ Id: `${number}`, Title: `KB${number}` }));
    const { log, reboots } = await run({ List }, { updateLimit: 2 });
    expect(reboots).toBe(2);
    expect(log.filter((line) => /^installed|^restart/.test(line)).map((line) => line.split(' ')[0])).toEqual([
      'installed', 'installed', 'restart', 'installed', 'installed', 'restart', 'installed',
    ]);
  });

  test('the first filter that is true decides', async () => {
    const List = ['A', 'B', 'C'].map((Title) => ({ Id: Title, Title }));
    expect(installed(await run({ List }, { filters: ["include:$_.Title -eq 'A'", "exclude:$_.Title -match 'A|B'", "include:$_.Title -eq 'B'"] }))).toEqual(['A']);
  });

  test('names an update that each restart rolls back', async () => {
    const ended = await run({ List: [{ Id: 'a', Title: 'KB1', Restart: true, RollsBack: true }, { Id: 'b', Title: 'KB2' }] });
    expect([ended.status, ended.reboots <= 3]).toEqual(['Failed', true]);
    expect(text(ended)).toMatch(/installed twice, and rolled back by each restart, fix or exclude: KB1$/m);
  });

  test('accepts licences, and only of what is wanted', async () => {
    const List = [{ Id: 'a', Title: 'KB1', Eula: true }, { Id: 'b', Title: 'Preview', Eula: true }];
    expect((await run({ List }, { filters: FILTERS })).log.filter((line) => line.startsWith('accepted'))).toEqual(['accepted KB1']);
  });

  test('an update that fails twice fails the step by name; once is no failure', async () => {
    const twice = await run({ List: [{ Id: 'a', Title: "KB1 it's", Results: [4] }, { Id: 'b', Title: 'KB2' }] });
    expect([twice.status, twice.reboots]).toEqual(['Failed', 1]);
    expect(text(twice)).toContain("failed twice, fix or exclude: KB1 it's");
    expect((await run({ List: [{ Id: 'a', Title: 'KB1', Results: [4, 2] }] })).status).toBe('Success');
  });

  test.each([[0, 'Failed'], [1, 'Failed'], [2, 'Success'], [3, 'Success'], [4, 'Failed'], [5, 'Failed']])('result code %i: %s', async (result, status) => {
    expect((await run({ List: [{ Id: 'a', Title: 'KB1', Results: [result] }] })).status).toBe(status);
  });

  test('tries a search five times, and a download three times', async () => {
    expect((await run({ List: [], SearchFails: 4 })).status).toBe('Success');
    expect(text(await run({ List: [], SearchFails: 5 }))).toContain('Windows Update: the search failed: ');
    const List = [{ Id: 'a', Title: 'KB1' }];
    expect((await run({ List, DownloadFails: 2 })).status).toBe('Success');
    expect(text(await run({ List, DownloadFails: 3 }))).toContain('the download failed with result code 4');
  });

  test('what has come is installed, and then what has not', async () => {
    const List = [{ Id: 'a', Title: 'KB1', Download: 4 }, { Id: 'b', Title: 'KB2' }];
    const ended = await run({ List }, { maxPasses: 3 });
    expect([installed(ended), ended.status]).toEqual([['KB2'], 'Failed']);
  });

  test('ends at its last pass, and says so', async () => {
    const List = [1, 2, 3, 4].map((After) => ({ Id: `${After}`, Title: `KB${After}`, After, Restart: true }));
    const ended = await run({ List, pending: true }, { maxPasses: 3 });
    expect([ended.status, ended.reboots]).toEqual(['Failed', 3]);
    expect(text(ended)).toContain('there is still something to do after 3 passes');
  });

  test('what waits for a restart can be checked', async () => {
    const check = textOf(WindowsUpdate.checkNoRestartPending());
    expect((await runDocumentOn(powershell(), server2025(), check)).status).toBe('Success');
    const base = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\';
    const { Registry } = server2025();
    for (const key of ['WindowsUpdate\\Auto Update\\RebootRequired', 'Component Based Servicing\\RebootPending', 'Component Based Servicing\\PackagesPending\\1']) {
      expect((await runDocumentOn(powershell(), { ...server2025(), Registry: { ...Registry, [base + key]: {} } }, check)).status).toBe('Failed');
    }
    expect((await runDocumentOn(powershell(), { ...server2025(), RestartPending: true }, check)).status).toBe('Failed');
  });
});
