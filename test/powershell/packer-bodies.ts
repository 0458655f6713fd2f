/** A script for a provisioner of Packer, and how it is given. */
export interface Body {
  readonly lines: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly validExitCodes?: readonly number[];
  readonly elevated?: boolean;
  readonly pwsh?: boolean;
}

const body = (...lines: string[]): Body => ({ lines });
const native = (code: number): string => `sh -c 'exit ${code}'`;
const MISSING = 'Get-Item C:\\missing';
const HOSTILE = 'it\'s "50 %" of $HOME, `n, \\, ü; & | > <';

/** Scripts that end, or do not end, in every way that Packer and ours could tell apart; by what they do. */
export const BODIES: Readonly<Record<string, Body>> = {
  'goes on after an error that ends no command': body(MISSING, "'went on'"),
  'goes on after several': body(MISSING, 'Remove-Item C:\\missing', 'Copy-Item C:\\missing C:\\a', "'went on'"),
  'ends with an error that ends no command': body("'a'", MISSING),
  'an error after a good native program': body(native(0), MISSING),
  'an error in a pipeline': body("'C:\\missing', 'C:\\' | Get-Item | ForEach-Object { 'found' }"),
  'an error in a function': body(`function Find-It { ${MISSING}; 'after' }`, 'Find-It', "'went on'"),
  'an error in a script block': body(`& { ${MISSING}; 'inside' }`, "'outside'"),
  'Write-Error': body("Write-Error 'own words'", "'went on'"),
  'Write-Error in an advanced function': body('function Test-It { [CmdletBinding()] param() Write-Error "no"; "after" }', 'Test-It', 'Test-It -ErrorAction SilentlyContinue'),
  '$? after an error': body(MISSING, '"$?"'),
  'a division by zero': body('1 / 0', "'went on'"),
  'a command that is not there': body('Invoke-Nothing -Now', "'went on'"),
  'a method that throws': body("[int]::Parse('x')", "'went on'"),
  'a cast that fails': body("$a = [int]'x'", '"a is <$a>"'),
  'a method on null': body('$nothing.Trim()', "'went on'"),
  'a parameter that is not there': body("Write-Output 'a' -Nowhere", "'went on'"),
  '-ErrorAction Stop': body(`${MISSING} -ErrorAction Stop`, "'went on'"),
  'ThrowTerminatingError': body(
    'function Stop-It { [CmdletBinding()] param() $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([Exception]::new("own"), "id", "NotSpecified", $null)) }',
    'Stop-It', "'went on'",
  ),
  'throw': body("'a'", "throw 'own words'", "'went on'"),
  'throw in a function': body("function Stop-It { throw 'own' }", 'Stop-It', "'went on'"),
  'throw, where 1 is valid': { ...body("throw 'own words'"), validExitCodes: [0, 1] },
  'throw after a native program that failed': body(native(5), "throw 'own'"),
  'throw after one that failed, whose code is valid': { ...body(native(5), "throw 'own'"), validExitCodes: [0, 5] },
  '$ErrorActionPreference = Stop in the body': body("$ErrorActionPreference = 'Stop'", MISSING, "'went on'"),
  'Stop, and an error that is caught': body("$ErrorActionPreference = 'Stop'", `try { ${MISSING} } catch { "caught: $($_.CategoryInfo.Category)" }`, "'went on'"),
  'Stop, and a native program that fails': body("$ErrorActionPreference = 'Stop'", native(6), "'went on'"),
  'SilentlyContinue in the body': body("$ErrorActionPreference = 'SilentlyContinue'", MISSING, '1 / 0', "'went on'"),
  'Set-StrictMode without a native program': body('Set-StrictMode -Version Latest', "'a'"),
  'Set-StrictMode, and a variable that is not set': body('Set-StrictMode -Version Latest', '"<$unset>"', "'went on'"),
  'try and finally': body("try { 'in'; 1 / 0; 'on' } finally { 'last' }", "'went on'"),
  'a trap that goes on': body("trap { 'trapped'; continue }", '1 / 0', "throw 'own'", "'went on'"),
  'a trap that ends': body("trap { 'trapped'; break }", "'a'", '1 / 0', "'went on'"),
  'a native program that fails, last': body("'a'", native(5)),
  'a native program that fails, and a command after it': body(native(5), "'after'"),
  'a native program that fails, and one that does not': body(native(5), native(0), "'after'"),
  'a native program that fails, which is valid': { ...body(native(42)), validExitCodes: [0, 42] },
  'a native program that does not fail, where 0 is not valid': { ...body(native(0)), validExitCodes: [3010] },
  'exit codes that are looked at': body(native(7), 'if ($LASTEXITCODE -eq 7) { "seven" }', 'exit 0'),
  '$LASTEXITCODE that is left over by an assignment': body('$global:LASTEXITCODE = 7', "'x'"),
  'exit 3': body("'a'", 'exit 3', "'went on'"),
  'exit 3010, which is valid': { ...body('exit 3010'), validExitCodes: [0, 3010] },
  'exit 194, which is not': body('exit 194'),
  'exit -1': body('exit -1'),
  'exit without a number, after a native program that failed': body(native(5), 'exit'),
  'exit with a word': body("exit 'word'"),
  'exit in a function': body('function Stop-It { exit 9 }', 'Stop-It', "'went on'"),
  'exit of a script that it calls': body("Set-Content C:\\other.ps1 'exit 4'", '& C:\\other.ps1', "'went on'"),
  'return': body("'a'", 'return', "'went on'"),
  'break outside of a loop': body("'a'", 'break', "'went on'"),
  'nothing but a comment': body('# nothing to do'),
  'a script that does not parse': body("'a'", 'if ($true) {', "'b'"),
  'all streams': body("Write-Output 'output'", "Write-Host 'host'", "Write-Warning 'warning'", "Write-Verbose 'verbose' -Verbose", "Write-Error 'error'"),
  // A text over several lines is one item of `inline`: before all others, Packer since 1.13 puts a tab, which no end of such a text may have.
  'hostile texts': body(...[`${HOSTILE}{{ x }}`, "''", '$(1 + 1)'].map((text) => `'${text.replaceAll("'", "''")}'`), '@\'\n"here" $it \'is\'\n\'@'),
  'objects and lists': body('1..3', '@{ a = 1 }.a', "'a', 'b' -join '-'"),
  'an environment with hostile values': { ...body('"<$env:HOSTILE>"', '"<$env:EMPTY>"', '"<$env:LINES>"'), environment: { HOSTILE, EMPTY: '', LINES: 'one\ntwo' } },
  'an environment, elevated': { ...body('"<$env:HOSTILE>"', MISSING, "'went on'"), environment: { HOSTILE }, elevated: true },
  'a native program that sees the environment': { ...body("sh -c 'printf %s \"$VALUE\"; exit 3'"), environment: { VALUE: 'a $b "c"' }, validExitCodes: [3] },
  'throw, elevated': { ...body("throw 'own'"), elevated: true },
  'what Packer says of the build': body('"$env:PACKER_BUILD_NAME $env:PACKER_BUILDER_TYPE"'),
  'a variable called as one of the wrapper': body('$exitCode = 5', '$code = 6', '$label = 7', "'a'"),
  'a setting for all': body('$global:ErrorActionPreference = "Stop"', "'a'", MISSING),
  'errors in PowerShell 7': { ...body(MISSING, "'went on'", native(5), '$PSVersionTable.PSVersion.Major -ge 7'), pwsh: true },
  'throw in PowerShell 7': { ...body("throw 'own'"), pwsh: true },
};
