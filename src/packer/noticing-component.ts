import type { Construct } from 'constructs';
import type { Component, ComponentBindOptions, ComponentConfig } from '../component/component';

/** A component that says something to the image that uses it. */
export class NoticingComponent implements Component {
  public constructor(private readonly component: Component, private readonly notice: (scope: Construct) => void) {}

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    this.notice(scope);
    return this.component.bind(scope, options);
  }
}
