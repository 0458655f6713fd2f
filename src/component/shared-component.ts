import type { Construct } from 'constructs';
import type { Component, ComponentBindOptions, ComponentConfig } from './component';
import { ComponentStore } from './component-store';
import type { ComponentDefinition } from './definition';

/** A component with a document of ours: one resource a stack. */
export class SharedComponent implements Component {
  public constructor(private readonly definition: ComponentDefinition) {}

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    return ComponentStore.of(scope).use(scope, this.definition, options);
  }
}
