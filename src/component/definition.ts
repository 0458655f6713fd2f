import type { Construct } from 'constructs';
import type { ComponentBindOptions, ComponentOptions } from './component';
import type { GivenParameters } from './given-parameters';
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
  /** Whether its name is that of an entry of the catalogue, which a stack may have with several contents. */
  readonly inCatalog?: boolean;
  /** Values of the document's parameters. */
  readonly parameters?: GivenParameters;
  /** Renders in `scope`, where assets may be made. */
  render(scope: Construct, options: ComponentBindOptions): RenderedDocument;
}
