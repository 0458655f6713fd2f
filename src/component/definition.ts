import type { Construct } from 'constructs';
import type { ComponentBindOptions, ComponentOptions } from './component';
import type { Platform } from '../image/platform';

/** A document, ready for the service. */
export interface RenderedDocument {
  readonly platform: Platform;
  /** YAML; may hold tokens. */
  readonly text: string;
}

/** What a component with a document of ours is made from. */
export interface ComponentDefinition {
  readonly name: string;
  readonly options: ComponentOptions;
  /** Renders in `scope`, where assets may be made. */
  render(scope: Construct, options: ComponentBindOptions): RenderedDocument;
}
