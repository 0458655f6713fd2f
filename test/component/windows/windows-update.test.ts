import { Duration } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { Component } from '../../../src/component';
import { UpdateFilter } from '../../../src/component/windows/update-filter';
import { WindowsUpdate, type WindowsUpdateOptions } from '../../../src/component/windows/windows-update';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../../src/image';
import { newStack, Synthesized } from '../../image/fixture';
import { renderedOnWindows } from '../support';

const stepOf = (options?: WindowsUpdateOptions, parent = ParentImage.windowsServer('2025')): any => {
  const stack = newStack();
  const components = [Component.fromSteps('Mine', { buildSteps: [WindowsUpdate.install(options)] })];
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components });
  const { phases } = parse(new Synthesized(stack).component('web--mine'));
  expect(phases[0].steps).toHaveLength(1);
  return phases[0].steps[0];
};
const scriptOf = (options?: WindowsUpdateOptions): string => stepOf(options).inputs.commands[0];
/** The body of a function of the script. */
const functionOf = (name: string): string => new RegExp(`^function ${name}\\b[^]*?^\\}`, 'm').exec(scriptOf())![0];

/** What the founding document of the project says. */
const FOUNDING = { searchCriteria: 'IsInstalled=0', filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'], updateLimit: 25 };

describe('what is installed', () => {
  test('by default what Windows recommends', () => {
    const script = scriptOf();
    expect(script).toContain("$criteria = 'BrowseOnly=0 and IsInstalled=0'");
    expect(script).toContain('$limit = 1000\n$maxPasses = 12\n');
    expect(script).toContain("$filters = @(\n  @{ Include = $true; Expression = [ScriptBlock]::Create('$true') }\n)");
  });

  test('is chosen as in the founding document', () => {
    const script = scriptOf(FOUNDING);
    expect(script).toContain("$criteria = 'IsInstalled=0'");
    expect(script).toContain('$limit = 25\n');
    expect(script).toContain([
      '$filters = @(',
      "  @{ Include = $false; Expression = [ScriptBlock]::Create('$_.Title -like ''*Preview*''') }",
      "  @{ Include = $true; Expression = [ScriptBlock]::Create('$true') }",
      ')',
    ].join('\n'));
  });

  test('filters can be typed', () => {
    expect([UpdateFilter.exclude("$_.Title -like '*Preview*'"), UpdateFilter.include('$true')]).toEqual(FOUNDING.filters);
  });

  test('the first filter that is true decides, and without one nothing is installed', () => {
    const decision = functionOf('Test-Wanted');
    expect(decision).toMatch(/foreach \(\$filter in \$filters\) \{\n.*FilterScript \$filter\.Expression\) \{ return \$filter\.Include \}\n {2}\}\n {2}return \$false/);
  });

  test('at the limit the rest waits for another pass', () => {
    expect(functionOf('Select-Updates')).toMatch(/if \(\$titles\.Count -ge \$limit\) \{ \$next\.Reason = .*; break \}/);
  });

  test('licenses are accepted, and only of updates that are wanted', () => {
    const selection = functionOf('Select-Updates');
    expect(selection.indexOf('Test-Wanted')).toBeLessThan(selection.indexOf('AcceptEula()'));
  });
});

