import { Reference, Tokenization } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BuildInfrastructure, type IBuildInfrastructure } from './build-infrastructure';
import type { ImageBase } from './image-base';
import { ImageReader } from './image-reader';
import type { Component, ComponentBindOptions, ComponentConfig } from '../component/component';
import { ComponentStore } from '../component/component-store';
import { explainGrant } from '../private/findings';

export interface BoundComponents {
  readonly components: ComponentConfig[];
  /** The infrastructure configuration in which an image of these components is built. */
  readonly configurationArn: string;
}

/**
 * Binds the components of an image, and finds where it is built: in the role that others have too where it reads only what the app publishes itself,
 * else in one of its own, so that no other image reads its secrets. An infrastructure that is not of this library has one role, as its maker wants it.
 */
export function bindComponents(
  image: ImageBase, infrastructure: IBuildInfrastructure, components: Component[], options: Omit<ComponentBindOptions, 'grantee'>,
): BoundComponents {
  const bindTo = (grantee: IGrantable): ComponentConfig[] => components.map((component) => component.bind(image, { ...options, grantee }));
  if (!(infrastructure instanceof BuildInfrastructure)) {
    return { components: bindTo(infrastructure.role), configurationArn: infrastructure.configurationArn(options.architecture) };
  }
  const reader = new ImageReader(image);
  const bound = bindTo(reader);
  bound.forEach(({ componentArn }) => permitComponent(reader.published, componentArn));
  const instances = reader.readsPrivately
    ? infrastructure._apart(new Construct(image, 'BuildInfrastructure'), `${image.imageName}-own`)
    : infrastructure._instances;
  reader.settle(instances.role);
  return { components: bound, configurationArn: instances.configurationArn(options.architecture) };
}

/** Components of the namespace, of Amazon and of AWS Marketplace every build may read, others only the one whose image has them. */
function permitComponent(grantee: IGrantable, componentArn: string): void {
  if (isOfStore(componentArn) || /:imagebuilder:[^:]*:aws(?:-marketplace)?:component\//.test(componentArn)) { return; }
  // By the ARN that the recipe names, or that of its build (assumption: components-by-name).
  const newest = /^(.*)\/[\dx]+\.[\dx]+\.x$/.exec(componentArn)?.[1];
  const resources = newest === undefined ? [componentArn, `${componentArn}/*`] : [`${newest}/*`];
  Grant.addToPrincipal({ grantee, actions: ['imagebuilder:GetComponent'], resourceArns: resources });
  explainGrant(grantee, { resources, actions: [] }, 'The service chooses the build of the component');
}

/** Whether the component is one that this library makes of the app's definition. */
function isOfStore(componentArn: string): boolean {
  const [token] = Tokenization.reverseString(componentArn).tokens;
  return Reference.isReference(token) && token.target.node.scopes.some((scope) => scope instanceof ComponentStore);
}
