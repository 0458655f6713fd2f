import type { Construct } from 'constructs';
import { Component, type ComponentBindOptions, type ComponentConfig } from '../component/component';

/** A component that says something to the image that uses it. */
export class NoticingComponent extends Component {
  public constructor(private readonly component: Component, private readonly notice: (scope: Construct) => void) {
    super();
  }

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    this.notice(scope);
    return this.component.bind(scope, options);
  }
}
