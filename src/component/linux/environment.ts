import type { Construct } from 'constructs';
import { checkFileName, checkLine, checkNotEmpty, checkVariable, checkWithoutPercent } from './checks';
import { linuxStep } from './script';
import { unitAssignment } from './unit-text';
import { writeText } from './write-file';
import type { Step } from '../step';
import { bashQuoted } from '../step/quoting';

/** Environment variables of an image: never secrets, everybody on an instance can read them. Each call has a file of its own. */
export class LinuxEnvironment {
  /**
   * For login shells: a file in /etc/profile.d. Services do not see it.
   *
   * @param name name of the file, without its extension
   * @param variables values by name
   */
  public static forLogins(name: string, variables: { [name: string]: string }): Step {
    return linuxStep('Environment', (scope) => {
      const lines = checked(scope, variables).map(([variable, value]) => `export ${variable}=${bashQuoted(value)}\n`);
      return writeText(`/etc/profile.d/${checkFileName(scope, name, 'the file name')}.sh`, lines.join(''));
    });
  }

  /**
   * For every service of the system: a file in /etc/systemd/system.conf.d (systemd-system.conf(5), `DefaultEnvironment`), from the next
   * start on. Shells do not see it. One service gets variables by `environment` of its unit.
   *
   * @param name name of the file, without its extension
   * @param variables values by name
   */
  public static forServices(name: string, variables: { [name: string]: string }): Step {
    return linuxStep('Environment', (scope) => {
      const entries = checked(scope, variables);
      entries.forEach(([variable, value]) => checkWithoutPercent(scope, value, `the value of ${variable}`));
      const lines = entries.map(([variable, value]) => `DefaultEnvironment=${unitAssignment(variable, value)}\n`);
      return writeText(`/etc/systemd/system.conf.d/${checkFileName(scope, name, 'the file name')}.conf`, `[Manager]\n${lines.join('')}`);
    });
  }

  private constructor() {}
}

function checked(scope: Construct, variables: { [name: string]: string }): [string, string][] {
  const entries = Object.entries(variables);
  checkNotEmpty(scope, entries, 'the list of environment variables');
  entries.forEach(([name, value]) => {
    checkVariable(scope, name, 'the environment variable');
    checkLine(scope, value, `the value of ${name}`);
  });
  return entries;
}
