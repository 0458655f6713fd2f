import type { Construct } from 'constructs';
import { plannedStep } from './linux/script';
import type { RuntimeSecret } from './secret';
import { bashFetch, powershellFetch } from './secret-fetch';
import { RenderedStep, type Step, type StepBindOptions } from './step';
import { powershell } from './step/powershell';
import { checkCommands } from './step/script';
import { InvalidInputError } from '../private/errors';

/**
 * Scripts with secrets in environment variables. They are fetched on the instance when the script runs: they are in no document, in no
 * command line, in no output and in no file, and gone when the script ends. What the commands do with them is up to the commands: a
 * command that prints one, or writes one into the image, makes it public.
 */
export class SecretScript {
  /**
   * Bash commands in strict mode. Needs the AWS CLI on the instance, which Amazon Linux has and Debian and Ubuntu do not: install it with
   * `Component.amazonManaged('aws-cli-version-2-linux')`; a field of a JSON object needs Python 3.
   *
   * @param secrets secrets by the name of their environment variable
   * @param commands the commands, such as `printf %s "$TOKEN" | login --password-stdin`
   */
  public static bash(secrets: { [variable: string]: RuntimeSecret }, ...commands: string[]): Step {
    return plannedStep('SecretBash', (scope, options) => {
      checkCommands(scope, commands);
      return { lines: [...fetchSecrets(scope, options, secrets, bashFetch), ...commands] };
    });
  }

  /**
   * Windows PowerShell commands, checked like those of `Step.powershell`. Needs AWS Tools for PowerShell, which the Windows AMIs of Amazon
   * have.
   *
   * @param secrets secrets by the name of their environment variable
   * @param commands the commands, such as `New-LocalUser app -Password (ConvertTo-SecureString $env:PASSWORD -AsPlainText -Force)`
   */
  public static powershell(secrets: { [variable: string]: RuntimeSecret }, ...commands: string[]): Step {
    return new RenderedStep((scope, options) => {
      checkCommands(scope, commands);
      const { actions, platform } = powershell([...fetchSecrets(scope, options, secrets, powershellFetch), ...commands])(scope, options);
      return { platform, actions: actions.map((action) => (action.name === 'PowerShell' ? { ...action, name: 'SecretPowerShell' } : action)) };
    });
  }

  private constructor() {}
}

/** Commands that fetch secrets into environment variables, in the language of a shell. */
export function fetchSecrets(
  scope: Construct, options: StepBindOptions, secrets: { [variable: string]: RuntimeSecret }, fetch: typeof bashFetch,
): string[] {
  const entries = Object.entries(secrets);
  if (entries.length === 0) {
    throw new InvalidInputError(scope, { what: 'a script has no secrets', expected: 'at least one', fix: 'use Step.bash or Step.powershell' });
  }
  return fetch(entries.map(([variable, secret]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
      throw new InvalidInputError(scope, {
        what: `'${variable}' is no name of an environment variable`,
        expected: 'letters, digits and underscores',
        fix: 'correct it',
      });
    }
    return { variable, ...secret.bind(scope, options.grantee) };
  }));
}
