import type { Construct } from 'constructs';
import { scriptStep } from './windows-step';
import { InvalidInputError } from '../../private/errors';
import { powershellQuoted } from '../step/quoting';
import type { Step } from '../step/step';

/**
 * Environment variables of the machine. Programs that run already, Image Builder's own among them, see them only after a restart: later
 * steps of a build read them by `[Environment]::GetEnvironmentVariable(name, 'Machine')`.
 */
export class EnvironmentVariable {
  /** Sets a variable for all users. It is there for everybody to read: never a secret. */
  public static machine(name: string, value: string): Step {
    return scriptStep('SetVariable', (scope) => {
      checkName(scope, name);
      return [`[Environment]::SetEnvironmentVariable(${powershellQuoted(name)}, ${powershellQuoted(value)}, 'Machine')`];
    });
  }

  /** Removes a variable. */
  public static remove(name: string): Step {
    return scriptStep('RemoveVariable', (scope) => {
      checkName(scope, name);
      return [`[Environment]::SetEnvironmentVariable(${powershellQuoted(name)}, $null, 'Machine')`];
    });
  }

  /** Adds a folder at the end of the search path, once. */
  public static addToPath(folder: string): Step {
    return scriptStep('AddToPath', (scope) => {
      if (folder === '' || /[;"]/.test(folder)) {
        throw new InvalidInputError(scope, { what: `the folder '${folder}' cannot stand in the search path`, expected: 'one folder without ; and "', fix: 'correct it' });
      }
      return [
        `$folder = ${powershellQuoted(folder)}`,
        // By the registry: SetEnvironmentVariable would write what %SystemRoot% stands for today, and no variable any more.
        "$key = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment', $true)",
        "$path = $key.GetValue('Path', '', 'DoNotExpandEnvironmentNames')",
        "if ($path.Split(';') -notcontains $folder) { $key.SetValue('Path', ($path.TrimEnd(';') + ';' + $folder), 'ExpandString') }",
        '$key.Close()',
      ];
    });
  }

  private constructor() {}
}

function checkName(scope: Construct, name: string): void {
  if (!/^[^=\s]+$/.test(name) || name.toLowerCase() === 'path') {
    throw new InvalidInputError(scope, {
      what: `the name '${name}' of an environment variable is not valid`, expected: 'a name without spaces and =, and not Path', fix: 'correct the name; for Path use addToPath',
    });
  }
}
