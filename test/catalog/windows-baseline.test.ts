import { readFileSync } from 'node:fs';
import CITED from './windows-cis-cited.json';
import { media, phasesOf, scriptOf } from './windows-support';
import { Stig, StigLevel, WebServer, WindowsBaseline } from '../../src/catalog';
import { ACCOUNT_SETTINGS, AUDIT_SETTINGS, REGISTRY_SETTINGS, RIGHT_SETTINGS } from '../../src/catalog/baseline/windows-cis-items';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { literal, newStack, Synthesized } from '../image/fixture';

describe('the CIS-style set', () => {
  const items = [...REGISTRY_SETTINGS, ...AUDIT_SETTINGS, ...ACCOUNT_SETTINGS, ...RIGHT_SETTINGS];
  const { build, validate, test: tests } = phasesOf(WindowsBaseline.cis());

  test('sets every item of the registry as a typed value', () => {
    const text = scriptOf(build!, 'SetRegistry');
    REGISTRY_SETTINGS.forEach(({ id, path, name, value, rule }) => expect(text).toContain(`'${id}|${path}|${name}|${value}|${rule}'`));
    expect(text).toMatch(/if \(Test-Value \$found \$value \$rule\) \{ continue \}[^]*New-ItemProperty .*-PropertyType \$type -Force/);
  });

  test('sets account policies in one go, and the audit policy whatever the language of Windows', () => {
    const accounts = scriptOf(build!, 'SecurityPolicy');
    ACCOUNT_SETTINGS.forEach(({ id, name, value, rule }) => expect(accounts).toContain(`'${id}|${name}|${value}|${rule}'`));
    RIGHT_SETTINGS.forEach(({ id, name, value }) => expect(accounts).toContain(`'${id}|${name}|${value}'`));
    expect(accounts).toContain("$together = @('LockoutBadCount', 'ResetLockoutCount', 'LockoutDuration')");
    const audit = scriptOf(build!, 'AuditPolicy');
    expect(audit).toContain("'/subcategory:{0CCE9215-69AE-11D9-BED3-505054503030}' /success:enable /failure:enable |");
    expect(audit).toContain("'/subcategory:{0CCE9217-69AE-11D9-BED3-505054503030}' /failure:enable |");
    expect(audit).toContain("'/subcategory:{0CCE9216-69AE-11D9-BED3-505054503030}' /success:enable |");
  });

  test('checks every item on the build instance, and again on an instance of the image', () => {
    const check = scriptOf(validate!, 'CheckHardening');
    const onInstance = scriptOf(tests!, 'CheckHardening');
    items.forEach(({ id }) => expect([check, onInstance]).toEqual([expect.stringMatching(new RegExp(`'${id}[ |']`)), expect.stringMatching(new RegExp(`'${id}[ |']`))]));
    expect(onInstance).toContain('Microsoft-Windows-Wininit');
  });

  test('restarts before the validation, which looks at effects where they can be seen', () => {
    expect(build!.map(({ action }) => action)).toEqual([...Array(3).fill('ExecutePowerShell'), 'Reboot', 'DeleteFile']);
    ['EnableSMB1Protocol', 'mrxsmb10', 'Spooler', '-PolicyStore ActiveStore -Name Public'].forEach((each) => expect(scriptOf(validate!, 'CheckHardening')).toContain(each));
  });

  test('disables no audit, and takes no value for the only right one where stricter ones exist', () => {
    expect(scriptOf(build!, 'AuditPolicy')).not.toContain('disable');
    const rules = Object.fromEntries([...REGISTRY_SETTINGS, ...ACCOUNT_SETTINGS].map(({ id, rule }) => [id, rule]));
    expect(rules).toMatchObject({ 'WIN-LOG-1': 'ge', 'WIN-ACC-1': 'ge', 'WIN-ACC-7': 'le', 'WIN-ACC-9': 'lock', 'WIN-LOGON-1': 'le', 'WIN-LSA-7': 'in 1 2', 'WIN-LSA-8': 'bits' });
  });

  test('leaves the lockout out as a whole, or not at all', () => {
    expect(() => phasesOf(WindowsBaseline.cis({ excludedItems: ['WIN-ACC-8'] }))).toThrow(/only some are excluded; not WIN-ACC-7, WIN-ACC-9.*exclude WIN-ACC-7, WIN-ACC-9 too/);
    expect(JSON.stringify(phasesOf(WindowsBaseline.cis({ excludedItems: ['WIN-ACC-7', 'WIN-ACC-8', 'WIN-ACC-9'] })))).not.toMatch(/LockoutBadCount/);
  });

  test('leaves items out, everywhere', () => {
    const less = JSON.stringify(phasesOf(WindowsBaseline.cis({ excludedItems: ['WIN-RDP-4', 'WIN-AUD-1', 'WIN-ACC-4'] })));
    expect(less).not.toMatch(/fDisableCdm|0CCE923F|MaximumPasswordAge/);
  });

  test('may be of one kind alone', () => {
    const others = [...REGISTRY_SETTINGS, ...AUDIT_SETTINGS, ...RIGHT_SETTINGS].map(({ id }) => id);
    const { build: steps } = phasesOf(WindowsBaseline.cis({ excludedItems: others }));
    expect(steps!.map(({ action }) => action)).toEqual(['ExecutePowerShell']);
  });

  test('has the names and values of an independent source', () => {
    const ours = [
      ...REGISTRY_SETTINGS.map(({ id, path, name, value }) => [id, `${path}\\${name}`, value]),
      ...AUDIT_SETTINGS.map(({ id, subcategory, value }) => [id, subcategory, value]),
      ...[...ACCOUNT_SETTINGS, ...RIGHT_SETTINGS].map(({ id, name, value }) => [id, name, value]),
    ];
    const plain = ([id, name, value]: unknown[]): unknown[] => [id, String(name).toLowerCase(), value];
    expect(ours.map(plain)).toEqual(Object.entries(CITED.items).map(([id, [, name, value]]) => plain([id, name, value])));
  });

  test('is documented item by item, with its values', () => {
    const guide = readFileSync('docs/guides/hardening.md', 'utf8');
    const rows = [...guide.matchAll(/^\| `(WIN-[A-Z]+-\d+)` \| (?:.*?) \| `([^`]*)` \| ([\d.]+) \|$/gm)].map(([, id, setting, rule]) => [id, setting, rule]);
    expect(rows.map(([id, , rule]) => [id, rule])).toEqual(Object.entries(CITED.items).map(([id, [rule]]) => [id, rule]));
    expect(rows.map(([id, setting]) => [id, setting])).toEqual([
      ...REGISTRY_SETTINGS.map(({ id, name, value }) => [id, `${name} = ${value}`]),
      ...AUDIT_SETTINGS.map(({ id, value }) => [id, { 1: 'success', 2: 'failure', 3: 'success and failure' }[value]]),
      ...[...ACCOUNT_SETTINGS, ...RIGHT_SETTINGS].map(({ id, name, value }) => [id, `${name} = ${value}`]),
    ]);
  });

  test('its share of the benchmark stands in the guide and beside the method', () => {
    const { total, others } = CITED.level1MemberServer;
    const rules = new Set(Object.values(CITED.items).map(([rule]) => String(rule)));
    expect(others.filter((rule) => !rules.has(rule))).toEqual([]);
    const share = `${rules.size - others.length} of the ${total} recommendations of level 1 for member servers`;
    expect(readFileSync('docs/guides/hardening.md', 'utf8')).toContain(share);
    expect(readFileSync('src/catalog/baseline/windows-baseline.ts', 'utf8').replace(/\n +\* /g, ' ')).toContain(share);
  });

  test.each([[['WIN-XXX-1'], "no hardening item 'WIN-XXX-1'"], [items.map(({ id }) => id), 'every hardening item is excluded']])('refused: %#', (excludedItems, message) => {
    expect(() => phasesOf(WindowsBaseline.cis({ excludedItems }))).toThrow(message);
  });

  test('ids are there once', () => expect(new Set(items.map(({ id }) => id)).size).toBe(items.length));
});

describe('the baseline', () => {
  test('takes the time from Amazon', () => {
    const { build, validate, test: tests } = phasesOf(WindowsBaseline.timeSync());
    expect(scriptOf(build!, 'TimeSync')).toMatch(/manualpeerlist:169\.254\.169\.123,0x8[^]*exit code \$LASTEXITCODE[^]*Restart-Service/);
    expect(scriptOf(build!, 'TimeSync')).toMatch(/sc\.exe triggerinfo W32Time delete[^]*@\(0, 87, 1168\) -notcontains/);
    expect(scriptOf(validate!, 'ServiceTriggers')).toMatch(/Services\\W32Time\\TriggerInfo'[^]*GetValue\('Action'\) -eq 2/);
    expect(scriptOf(validate!, 'ServiceStarts')).toContain("'W32Time'");
    expect(scriptOf(tests!, 'TimeSource')).toMatch(/\$try -le 30[^]*\*169\.254\.169\.123\*[^]*\$try -eq 30\) \{ throw/);
  });

  test('checks the Systems Manager agent, and changes nothing', () => {
    expect(Object.keys(phasesOf(WindowsBaseline.ssmAgentCheck()))).toEqual(['validate', 'test']);
  });

  test('cleans up, and leaves Sysprep to the service', () => {
    const { build, validate, test: tests } = phasesOf(WindowsBaseline.cleanForImaging());
    expect(build!.map(({ name }) => name.replace(/\d+$/, ''))).toEqual(['CleanComponents', 'RebootIfNeeded', 'RebootDone', 'CleanDownloads', 'CleanFiles', 'ClearEventLogs']);
    expect(JSON.stringify(build)).not.toMatch(/sysprep|ResetBase/i);
    expect(scriptOf(build!, 'CleanFiles')).toMatch(/\$keep = 'golden-images\|TOE/);
    expect(scriptOf(build!, 'CleanFiles')).not.toContain("Get-ChildItem -Path 'C:\\Windows\\Temp'");
    expect(scriptOf(build!, 'CleanFiles')).toContain('EC2-Windows\\Launch\\Log');
    expect(scriptOf(build!, 'CleanDownloads')).toMatch(/\$try -le 5[^]*'UsoSvc', 'wuauserv', 'BITS'/);
    expect(scriptOf(build!, 'CleanDownloads')).not.toContain('throw');
    expect(scriptOf(build!, 'CleanComponents')).toMatch(/@\(3017, -2146498554\) -contains \$code[^]*exit 3010/);
    expect(scriptOf(build!, 'CleanComponents')).not.toContain('/Quiet');
    expect(scriptOf(validate!, 'CheckClean')).not.toContain('SoftwareDistribution');
    expect(scriptOf(validate!, 'CheckClean')).toContain("'C:\\Windows\\Temp\\golden-images\\*'");
    expect(scriptOf(tests!, 'SetupComplete')).toContain('IMAGE_STATE_COMPLETE');
  });

  test('may remove superseded components for good', () => {
    expect(scriptOf(phasesOf(WindowsBaseline.cleanForImaging({ resetBase: true })).build!, 'CleanComponents')).toContain('/StartComponentCleanup /ResetBase');
  });
});

describe('STIG', () => {
  const componentOf = (parent: ParentImage, component: ReturnType<typeof Stig.hardening>): { arn: string; parameters: unknown } => {
    const stack = newStack();
    new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components: [component] });
    const { Components } = new Synthesized(stack).ofType('AWS::ImageBuilder::ImageRecipe')[0]!.Properties;
    const stig = Components.find(({ ComponentArn }: any) => literal(ComponentArn).includes(':aws:component/'));
    return { arn: literal(stig.ComponentArn), parameters: stig.Parameters };
  };
  const AL2023 = ParentImage.amazonLinux2023();
  const SERVER = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022);

  test.each([
    [AL2023, StigLevel.LOW, 'linux', 'Low'], [AL2023, StigLevel.MEDIUM, 'linux', 'Medium'], [SERVER, StigLevel.HIGH, 'windows', 'High'],
  ])('is the one component of the platform, with the level as parameter (%#)', (parent, level, platform, value) => {
    const { arn, parameters } = componentOf(parent, Stig.hardening(level));
    expect(arn).toMatch(new RegExp(`component/stig-build-${platform}/x.x.x$`));
    expect(parameters).toEqual([{ Name: 'Level', Value: [value] }]);
  });

  test('may install packages and show the consent banner, on Linux', () => {
    const stig = Stig.hardening(StigLevel.HIGH, { installPackages: true, consentBanner: true });
    expect(componentOf(AL2023, stig).parameters).toEqual(['Level', 'InstallPackages', 'SetDoDConsentBanner']
      .map((Name, index) => ({ Name, Value: [index === 0 ? 'High' : 'Yes'] })));
    expect(() => componentOf(SERVER, stig)).toThrow('Stig.hardening has installPackages on Windows');
  });

  test('can be pinned and renamed; a retired name has no parameters', () => {
    const named = (componentName: string): ReturnType<typeof componentOf> =>
      componentOf(AL2023, Stig.hardening(StigLevel.LOW, { version: '2026.1.x', componentName }));
    expect(named('stig-new').arn).toMatch(/component\/stig-new\/2026\.1\.x$/);
    expect(named('stig-new').parameters).toEqual([{ Name: 'Level', Value: ['Low'] }]);
    expect(named('stig-build-linux-low').parameters).toBeUndefined();
  });
});

describe('IIS', () => {
  const actions = (component: ReturnType<typeof WebServer.iis>) => phasesOf(component);

  test('is features, a service and HTTP 200', () => {
    const { build, validate, test: tests } = actions(WebServer.iis({ features: ['Web-Asp-Net45'], testPath: '/health' }));
    expect(scriptOf(build!, 'InstallFeature')).toContain("Install-WindowsFeature -Name 'Web-Server', 'Web-Asp-Net45' -IncludeManagementTools");
    expect(validate!.map(({ action }) => action)).toEqual(['ExecutePowerShell', 'ExecutePowerShell']);
    expect(scriptOf(tests!, 'AssertHttp')).toMatch(/'http:\/\/127\.0\.0\.1\/health'[^]*Test-Status 200/);
    expect(scriptOf(tests!, 'AssertService')).toContain("'W3SVC'");
  });

  test('the hosting bundle comes after it, and its module is looked for', () => {
    const { build, validate } = actions(WebServer.iis({ dotnetHostingBundle: { source: media('dotnet-hosting-8.0.11-win.exe') } }));
    const names = build!.map(({ name }) => name.replace(/\d+$/, ''));
    expect(names.indexOf('InstallFeature')).toBeLessThan(names.indexOf('InstallExe'));
    expect(scriptOf(build!, 'InstallExe')).toContain("'/install /quiet /norestart OPT_NO_X86=1'");
    expect(validate!.at(-1)!.inputs).toEqual({ fileExists: 'C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll' });
  });
});
