import fc from 'fast-check';
import { parse } from 'yaml';
import { documentOf, media } from './windows-support';
import { simulate, type Happening, type Simulation, type Turn } from '../../golden-images/src/components/simulator';
import { OperatingSystem, Vda, WebServer, WindowsBaseline } from '../../src/catalog';
import { Component, ExecuteModule } from '../../src/component';
import { withChecksums } from '../component/windows/machine';

/** What a script of ours can come to, as far as Image Builder and later steps see it. */
type Chance = 'done' | 'fails' | 'restarts' | 'asks for a restart';

const FLAG = 'C:\\Windows\\Temp\\golden-images-reboot.flag';
/** What programs of Microsoft would have left. */
const INSTALLED = { 'C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll': '' };
const bare = ExecuteModule.powershell('choco install git', 'exit $LASTEXITCODE # 3010');

const catalogue: Record<string, Component> = {
  updates: OperatingSystem.windowsUpdates({ maxPasses: 4 }),
  iis: WebServer.iis({ dotnetHostingBundle: { source: media('dotnet-hosting.exe') } }),
  citrix: Vda.citrix({ installer: media('vda.exe'), optimizer: { source: media('optimizer.zip'), template: 't.xml' }, maxResumes: 3 }),
  dcv: Vda.dcv({ installer: media('dcv.msi') }),
  sessionHost: Vda.remoteDesktopSessionHost(),
  cis: WindowsBaseline.cis(),
  timeSync: WindowsBaseline.timeSync(),
  ssmAgent: WindowsBaseline.ssmAgentCheck(),
  clean: WindowsBaseline.cleanForImaging(),
};

/** How often a script may end with 3010: what it counts itself, once by a flag; without either, for ever. */
function restartsOf(text: string): number {
  if (!/exit (?:3010|\$LASTEXITCODE)/.test(text)) {
    return 0;
  }
  const counted = /^\$max(Passes|Resumes) = (\d+)$/m.exec(text);
  const guarded = /if \((?:\$pass -gt \$maxPasses|.* -and \$runs -gt \$maxResumes)\) \{ (?:throw|Stop-Update)/.test(text);
  return counted && guarded ? Number(counted[2]) : text.includes('$retried') ? 1 : Infinity;
}

/** A machine on which scripts have these chances, one after the other and then from the beginning. */
function run(document: string, chances: Chance[]): Promise<Simulation> {
  let turns = 0;
  const happens = ({ task, time }: Turn): Happening | undefined => {
    if (task.kind !== 'script') {
      return undefined;
    }
    const chance = chances[turns++ % chances.length]!;
    const folder = /robocopy\.exe '[^']+' '([^']+)'/.exec(task.text)?.[1];
    const creates = {
      ...folder === undefined ? {} : { [`${folder}\\content`]: '' },
      ...chance === 'asks for a restart' && task.text.includes(FLAG) ? { [FLAG]: '' } : {},
    };
    const most = restartsOf(task.text);
    const exitCode = chance === 'restarts' && most > 0 ? (time > most ? 1 : 3010) : chance === 'fails' ? 1 : 0;
    return { exitCode, creates };
  };
  return simulate(withChecksums(document), { system: 'Windows', phases: ['build', 'validate', 'test'], files: INSTALLED, happens });
}

/** As many restarts as the document can ask for. */
const mostReboots = (document: string): number => parse(document).phases.flatMap(({ steps }: any) => steps)
  .map(({ action, inputs }: any) => (action === 'Reboot' ? 1 : restartsOf(inputs?.commands?.join('\n') ?? '')))
  .reduce((sum: number, each: number) => sum + each, 0);

const chances = fc.array(fc.constantFrom<Chance>('done', 'done', 'fails', 'restarts', 'asks for a restart'), { minLength: 1, maxLength: 30 });

describe.each(Object.entries(catalogue))('%s', (_, component) => {
  const document = documentOf(component);

  test('ends, whatever happens', async () => {
    await fc.assert(fc.asyncProperty(chances, async (each) => {
      const { refusal, reboots, status } = await run(document, each);
      expect(refusal).toBeUndefined();
      expect(reboots).toBeLessThanOrEqual(mostReboots(document));
      expect(status).toBe(each.includes('fails') || each.includes('restarts') ? status : 'Success');
    }), process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 40 });
  });

  test('ends where a restart is asked for each time', async () => {
    const { refusal, reboots } = await run(document, ['restarts']);
    expect(refusal).toBeUndefined();
    expect(reboots).toBeLessThanOrEqual(mostReboots(document));
    expect((await run(document, ['asks for a restart'])).status).toBe('Success');
  });
});

test('Windows updates and the VDA restart as often as they may, and then fail', async () => {
  const updates = await run(documentOf(catalogue.updates!), ['restarts']);
  expect([updates.status, updates.reboots]).toEqual(['Failed', 4]);
  const succeeds = await run(documentOf(catalogue.updates!), ['restarts', 'restarts', 'done']);
  expect([succeeds.status, succeeds.reboots]).toEqual(['Success', 2]);
});

test('a script that hands 3010 on does not end, and is found out', async () => {
  const document = documentOf(Component.fromSteps('Bare', { buildSteps: [bare] }));
  expect((await run(document, ['restarts'])).refusal?.kind).toBe('endless');
});
