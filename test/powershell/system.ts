import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duration } from 'aws-cdk-lib';
import { runDocumentOn } from './machine';
import type { Ended, PowerShell } from './pwsh';
import { documentFor, scriptsIn } from './samples';
import { server2025, type World } from './world';
import { WindowsBaseline } from '../../src/catalog';
import {
  EnvironmentVariable, Msi, ScheduledTask, ScheduledTaskTrigger, ServiceStartupType, ServiceState, WindowsAssert, WindowsService, type Step,
} from '../../src/component';
import { documentOf } from '../catalog/windows-support';
import { file } from '../component/windows/samples';

export const systemChecks = (powershell: () => PowerShell): void => describe('steps', () => {
  const run = async (step: Step, world: World = server2025()): Promise<Ended> => {
    await powershell().reset(world);
    let ended: Ended | undefined;
    for (const [, script] of scriptsIn(documentFor(step))) {
      ended = await powershell().run(script);
      if (ended.failure !== null) break;
    }
    return ended!;
  };

  test('register a task that runs as SYSTEM, replace one of the same name, and remove it', async () => {
    const step = ScheduledTask.register("it's $x", { program: 'C:\\a b.exe', commandLine: '-q "x"', trigger: ScheduledTaskTrigger.daily('03:30') });
    expect((await run(step, { ...server2025(), Tasks: { "it's $x": {} } })).failure).toBeNull();
    expect(await powershell().state('Tasks')).toEqual({
      "it's $x": {
        Action: { Execute: 'C:\\a b.exe', Argument: '-q "x"' }, Trigger: { AtStartup: false, Daily: '03:30' }, User: 'SYSTEM', RunLevel: 'Highest',
      },
    });
    await run(ScheduledTask.unregister('a'), { ...server2025(), Tasks: { a: {}, ab: {} } });
    expect(Object.keys(await powershell().state('Tasks'))).toEqual(['ab']);
    expect((await run(ScheduledTask.unregister('missing'))).failure).toBeNull();
  });

  test('set and remove variables of the machine', async () => {
    await run(EnvironmentVariable.machine('A', '$x `y ’'));
    expect(await powershell().state('Variables')).toEqual({ A: '$x `y ’' });
    await run(EnvironmentVariable.remove('A'), { ...server2025(), Variables: { A: 'b' } });
    expect((await powershell().state('Variables')).A || '').toBe('');
  });

  test('add a folder to the search path once, and keep its variables', async () => {
    const key = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
    for (const [Path, expected] of [['%SystemRoot%;C:\\a;', '%SystemRoot%;C:\\a;C:\\Tools'], ['C:\\tools;C:\\b', 'C:\\tools;C:\\b']]) {
      await run(EnvironmentVariable.addToPath('C:\\Tools'), { ...server2025(), Registry: { [key]: { Path: Path! } } });
      expect((await powershell().state('Registry'))[key].Path).toBe(expected);
    }
  });

  test('set the start of a service, and start or stop it', async () => {
    const { failure } = await run(WindowsService.configure('W32Time', { startupType: ServiceStartupType.AUTOMATIC_DELAYED, state: ServiceState.RUNNING }));
    expect(failure).toBeNull();
    expect((await powershell().state('Services')).W32Time).toMatchObject({ Status: 'Running', StartType: 'Automatic', Start: 'delayed-auto' });
    await run(WindowsService.configure('UsoSvc', { state: ServiceState.STOPPED }));
    expect((await powershell().state('Services')).UsoSvc).toMatchObject({ Status: 'Stopped', StartType: 'Automatic' });
    expect((await run(WindowsService.configure('nothing', { state: ServiceState.STOPPED }))).failure).toContain("'nothing'");
  });

  test('wait for what is still starting, and no longer than they may', async () => {
    const within = Duration.seconds(30);
    expect((await run(WindowsAssert.serviceRunning('UsoSvc', { within }))).failure).toBeNull();
    const stopped = await run(WindowsAssert.serviceRunning('BITS', { within }));
    expect([stopped.exitCode, stopped.failure]).toEqual([1, expect.stringContaining('the service BITS runs: not so')]);
    expect(stopped.seconds >= 30 && stopped.seconds < 40).toBe(true);
    expect((await run(WindowsAssert.portListening(80, { within }), { ...server2025(), Ports: [80] })).failure).toBeNull();
    expect((await run(WindowsAssert.portListening(80, { within }))).failure).toContain('something listens on port 80');
  });

  test('compare the features that are installed', async () => {
    const step = WindowsAssert.featuresInstalled(['Web-Server', 'Web-Ftp-Server']);
    const on = (Features: Record<string, boolean>) => run(step, { ...server2025(), Features });
    expect((await on({ 'Web-Server': true, 'Web-Ftp-Server': true })).failure).toBeNull();
    expect((await on({ 'Web-Server': false, 'Web-Ftp-Server': true })).failure).toContain('not installed: Web-Server');
    expect((await on({ 'Web-Server': true })).failure).toContain('not known');
  });

  test('want a valid signature of a package, unless told otherwise', async () => {
    const world = { ...server2025(), Signatures: { 'C:\\Windows\\Temp\\golden-images\\a.msi': 'NotSigned' } };
    expect((await run(Msi.install(file('a.msi')), world)).failure).toMatch(/the signature of .*a\.msi is not valid/);
    expect((await run(Msi.install(file('a.msi'), { allowUnsigned: true }), world)).failure).toBeNull();
  });

  describe('of HTTP', () => {
    let server: Server;
    const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    beforeAll(async () => {
      server = createServer(({ url: path }, response) => {
        response.writeHead(Number(path!.slice(1)), { location: '/200', connection: 'close' }).end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => server.close());

    test.each([
      [200, 200, true], [401, 401, true], [503, 200, false], [302, 302, true], [302, 200, false],
    ])('a server that answers %i, and %i is wanted: %s', async (status, wanted, good) => {
      const { failure } = await run(WindowsAssert.httpStatus(`${url()}/${status}`, { status: wanted, within: Duration.seconds(4) }));
      expect(failure).toEqual(good ? null : expect.stringContaining(`answers with ${wanted}`));
    });
  });

  test('of the time take it from Amazon, and the test says where else it comes from', async () => {
    const document = documentOf(WindowsBaseline.timeSync());
    const { status, lines } = await runDocumentOn(powershell(), server2025(), document, ['build', 'validate', 'test']);
    expect([status, lines.filter((line) => line.includes('failed'))]).toEqual(['Success', []]);
    const untouched = await runDocumentOn(powershell(), server2025(), document, ['validate']);
    expect(untouched.status).toBe('Failed');
  });

  test('check that the agent of Systems Manager starts', async () => {
    const document = documentOf(WindowsBaseline.ssmAgentCheck());
    const on = (StartType: 'Automatic' | 'Manual') => {
      const Services = { AmazonSSMAgent: { Status: 'Running', StartType } } as const;
      return runDocumentOn(powershell(), { ...server2025(), Services }, document, ['validate', 'test']);
    };
    expect([(await on('Automatic')).status, (await on('Manual')).status]).toEqual(['Success', 'Failed']);
  });
});
