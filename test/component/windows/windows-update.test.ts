import { Duration } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { Component } from '../../../src/component';
import { UpdateFilter } from '../../../src/component/windows/update-filter';
import { WindowsUpdate, type WindowsUpdateOptions } from '../../../src/component/windows/windows-update';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';
import { newStack, Synthesized } from '../../image/fixture';

const stepOf = (options?: WindowsUpdateOptions, parent = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025)): any => {
  const stack = newStack();
  const components = [Component.fromSteps('Mine', { buildSteps: [WindowsUpdate.install(options)] })];
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components });
  const { phases } = parse(new Synthesized(stack).component('web--mine'));
  expect(phases[0].steps).toHaveLength(1);
  return phases[0].steps[0];
};
/** What the script does is shown by running it: test/powershell/updates.ts. */
const scriptOf = (options?: WindowsUpdateOptions): string => stepOf(options).inputs.commands[0];

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
});

describe('passes', () => {
  test('only one place restarts, and it is Image Builder that does', () => {
    expect(scriptOf().match(/exit \d+/g)).toEqual(['exit 3010']);
    expect(scriptOf()).not.toMatch(/Restart-Computer|shutdown/i);
  });

  test('have a timeout of their own', () => {
    expect(stepOf().timeoutSeconds).toBe(4 * 3600);
    expect(stepOf({ passTimeout: Duration.hours(1) }).timeoutSeconds).toBe(3600);
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
