import type { Construct } from 'constructs';
import type { ComponentBindOptions, DocumentOptions } from './component';
import type { ComponentDefinition, RenderedDocument } from './definition';

/** A component document that the user wrote. */
export class TextDefinition implements ComponentDefinition {
  public constructor(public readonly name: string, private readonly read: () => string, public readonly options: DocumentOptions) {}

  public render(_scope: Construct, options: ComponentBindOptions): RenderedDocument {
    return { platform: this.options.platform ?? options.platform, text: this.read() };
  }
}
