import fc from 'fast-check';
import type { PowerShell } from './pwsh';
import { documentFor, scriptsIn } from './samples';
import { server2025 } from './world';
import { PowerShellScript } from '../../src/component';
import { powershellQuoted } from '../../src/component/step/quoting';
import { commandLine } from '../../src/component/windows/command-line';
import { file } from '../component/windows/samples';

const hostile = fc.string({
  unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '`', '‘', '’', '‚', '‛', '“', '”', '„', 'ü', '𝒳', '\n', '\r', '\t', '{', '}', ';', '(', '|', '&', '#', '%', '\u0000'),
});
const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] =>
  fc.sample(arbitrary, process.env.SOAK ? { numRuns: 10 * numRuns } : { seed: 42, numRuns });

export const quotingChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('quoting', () => {
  test('a hostile text comes out of PowerShell as it went in', async () => {
    const texts = sample(hostile, 1500);
    expect(await powershell().evaluate(texts.map((text) => `[string](${powershellQuoted(text)})`))).toEqual(texts);
    count('hostile texts', texts.length);
  });

  test('a command line is split into the arguments that it was made of', async () => {
    const lists = sample(fc.array(hostile.filter((text) => !text.includes('\u0000')), { minLength: 1, maxLength: 5 }), 500);
    const split = await powershell().evaluate(lists.map((list) => `Split-CommandLine ${powershellQuoted(commandLine(list))}`));
    expect(split.map((list) => [list].flat())).toEqual(lists);
    count('argument lists', lists.length);
  });

  test('parameters reach a script as texts', async () => {
    const path = 'C:\\Windows\\Temp\\golden-images\\a.ps1';
    await powershell().reset({ ...server2025(), Files: { [path]: 'param([string]$Site, [switch]$Force) "$Force $($Site.Length)"; $Site' } });
    for (const Site of sample(hostile, 100)) {
      const step = PowerShellScript.asset(file('a.ps1'), { parameters: { Site }, switches: ['Force'] });
      const script = scriptsIn(documentFor(step)).map(([, text]) => text).find((text) => text.includes('-Site:'));
      // With braces in it, the script travels as an asset.
      if (script === undefined || Site.includes('{{')) continue;
      expect((await powershell().run(script)).output.slice(0, 2)).toEqual([`True ${Site.length}`, Site]);
    }
  });
});
