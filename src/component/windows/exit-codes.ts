import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../../private/errors';

/** Exit codes by what they mean. Codes of 32 bits may be written with or without sign: `0x8A15010D` is `-1978334963` on Windows. */
export interface ExitCodeTable {
  /**
   * It is installed.
   *
   * @default [0]
   */
  readonly success?: number[];

  /**
   * It is installed once Windows has restarted.
   *
   * @default - none
   */
  readonly successWithReboot?: number[];

  /**
   * Windows must restart before it can be installed: it is tried once more afterwards.
   *
   * @default - none
   */
  readonly retryAfterReboot?: number[];

  /**
   * It is busy, such as with another installation: it is tried again every 30 seconds, 20 times.
   *
   * @default - none
   */
  readonly retryLater?: number[];

  /**
   * What failures mean, for the message: a code in decimal digits, or in hexadecimal ones after `0x`. Codes that stand nowhere fail too.
   *
   * @default - none
   */
  readonly failures?: { [code: string]: string };
}

/**
 * The codes of a table, as PowerShell sees them: signed, of 32 bits.
 *
 * @internal
 */
export interface SignedCodes {
  readonly success: number[];
  readonly reboot: number[];
  readonly retry: number[];
  readonly later: number[];
  readonly failures: ReadonlyMap<number, string>;
}

/** Windows Installer, "MsiExec.exe and InstMsi.exe error messages" and "Error codes". */
const WINDOWS_INSTALLER: ExitCodeTable = {
  success: [0],
  successWithReboot: [1641, 3010],
  // Another installation is in progress (chef/mixlib-install#110).
  retryLater: [1618],
  failures: {
    1601: 'the Windows Installer service could not be reached',
    1602: 'the installation was cancelled',
    1603: 'a fatal error during the installation; the log names the action',
    1612: 'the source of the installation is not available',
    1619: 'the package could not be opened',
    1620: 'it is not a package of Windows Installer',
    1624: 'a transform could not be applied',
    1625: 'a policy of the system forbids the installation',
    1633: 'the package is for another processor',
    1638: 'another version of the product is installed',
    1639: 'an argument is not valid',
  },
};

/** What the exit codes of a program mean. Every code outside the table fails, with a message that names program and code. */
export class ExitCodes {
  /** A table of one's own. */
  public static of(table: ExitCodeTable): ExitCodes {
    return new ExitCodes([table]);
  }

  /** The codes of Windows Installer, which many setup programs hand on: 0; 1641 and 3010 with a restart. */
  public static windowsInstaller(): ExitCodes {
    return ExitCodes.of(WINDOWS_INSTALLER);
  }

  private constructor(private readonly tables: ExitCodeTable[]) {}

  /** The same codes and more; a code that is in both means what it means here. */
  public extended(table: ExitCodeTable): ExitCodes {
    return new ExitCodes([...this.tables, { success: [], ...table }]);
  }

  /**
   * The codes as PowerShell sees them.
   *
   * @internal
   */
  public _signed(scope: IConstruct): SignedCodes {
    const classes = new Map<number, [outcome: string, meaning: string]>();
    this.tables.forEach((table, index) => {
      for (const [code, meaning] of classified(scope, table, index > 0)) {
        classes.set(code, meaning);
      }
    });
    const of = (outcome: string): number[] => [...classes].filter(([, [each]]) => each === outcome).map(([code]) => code);
    const failures = new Map(of('failures').map((code) => [code, classes.get(code)![1]]));
    return { success: of('success'), reboot: of('successWithReboot'), retry: of('retryAfterReboot'), later: of('retryLater'), failures };
  }
}

function classified(scope: IConstruct, table: ExitCodeTable, extension: boolean): Map<number, [string, string]> {
  const { success = [0], successWithReboot = [], retryAfterReboot = [], retryLater = [], failures = {} } = table;
  if (success.length === 0 && !extension) {
    throw new InvalidInputError(scope, {
      what: 'a table of exit codes has no code for success', expected: 'one or more, mostly 0', fix: 'leave `success` out, or give it the codes',
    });
  }
  const all = [
    ...Object.entries({ success, successWithReboot, retryAfterReboot, retryLater }).flatMap(([outcome, codes]) => codes.map((code) => [code, outcome, ''] as const)),
    ...Object.entries(failures).map(([code, meaning]) => [Number(code), 'failures', meaning] as const),
  ];
  const classes = new Map<number, [string, string]>();
  for (const [code, outcome, meaning] of all) {
    const signed = signedCode(scope, code);
    if (classes.has(signed)) {
      throw new InvalidInputError(scope, {
        what: `the exit code ${code} is in the table twice (${classes.get(signed)![0]}, ${outcome})`, expected: 'one meaning for a code', fix: 'remove one',
      });
    }
    classes.set(signed, [outcome, meaning]);
  }
  return classes;
}

function signedCode(scope: IConstruct, code: number): number {
  if (!Number.isInteger(code) || code < -(2 ** 31) || code >= 2 ** 32) {
    throw new InvalidInputError(scope, {
      what: `the exit code ${code} is not valid`, expected: 'a whole number of 32 bits, with or without sign', fix: 'correct the table of exit codes',
    });
  }
  return code >= 2 ** 31 ? code - 2 ** 32 : code;
}
