import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { windowsExports } from './exports';
import type { PowerShell } from './pwsh';
import { large, SAMPLES, scriptsOf } from './samples';
import cited from './static/cited.json';
import { sysprepReady } from '../../src/catalog/sysprep-ready';
import { Component } from '../../src/component';
import { stepsFor, WINDOWS } from '../packer/mapping/helper';

/** Steps of a template of Packer that uses every provisioner of Windows with a script. */
const imported = (): [string, string][] => [
  { type: 'powershell', inline: ["Write-Output 'one'", 'exit 0'], environment_vars: ["A=it's"], valid_exit_codes: [0, 3010] },
  { type: 'powershell', inline: ['Get-Service'], use_pwsh: true, pause_after: '10s' },
  { type: 'windows-shell', inline: ['echo %A%'] },
  { type: 'windows-restart', check_registry: true },
  { type: 'windows-update', search_criteria: 'IsInstalled=0', filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'], update_limit: 25 },
  { type: 'file', content: 'a', destination: 'C:\\a\\b.txt' },
].flatMap((provisioner) => stepsFor({ ...WINDOWS }, provisioner)).filter(({ inputs }) => inputs?.commands)
  .map(({ name, inputs }, index) => [`packer-${index}-${name}`, inputs.commands.join('\n')]);

const allScripts = (): [string, string][] => [
  ...Object.entries(SAMPLES).flatMap(([export_, make]) => make().flatMap((sample, index) =>
    scriptsOf(sample).map(([name, text]): [string, string] => [`${export_}-${index}-${name}`, text]))),
  ...scriptsOf(Component.named('sysprep', sysprepReady())),
  ...scriptsOf(large()).map(([name, text]): [string, string] => [`large-${name}`, text]),
  ...imported(),
];

export const staticChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('static', () => {
  const faultsOf = async (scripts: [string, string][]): Promise<Record<string, string[]>> => {
    const folder = join(powershell().room, `static-${scripts.length}`);
    mkdirSync(folder);
    scripts.forEach(([name, text]) => writeFileSync(join(folder, `${name.replace(/[^\w.-]/g, '_')}.ps1`), text));
    return powershell().examine(folder, cited);
  };

  test('every export that makes something for Windows has a sample', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(windowsExports().sort());
  });

  test('every script parses, with the syntax, the commands and the parameters of 5.1', async () => {
    const scripts = allScripts();
    expect(scripts.length).toBeGreaterThan(90);
    expect(await faultsOf(scripts)).toEqual({});
    count('scripts', scripts.length);
  });

  test('what is wrong is found', async () => {
    const wrong: [string, string, RegExp][] = [
      ['brace', 'if ($true) { 1', /Missing closing '}'/], ['ternary', '$a ? 1 : 2', /ternary/i], ['chain', 'Get-Service && Get-Process', /chain/i],
      ['command', 'Get-Uptime', /5\.1 has no command Get-Uptime/], ['parameter', 'Get-ChildItem -FollowSymlink', /no parameter -FollowSymlink/],
      ['foreach', '1..2 | ForEach-Object -Parallel { 1 }', /no parameter -Parallel/], ['null', '$a ?? 1', /null-coalescing/i],
    ];
    const faults = await faultsOf(wrong.map(([name, text]) => [name, text]));
    wrong.forEach(([name, , message]) => expect([name, `${faults[name]?.join()}`]).toEqual([name, expect.stringMatching(message)]));
  });
});
