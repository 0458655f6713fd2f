import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Ended, PowerShell } from './pwsh';
import { documentFor, scriptsIn } from './samples';
import { server2025 } from './world';
import { RuntimeSecret, SecretScript } from '../../src/component';
import { PackerScript } from '../../src/packer';
import { newStack } from '../image/fixture';

const VALUE = "it's \"hidden\" $env:X `n ü";

/** Where a secret could be seen. */
const seen = ({ output, failure, started, log }: Ended, drive: string): string => JSON.stringify([output, failure, started, log, filesOf(drive)]);
const filesOf = (drive: string): string[] => readdirSync(drive, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  .map((each) => readFileSync(join(each.parentPath, each.name), 'utf8'));

export const secretChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('secrets', () => {
  const run = async (Secrets: Record<string, string>, step: Parameters<typeof documentFor>[0], Files = {}): Promise<Ended> => {
    const script = scriptsIn(documentFor(step)).map(([, text]) => text).find((text) => /Get-S(?:EC|SM)/.test(text))!;
    const names = [...script.matchAll(/-(?:SecretId|Name) '([^']+)' -/g)].map(([, name]) => name!);
    const known = names.flatMap((name) => [Secrets[name] ?? Secrets['*']].filter((value) => value !== undefined).map((value) => [name, value] as const));
    await powershell().reset({ ...server2025(), Files, Secrets: Object.fromEntries(known) });
    return powershell().run(script);
  };
  const both = (...commands: string[]) => SecretScript.powershell({
    TOKEN: RuntimeSecret.parameterName('token'), PASSWORD: RuntimeSecret.secretsManager(new Secret(newStack('Secrets'), 'Db'), { jsonField: "it's" }),
  }, ...commands);

  test('are there for the commands, and in no output, no file and no argument', async () => {
    const ended = await run({ 'token': VALUE, '*': JSON.stringify({ "it's": `${VALUE}2` }) }, both(
      '"$($env:TOKEN.Length) $($env:PASSWORD.Length)"', '& use.exe /quiet', 'Set-Content -LiteralPath C:\\a.txt -Value done',
    ));
    expect([ended.failure, ended.exitCode, ended.output]).toEqual([null, 0, [`${VALUE.length} ${VALUE.length + 1}`]]);
    expect(ended.started).toEqual([{ file: 'use.exe', arguments: '/quiet' }]);
    expect(seen(ended, powershell().drive)).not.toContain('hidden');
    count('ways of secrets', 1);
  });

  test('go with the script that fetched them', async () => {
    await run({ token: VALUE }, SecretScript.powershell({ TOKEN: RuntimeSecret.parameterName('token') }, '"$env:TOKEN".Length'));
    expect((await powershell().run('"[$env:TOKEN]"')).output).toEqual(['[]']);
  });

  test.each([
    ['that are not there', {}, /Secrets Manager can't find/], ['that are empty', { 'token': '', '*': '{}' }, /the secret for TOKEN is empty/],
    ['that are no JSON', { 'token': VALUE, '*': 'hidden' }, /the secret for PASSWORD is no JSON object$/],
    ['without the field', { 'token': VALUE, '*': '{"other": "hidden"}' }, /the secret for PASSWORD is empty$/],
  ])('%s fail the step, and say nothing of their value', async (_, given, message) => {
    const ended = await run(given as Record<string, string>, both('& use.exe'));
    expect([ended.exitCode, ended.failure]).toEqual([1, expect.stringMatching(message)]);
    expect(ended.started).toEqual([]);
    expect(seen(ended, powershell().drive)).not.toContain('hidden');
    count('ways of secrets', 1);
  });

  test('a command that fails does not show them', async () => {
    const world = { '*': VALUE };
    const TOKEN = RuntimeSecret.parameterName('token');
    const ended = await run(world, SecretScript.powershell({ TOKEN }, '& use.exe', 'Get-Item C:\\missing'));
    expect(ended.exitCode).toBe(1);
    expect(JSON.stringify([ended.output, ended.failure])).not.toContain('hidden');
  });

  test('of a script of Packer are in its environment', async () => {
    const step = PackerScript.powershell(["'x'"], { secrets: { TOKEN: RuntimeSecret.parameterName('token') } });
    const script = scriptsIn(documentFor(step)).map(([, text]) => text).find((text) => text.includes('Get-SSM'))!;
    const path = /& ''([^']+\.ps1)''/.exec(script)![1]!;
    const ended = await run({ token: VALUE }, step, { [path]: '"$($env:TOKEN.Length)"' });
    expect([ended.failure, ended.output[0]]).toEqual([null, `${VALUE.length}`]);
    expect(seen(ended, powershell().drive)).not.toContain('hidden');
    count('ways of secrets', 1);
  });
});
