import { Lazy } from 'aws-cdk-lib';
import { CfnComponent } from 'aws-cdk-lib/aws-imagebuilder';
import { Construct } from 'constructs';
import { parametrise, publish } from './bucket-document';
import type { ComponentConfig } from './component';
import type { RenderedDocument } from './definition';
import { isOversized } from './document-size';
import { commented, contentHash } from '../private/hash';

/** All that cannot be changed in a component once it is created. */
export interface ComponentContent extends RenderedDocument {
  readonly version: string;
  readonly description?: string;
  readonly supportedOsVersions?: string[];
}

/** One component of a stack. */
export class ComponentResource extends Construct {
  private definition?: { readonly content: ComponentContent; readonly config: ComponentConfig };

  public define(name: string, content: ComponentContent): void {
    const { text, ...others } = content;
    const component = new CfnComponent(this, 'Resource', { name, ...others });
    // Tags change in place (aws-cloudformation/cloudformation-coverage-roadmap#1182): they make no other component.
    const identity = () => ({ name, ...content });
    const oversized = isOversized(this, text);
    const document = oversized ? parametrise(this, text) : { text, parameters: undefined };
    const data = () => commented(this, document.text, identity());
    component.data = oversized ? undefined : Lazy.uncachedString({ produce: data });
    component.uri = oversized ? Lazy.uncachedString({ produce: () => publish(this, data()) }) : undefined;
    // A new name or description makes a new component, and no other image.
    const inImage = { text, platform: content.platform };
    const config = {
      componentName: this.node.id,
      componentArn: component.attrArn,
      parameters: document.parameters,
      content: Lazy.uncachedString({ produce: () => contentHash(this, inImage) }),
    };
    this.definition = { content, config };
  }

  public get config(): ComponentConfig {
    return this.definition!.config;
  }

  public get content(): ComponentContent {
    return this.definition!.content;
  }

  /** Hash of its content; one whose definition was refused has none. */
  public hash(): string | undefined {
    return this.definition && contentHash(this, this.content);
  }
}
