import { win32 } from 'node:path';
import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { commandLine, windowsArgument } from './command-line';
import { ExitCodes } from './exit-codes';
import { installProgram, type InstallProgram } from './install-program';
import { media } from './media';
import { checkSignature } from './signature';
import { windowsStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import type { Source } from '../source';
import type { StepAction, StepBindOptions } from '../step/action';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/** Options of `Msi.install`. */
export interface MsiOptions {
  /**
   * Public properties, by name; those that nobody sets keep the defaults of the package.
   *
   * @default - none
   */
  readonly properties?: { [name: string]: string };

  /**
   * Transforms (`.mst`), in the order in which they are applied.
   *
   * @default - none
   */
  readonly transforms?: Source[];

  /**
   * Path of the log, which stays; its end is shown where the installation fails.
   *
   * @default - C:\Windows\Temp\<name of the package>.log
   */
  readonly log?: string;

  /**
   * Whether a package without a valid signature is installed.
   *
   * @default false
   */
  readonly allowUnsigned?: boolean;

  /**
   * What exit codes mean.
   *
   * @default ExitCodes.windowsInstaller()
   */
  readonly exitCodes?: ExitCodes;
}

/**
 * Packages of Windows Installer.
 *
 * By msiexec and not by the module `InstallMSI` (`InstallModule.msi` has that): the module has no transforms and does not say how it quotes
 * properties; it takes 1614, "the product is uninstalled", for a success; and it fails without the meaning of the code and the log.
 */
export class Msi {
  /** Installs a package silently, never restarts by itself, and restarts afterwards where Windows Installer asks for it (3010, 1641). */
  public static install(source: Source, options: MsiOptions = {}): Step {
    return windowsStep('Msi', (scope, bind) => {
      const files = [source, ...options.transforms ?? []].map((each) => media(scope, bind, each));
      const [msi, ...transforms] = files;
      checkName(scope, msi!.name, '.msi');
      transforms.forEach(({ name }) => checkName(scope, name, '.mst'));
      const log = options.log ?? `C:\\Windows\\Temp\\${msi!.name}.log`;
      const all = { ...options.properties, ...transforms.length > 0 ? { TRANSFORMS: transforms.map(({ path }) => path).join(';') } : {} };
      return [...files.flatMap(({ fetch }) => fetch), ...msiexec(scope, bind, {
        stepName: 'InstallMsi',
        label: `msiexec (${msi!.name})`,
        commandLine: [commandLine(['/i', msi!.path, '/qn', '/norestart', '/L*v', log]), ...propertiesOf(scope, all)].join(' '),
        exitCodes: options.exitCodes ?? ExitCodes.windowsInstaller(),
        log,
        before: options.allowUnsigned ? [] : checkSignature(msi!.path),
      }), ...files.flatMap(({ remove }) => remove)];
    });
  }

  /**
   * Removes a product. One that is not there (1605) counts as removed.
   *
   * @param productCode product code, such as `{12345678-1234-1234-1234-123456789ABC}`
   */
  public static uninstall(productCode: string): Step {
    return windowsStep('Msi', (scope, bind) => {
      if (!Token.isUnresolved(productCode) && !/^\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i.test(productCode)) {
        throw new InvalidInputError(scope, {
          what: `the product code '${productCode}' is not valid`, expected: 'a GUID between braces', fix: 'take it from the Uninstall key of the registry',
        });
      }
      const log = `C:\\Windows\\Temp\\${productCode}.log`;
      return msiexec(scope, bind, {
        stepName: 'UninstallMsi',
        label: `msiexec (uninstall ${productCode})`,
        commandLine: commandLine(['/x', productCode, '/qn', '/norestart', '/L*v', log]),
        exitCodes: ExitCodes.windowsInstaller().extended({ success: [1605] }),
        log,
      });
    });
  }

  private constructor() {}
}

const msiexec = (scope: Construct, bind: StepBindOptions, program: Omit<InstallProgram, 'path'>): StepAction[] =>
  installProgram(scope, bind, { ...program, path: powershellQuoted('C:\\Windows\\System32\\msiexec.exe') });

/** `NAME="value"`: msiexec wants the quotes around the value alone, and doubled within it ("Command-line options", Windows Installer). */
function propertiesOf(scope: Construct, properties: Record<string, string>): string[] {
  return Object.entries(properties).map(([name, value]) => {
    if (!/^[A-Z_][A-Z0-9_.]*$/.test(name)) {
      throw new InvalidInputError(scope, {
        what: `'${name}' is no public property`,
        expected: 'capital letters, digits, underscores and points: Windows Installer takes no others from a command line',
        fix: 'correct the name',
      });
    }
    return value === windowsArgument(value) && value !== '' ? `${name}=${value}` : `${name}="${value.replace(/"/g, '""')}"`;
  });
}

function checkName(scope: Construct, name: string, extension: string): void {
  if (win32.extname(name).toLowerCase() !== extension) {
    throw new InvalidInputError(scope, { what: `'${name}' is no ${extension} file`, expected: `a file with ${extension} at its end`, fix: 'correct the source' });
  }
}
