import type { PowerShell } from './pwsh';
import { documentFor, large, SAMPLES } from './samples';
import { faultsOf, scriptsOf } from '../../golden-images/src/components/scripts';
import { build, powershell as step } from '../golden-images/components/documents';

/** What `component lint` finds, with the real PowerShell that GOLDEN_IMAGES_PWSH names. */
export const lintChecks = (_: () => PowerShell, count: (what: string, number: number) => void): void => describe('component lint', () => {
  const faults = (...texts: string[]): string[] => {
    const scripts = texts.flatMap(scriptsOf);
    const { faults: found, notices } = faultsOf(scripts);
    expect(notices).toEqual([]);
    count('linted scripts', scripts.length);
    return scripts.flatMap((script) => {
      const fault = found.get(script);
      return fault === undefined ? [] : [`${script.step} ${fault.offset}: ${fault.message}`];
    });
  };

  test('nothing is found in what the library writes', () => {
    expect(faults(...Object.values(SAMPLES).flatMap((make) => make().map(documentFor)), documentFor(large()))).toEqual([]);
  });

  test('references of Image Builder are no faults', () => {
    expect(faults(...[
      "Write-Host {{ Name }} \"{{ Name }}\" '{{ Name }}'", '$a = {{ Number }}; $b = "{{ Name }}"', 'if ({{ Number }} -gt 5) { {{ Command }} /quiet }',
      '$list = @({{ A }}, {{ B }})', '@(\n  {{ A }},\n  {{ B }}\n)', '& {{ Program }} /q', '{{ Program }} /q', '{{ Command }}',
      'Copy-Item C:\\{{ Folder }}\\a $env:{{ Variable }}', 'switch ({{ A }}) { {{ B }} { 1 } default { 2 } }', 'foreach ($x in {{ List }}) { $x }',
      "@'\n{{ Text }}\n'@", '[{{ Type }}]::Parse("1")', '$hash = @{ {{ Key }} = {{ Value }} }', '{{ A }} | {{ B }}', 'Get-{{ Noun }} -Name {{ loop.value }}',
      '$x[{{ loop.index }}]', 'function {{ Name }} { 1 }', 'return {{ Code }}', 'exit {{ Code }}', '$a = {{ A }} + {{ B }}', 'if (-not {{ Flag }}) { 1 }',
    ].map((script, index) => build(step(`S${index}`, script))))).toEqual([]);
  });

  test('what is wrong is found where it is', () => {
    expect(faults(build(
      step('Brace', 'if ($true) { 1'), step('Quote', '$a = 1', "Write-Host 'a"), step('Paren', 'Get-Service ('), step('Newer', 'a; Get-Service && Get-Process'),
      step('Fine', 'Get-ChildItem | ? { $_.Length -gt 1 }'), step('Reference', 'Write-Host {{ Name }}', 'foreach ($x in {{ List }} { 1 }'),
    ))).toEqual([
      expect.stringMatching(/^Brace 11: Missing closing '}'/), expect.stringMatching(/^Quote 18: The string is missing the terminator/), expect.stringMatching(/^Paren 13: /),
      'Newer 3: Windows PowerShell 5.1, which runs the step, does not have the syntax of: Get-Service && Get-Process', expect.stringMatching(/^Reference 47: Missing closing '\)'/),
    ]);
  });
});
