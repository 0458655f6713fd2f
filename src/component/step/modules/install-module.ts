import { moduleStep } from './module-step';
import { Platform } from '../../../image/platform';
import type { Step } from '../step';

/** What `InstallMSI` does with a restart that the installer asks for. */
export enum MsiReboot {
  /** Restarts where the installer asks for it. */
  ALLOW = 'Allow',
  /** Restarts in any case. */
  FORCE = 'Force',
  /** Does not restart. */
  SKIP = 'Skip',
}

/** Inputs of `InstallMSI` and `UninstallMSI`. */
export interface MsiInputs {
  /** The package: a path on the instance, or an `s3://` or `https://` address. */
  readonly path: string;

  /**
   * What happens where the installer asks for a restart.
   *
   * @default MsiReboot.ALLOW
   */
  readonly reboot?: MsiReboot;

  /**
   * What is logged, in the letters of `msiexec /L`.
   *
   * @default '*VX'
   */
  readonly logOptions?: string;

  /**
   * Path of the log.
   *
   * @default - a file in the working directory of the service
   */
  readonly logFile?: string;

  /**
   * Properties of the package, by name.
   *
   * @default - none
   */
  readonly properties?: { [name: string]: string };

  /**
   * Whether a package with a bad signature is taken.
   *
   * @default false
   */
  readonly ignoreAuthenticodeSignatureErrors?: boolean;

  /**
   * Whether a package without a signature is taken.
   *
   * @default false
   */
  readonly allowUnsignedInstaller?: boolean;
}

/** Kinds of registry values. */
export enum RegistryType {
  /** Bytes, in hexadecimal digits. */
  BINARY = 'BINARY',
  /** A number of 32 bits. */
  DWORD = 'DWORD',
  /** A number of 64 bits. */
  QWORD = 'QWORD',
  /** A text. */
  SZ = 'SZ',
  /** A text with environment variables between percent signs. */
  EXPAND_SZ = 'EXPAND_SZ',
  /** Several texts. */
  MULTI_SZ = 'MULTI_SZ',
}

/** One value of `SetRegistry`. */
export interface RegistryInputs {
  /** The key, such as `HKLM:\SOFTWARE\Policies\Example`. `HKCU:` is the one of SYSTEM. */
  readonly path: string;

  /** Name of the value. */
  readonly name: string;

  /** The value; numbers in decimal digits. */
  readonly value: string;

  /** Kind of the value. */
  readonly type: RegistryType;
}

/** Modules of Windows (Image Builder user guide, "Software installation actions" and "System action modules"). */
export class InstallModule {
  /** `InstallMSI`. Outputs: `logFile`, `msiExitCode`, `stdout`. */
  public static msi(inputs: MsiInputs): Step {
    return moduleStep('InstallMSI', { ...inputs }, Platform.WINDOWS);
  }

  /** `UninstallMSI`. Outputs: `logFile`, `msiExitCode`, `stdout`. */
  public static uninstallMsi(inputs: MsiInputs): Step {
    return moduleStep('UninstallMSI', { ...inputs }, Platform.WINDOWS);
  }

  /** `SetRegistry`: creates keys and values, and replaces values that are there. */
  public static registry(...values: RegistryInputs[]): Step {
    return moduleStep('SetRegistry', values.map((each) => ({ ...each })), Platform.WINDOWS);
  }

  private constructor() {}
}
