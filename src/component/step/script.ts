import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StepAction, StepBindOptions, StepConfig } from './action';
import { transfer } from './download';
import type { Platform } from '../../image/platform';
import { InvalidInputError } from '../../private/errors';
import { Source } from '../source';

/** How a script is run on one platform. */
export interface Shell {
  readonly platform: Platform;
  /** Name of its steps. */
  readonly name: string;
  /** Module that runs it. */
  readonly action: string;
  /** Where its files lie while they are used. */
  readonly folder: string;
  readonly extension: string;
  /** Runs a script that lies in a file. */
  run(path: string): string;
}

/** A script: in the document, or, where it holds what a document cannot, as an asset. */
export function script(scope: Construct, options: StepBindOptions, shell: Shell, text: string): StepConfig {
  const execute = (command: string): StepAction => ({ name: shell.name, action: shell.action, inputs: { commands: [command] } });
  if (!text.includes('{{')) {
    return { platform: shell.platform, actions: [execute(text)] };
  }
  const source = shipped(scope, text, shell.extension).bind(scope, options.grantee);
  const path = `${shell.folder}${source.fileName}`;
  return { platform: shell.platform, actions: [...transfer(source, path), execute(shell.run(path))] };
}

/** Commands that are there and can be written into a script. */
export function checkCommands(scope: Construct, commands: string[]): void {
  if (commands.length === 0) {
    throw new InvalidInputError(scope, { what: 'a step has no commands', expected: 'at least one', fix: 'give it a command or remove it' });
  }
  const empty = commands.findIndex((command) => command.trim() === '');
  if (empty >= 0) {
    throw new InvalidInputError(scope, {
      what: `command ${empty + 1} of ${commands.length} of a step is empty`, expected: 'a command', fix: 'write the command or remove it',
    });
  }
}

function shipped(scope: Construct, text: string, extension: string): Source {
  if (Token.isUnresolved(text)) {
    const line = text.split('\n').find((each) => each.includes('{{'));
    throw new InvalidInputError(scope, {
      what: `the command '${line}' holds '{{' beside values that are known only later`,
      expected: 'no double braces, which Image Builder takes for a reference to another step; or a script of constant text, which travels as an asset',
      fix: 'hand the values over in a step before, such as by a file or an environment variable',
    });
  }
  return Source.text(`script${extension}`, text);
}
