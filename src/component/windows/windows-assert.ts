import type { Duration } from 'aws-cdk-lib';
import { listOfFeatures } from './windows-feature';
import { scriptStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import { Condition } from '../step/condition';
import { powershellQuoted } from '../step/quoting';
import { Step } from '../step/step';

/** Options of assertions on what may still be starting. */
export interface WindowsAssertOptions {
  /**
   * How long it is waited for.
   *
   * @default Duration.minutes(2)
   */
  readonly within?: Duration;
}

/** Options of `WindowsAssert.httpStatus`. */
export interface HttpStatusOptions extends WindowsAssertOptions {
  /**
   * The status that is wanted.
   *
   * @default 200
   */
  readonly status?: number;
}

/** Assertions on Windows, for the validate and the test phase. Services begin after Windows does, so that most of them wait a while. */
export class WindowsAssert {
  /** A service runs. */
  public static serviceRunning(name: string, options: WindowsAssertOptions = {}): Step {
    const label = `the service ${name} runs`;
    return scriptStep('AssertService', () => waitFor(label, `(Get-Service -Name ${powershellQuoted(name)}).Status -eq 'Running'`, options));
  }

  /** Something listens on a TCP port. */
  public static portListening(port: number, options: WindowsAssertOptions = {}): Step {
    return scriptStep('AssertPort', (scope) => {
      if (!Number.isInteger(port) || port < 1 || port > 65535) {
        throw new InvalidInputError(scope, { what: `the port is ${port}`, expected: 'a whole number from 1 to 65535', fix: 'correct the port' });
      }
      return waitFor(`something listens on port ${port}`, `Get-NetTCPConnection -State Listen -LocalPort ${port}`, options);
    });
  }

  /** A web server answers with a status; redirections are not followed. */
  public static httpStatus(url: string, options: HttpStatusOptions = {}): Step {
    return scriptStep('AssertHttp', (scope) => {
      const { status = 200 } = options;
      if (!Number.isInteger(status) || status < 100 || status > 599) {
        throw new InvalidInputError(scope, { what: `the HTTP status is ${status}`, expected: 'a whole number from 100 to 599', fix: 'correct the status' });
      }
      return [
        'function Test-Status($wanted) {',
        `  $request = [System.Net.WebRequest]::Create(${powershellQuoted(url)})`,
        '  $request.AllowAutoRedirect = $false',
        '  $request.Timeout = 10000',
        // Statuses from 400 on are exceptions that carry the answer, inside of PowerShell's own.
        '  try { $response = $request.GetResponse() } catch {',
        '    $response = $null',
        '    for ($each = $_.Exception; $each; $each = $each.InnerException) { if ($each -is [System.Net.WebException]) { $response = $each.Response } }',
        '    if (-not $response) { throw }',
        '  }',
        '  try { $came = [int]$response.StatusCode } finally { $response.Close() }',
        '  if ($came -ne $wanted) { throw "the status is $came" }',
        '  return $true',
        '}',
        ...waitFor(`${url} answers with ${status}`, `Test-Status ${status}`, options),
      ];
    });
  }

  /** Features of Windows Server are installed. */
  public static featuresInstalled(names: string[]): Step {
    return scriptStep('AssertFeatures', (scope) => {
      const list = listOfFeatures(scope, names);
      return [
        `$missing = Get-WindowsFeature -Name ${list} | Where-Object { -not $_.Installed }`,
        "if ($missing) { throw ('not installed: {0}' -f ($missing.Name -join ', ')) }",
        // Names that nobody knows are left out of the list without an error.
        `if (@(Get-WindowsFeature -Name ${list}).Count -ne ${names.length}) { throw 'one of the features is not known' }`,
      ];
    });
  }

  /** There is a file. */
  public static fileExists(path: string): Step {
    return Step.assertThat(Condition.fileExists(path));
  }

  private constructor() {}
}

/** Tries every two seconds; what goes wrong meanwhile counts as no. */
const waitFor = (label: string, expression: string, { within }: WindowsAssertOptions): string[] => [
  `$end = (Get-Date).AddSeconds(${within?.toSeconds() ?? 120})`,
  'do {',
  "  $last = ''",
  `  try { $holds = [bool](${expression}) } catch { $holds = $false; $last = $_.Exception.Message }`,
  '  if (-not $holds) { Start-Sleep -Seconds 2 }',
  '} until ($holds -or (Get-Date) -gt $end)',
  `if (-not $holds) { throw ('{0}: not so. {1}' -f ${powershellQuoted(label)}, $last) }`,
];
