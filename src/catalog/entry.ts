import { Component, type ComponentSteps } from '../component/component';
import { shared } from '../component/shared-component';
import { StepsDefinition } from '../component/steps-definition';

/** What the library knows of an entry of its own. */
interface EntryTraits {
  /** Whether it brings Amazon Linux 2023 to a release of its own choice. */
  readonly movesRelease?: boolean;
}

/** An entry of the catalogue. Its name is the library's: a stack may have it with several contents, each of which is a component of its own. */
export const entry = (name: string, steps: ComponentSteps, { movesRelease }: EntryTraits = {}): Component =>
  Component._bound(shared(new StepsDefinition(name, steps, true)), movesRelease);
