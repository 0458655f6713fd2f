import { Lazy } from 'aws-cdk-lib';
import { CfnComponent } from 'aws-cdk-lib/aws-imagebuilder';
import { Construct } from 'constructs';
import { parametrise, publish } from './bucket-document';
import type { ComponentConfig } from './component';
import type { RenderedDocument } from './definition';
import { isOversized } from './document-size';
import { InvalidInputError } from '../private/errors';
import { commented, contentHash } from '../private/hash';

/** All that cannot be changed in a component once it is created. */
export interface ComponentContent extends RenderedDocument {
  readonly version: string;
  readonly description?: string;
  readonly supportedOsVersions?: string[];
}

/** One component of a stack. */
export class ComponentResource extends Construct {
  private content?: ComponentContent;
  private config?: ComponentConfig;

  public define(name: string, content: ComponentContent): ComponentConfig {
    const { text, ...others } = content;
    const component = new CfnComponent(this, 'Resource', { name, ...others });
    // Tags change in place (aws-cloudformation/cloudformation-coverage-roadmap#1182): they make no other component.
    const identity = () => ({ name, ...content });
    const oversized = isOversized(this, text);
    const document = oversized ? parametrise(this, text) : { text, parameters: undefined };
    const data = () => commented(this, document.text, identity());
    component.data = oversized ? undefined : Lazy.uncachedString({ produce: data });
    component.uri = oversized ? Lazy.uncachedString({ produce: () => publish(this, data()) }) : undefined;
    this.content = content;
    // A new description makes a new component, and no other image.
    const inImage = { text, platform: content.platform };
    return this.config = {
      componentName: this.node.id,
      componentArn: component.attrArn,
      parameters: document.parameters,
      content: Lazy.uncachedString({ produce: () => contentHash(this, inImage) }),
    };
  }

  /** The same component for another image. */
  public reuse(image: Construct, content: ComponentContent): ComponentConfig {
    if (contentHash(this, this.content) !== contentHash(this, content)) {
      throw new InvalidInputError(image, {
        what: `the component '${this.node.id}' differs from another component of that name in this stack`,
        expected: 'one content for one name, because the service knows components by name',
        fix: 'give one of them another name',
      });
    }
    return this.config!;
  }
}
