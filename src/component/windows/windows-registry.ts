import type { Construct } from 'constructs';
import { windowsStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import { RegistryType, type RegistryInputs } from '../step/modules';
import type { Step } from '../step/step';

const LARGEST: Partial<Record<RegistryType, bigint>> = { [RegistryType.DWORD]: 2n ** 32n - 1n, [RegistryType.QWORD]: 2n ** 64n - 1n };

/** The registry. */
export class WindowsRegistry {
  /**
   * Sets values, and makes the keys that are not there. Values under `HKCU:` are refused: it is the one of SYSTEM, and no user ever sees it.
   */
  public static set(...values: RegistryInputs[]): Step {
    return windowsStep('WindowsRegistry', (scope) => {
      if (values.length === 0) {
        throw new InvalidInputError(scope, { what: 'a list of registry values is empty', expected: 'one or more', fix: 'give it a value, or leave the step out' });
      }
      values.forEach((value) => check(scope, value));
      return [{ name: 'SetRegistry', action: 'SetRegistry', inputs: values.map((each) => ({ ...each })) }];
    });
  }

  private constructor() {}
}

function check(scope: Construct, { path, name, value, type }: RegistryInputs): void {
  if (/^(?:HKCU:|HKEY_CURRENT_USER\b)/i.test(path)) {
    throw new InvalidInputError(scope, {
      what: `the registry value '${name}' is under '${path}', which is the hive of SYSTEM`,
      expected: 'a key of the machine, such as one under HKLM:\\SOFTWARE\\Policies',
      fix: 'set it for the machine, or for new users in a script that loads the hive of the default user',
    });
  }
  const largest = LARGEST[type];
  if (largest !== undefined && (!/^\d+$/.test(value) || BigInt(value) > largest) && !value.includes('${Token')) {
    throw new InvalidInputError(scope, {
      what: `the registry value '${name}' is '${value}'`, expected: `decimal digits, at most ${largest}, because it is a ${type}`, fix: 'correct the value',
    });
  }
}