describe('passes', () => {
  const main = (): string => scriptOf().slice(scriptOf().indexOf('$before ='));

  test('are counted on the disk before anything is done, and end', () => {
    expect(main()).toMatch(/if \(\$pass -gt \$maxPasses\) \{ Stop-Update .*\}\nSave-State \$pass \$failedBefore \$installedBefore\nif \(Test-RestartPending\)/);
    expect(scriptOf({ maxPasses: 3 })).toContain('$maxPasses = 3\n');
  });

  test('only one place restarts, and it is Image Builder that does', () => {
    expect(scriptOf().match(/exit \d+/g)).toEqual(['exit 3010']);
    expect(functionOf('Restart-Pass')).toMatch(/Wait-ModulesInstaller\n {2}exit 3010/);
    expect(scriptOf()).not.toMatch(/Restart-Computer|shutdown/i);
  });

  test('begin with the restart that Windows waits for', () => {
    expect(main().indexOf('Test-RestartPending')).toBeLessThan(main().indexOf('Microsoft.Update.Session'));
    const decision = functionOf('Test-RestartPending');
    ['Microsoft.Update.SystemInfo', 'Auto Update', '\\RebootRequired', '\\RebootPending', '\\PackagesPending'].forEach((each) => expect(decision).toContain(each));
  });

  test('leave no count behind, neither at the end nor after a failure', () => {
    expect(main()).toMatch(/if \(Test-RestartPending\) \{ Restart-Pass .*\}\nRemove-Item -LiteralPath \$state -Force\nWrite-Host .*nothing left to do"$/);
    expect(scriptOf()).toMatch(/^trap \{ Remove-Item -LiteralPath \$state .*; break \}$/m);
  });

  test('wait for the installer of Windows, and not for ever', () => {
    expect(functionOf('Wait-ModulesInstaller')).toMatch(/AddMinutes\(30\)[^]*\$quiet -lt 3 -and \(Get-Date\) -lt \$end/);
  });

  test('have a timeout of their own', () => {
    expect(stepOf().timeoutSeconds).toBe(4 * 3600);
    expect(stepOf({ passTimeout: Duration.hours(1) }).timeoutSeconds).toBe(3600);
  });
});

describe('failures', () => {
  test('of the search are tried five times; while Windows waits for a restart it gets one', () => {
    const search = functionOf('Find-Updates');
    expect(search).toMatch(/\$try -ge 5 -and \$blocked\) \{ Restart-Pass/);
    expect(search).toMatch(/\$try -ge 5\) \{ Stop-Update/);
    expect(search).toMatch(/Start-Sleep -Seconds 30\n {2}\}\n\}$/);
    expect(functionOf('Test-RestartFirst')).toContain('0x80240016');
  });

  test.each([
    [0, 'failed'], [1, 'failed'], [2, 'installed'], [3, 'installed'], [4, 'failed'], [5, 'failed'],
  ])('result code %i of an update means %s', (code, outcome) => {
    const table = functionOf('Get-Result');
    expect((new RegExp(`^ +${code} \\{ return '(\\w+)' \\}$`, 'm').exec(table) ?? /default \{ return '(\w+)' \}/.exec(table))![1]).toBe(outcome);
  });

  test('of an update are tried again in the next pass, and then fail the step by name', () => {
    const script = scriptOf();
    expect(script).toMatch(/\$twice = .*\$failedBefore -contains \$_\.Identity\.UpdateID/);
    expect(script).toMatch(/if \(\$twice\.Count -gt 0\) \{ Stop-Update "failed twice/);
    expect(script).toMatch(/if \(\$failed\.Count -gt 0\) \{ \$next\.Reason = 'some updates failed' \}\n {2}Save-State \$pass \(\$failedBefore \+/);
  });

  test('of an update that each restart rolls back are named, and not repeated to the last pass', () => {
    expect(functionOf('Install-Updates')).toContain('else { $next.Installed += "$($updates[$i].Identity.UpdateID)" }');
    expect(scriptOf()).toMatch(/\$back = .*\$installedBefore.*-ge 2[^]*if \(\$back\.Count -gt 0\) \{ Stop-Update "installed twice, and rolled back/);
  });

  test('of downloads are tried three times; what came is installed', () => {
    expect(functionOf('Save-Updates')).toMatch(/\$try -le 3[^]*-eq 2\) \{ return \}[^]*-eq 3\) \{ \$next\.Reason = [^]*Stop-Update/);
    expect(scriptOf()).toContain('$ready = @($wanted | Where-Object { $_.IsDownloaded })');
  });

  test('no function returns what it only tells', () => {
    expect(scriptOf()).not.toMatch(/Write-Output|\becho\b/);
  });
});

test('a document has room for it beside other steps', () => {
  expect(scriptOf(FOUNDING).length).toBeLessThan(8000);
  expect(scriptOf(FOUNDING)).not.toContain('{{');
});

describe('refused:', () => {
  test.each([
    ['a filter without action', { filters: ['$true'] }, "the filter '$true' of Windows Update is not of that form"],
    ['another action', { filters: ['only:$true'] }, 'is not of that form'],
    ['an empty expression', { filters: ['include: '] }, 'is not of that form'],
    ['several lines', { filters: ['include:$true\nexit 0'] }, 'is not of that form'],
    ['an open quote', { filters: ["exclude:$_.Title -like '*Preview*", 'include:$true'] }, 'not closed'],
    ['brackets that cross', { filters: ['include:($_.KBArticleIDs[0)]'] }, 'not closed'],
    ['double braces', { filters: ['include:{{ build.x.outputs.stdout }}'] }, 'double braces'],
    ['nothing that includes', { filters: ['exclude:$true'] }, 'include nothing'],
    ['no filters', { filters: [] }, 'include nothing'],
    ['a limit of nothing', { updateLimit: 0 }, 'updateLimit of Windows Update is 0'],
    ['half a pass', { maxPasses: 1.5 }, 'maxPasses of Windows Update is 1.5'],
    ['empty criteria', { searchCriteria: ' ' }, "the search criteria ' ' of Windows Update are not valid"],
  ])('%s', (_, options, message) => expect(() => stepOf(options)).toThrow(message));

  test.each([
    'include:$_.Title -like "*(Preview*"', "include:$_.Title -match '[0-9]{3}\\)'", 'exclude:$_.Type -eq 2; include', 'include:@($_.KBArticleIDs) -contains "50`"1"',
  ])('not %s', (filter) => expect(() => stepOf({ filters: [filter, 'include:$true'] })).not.toThrow());

  test('Linux', () => {
    expect(() => stepOf({}, ParentImage.amazonLinux2023())).toThrow('runs only on Windows');
  });
});

test('that nothing waits for a restart can be checked', () => {
  const script = renderedOnWindows(WindowsUpdate.checkNoRestartPending())[0].inputs.commands[0];
  expect(script).toContain(functionOf('Test-RestartPending'));
  expect(script).toMatch(/\nif \(Test-RestartPending\) \{ throw 'Windows waits for a restart' \}$/);
});
