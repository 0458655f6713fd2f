import { Stack } from './stack';
import type { World } from '../../kernel';
import { validationError } from '../template/errors';

export interface Export {
  readonly ExportingStackId: string;
  readonly Name: string;
  readonly Value: string;
}

/** All stacks of a world, also those that are gone. */
export class Stacks {
  public readonly all: Stack[] = [];

  public constructor(private readonly world: World) {}

  /** A stack that is not among the stacks yet. */
  public make(name: string): Stack {
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
      throw validationError(`1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: `
        + 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
    }
    return new Stack(name, this.world.arn('cloudformation', `stack/${name}/${this.world.random.uuid()}`), this.world.now);
  }

  /** A stack by name (unless it is gone) or by id. */
  public find(nameOrId: string): Stack | undefined {
    if (nameOrId.startsWith('arn:')) return this.all.find((stack) => stack.id === nameOrId);
    return this.all.find((stack) => stack.name === nameOrId && !stack.gone);
  }

  public get(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (!stack) throw validationError(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  public exports(): Export[] {
    return this.all.filter((stack) => !stack.gone).flatMap((stack) => stack.outputs.flatMap(({ ExportName, OutputValue }) => (
      ExportName === undefined ? [] : [{ ExportingStackId: stack.id, Name: ExportName, Value: OutputValue }])));
  }

  public exportValue(name: string): string {
    const found = this.exports().find((each) => each.Name === name);
    if (!found) throw validationError(`No export named ${name} found.`);
    return found.Value;
  }

  /** Names of the stacks that import a value. A deployment that has failed still holds its imports until it is rolled back. */
  public importers(name: string): string[] {
    return this.all.filter((stack) => !stack.gone && stack.resources.size > 0 && stack.deployment?.imports.includes(name)).map((stack) => stack.name);
  }
}
