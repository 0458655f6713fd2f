import type { Construct } from 'constructs';
import { Component, type ComponentBindOptions, type ComponentConfig, type ComponentSteps } from '../component/component';
import { ComponentStore } from '../component/component-store';
import { StepsDefinition } from '../component/steps-definition';

/** An entry of the catalogue. Its name is the library's: a stack may have it with several contents, each of which is a component of its own. */
export const entry = (name: string, steps: ComponentSteps): Component => new Entry(new StepsDefinition(name, steps, true));

class Entry extends Component {
  public constructor(private readonly definition: StepsDefinition) {
    super();
  }

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    return ComponentStore.of(scope).use(scope, this.definition, options);
  }
}
