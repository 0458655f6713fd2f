import type { Construct } from 'constructs';
import { Component, type Binding, type ComponentBindOptions, type ComponentConfig, type ComponentSteps } from '../component/component';
import { shared } from '../component/shared-component';
import { StepsDefinition } from '../component/steps-definition';

/** What the library knows of an entry of its own. */
interface EntryTraits {
  /** Whether it brings Amazon Linux 2023 to a release of its own choice. */
  readonly movesRelease?: boolean;
}

/** An entry of the catalogue. Its name is the library's: a stack may have it with several contents, each of which is a component of its own. */
export const entry = (name: string, steps: ComponentSteps, { movesRelease }: EntryTraits = {}): Component =>
  new Entry(shared(new StepsDefinition(name, steps, true)), movesRelease);

class Entry extends Component {
  public constructor(private readonly binding: Binding, public override readonly _movesRelease?: boolean) {
    super();
  }

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    return this.binding(scope, options);
  }
}
