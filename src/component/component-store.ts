import { Construct, type IConstruct } from 'constructs';
import { checkDocument } from './check-document';
import type { ComponentBindOptions, ComponentConfig } from './component';
import { ComponentResource, type ComponentContent } from './component-resource';
import type { ComponentDefinition } from './definition';
import { checkParameters, withParameters } from './given-parameters';
import { ControlPlane } from '../control-plane/control-plane';
import type { OperatingSystemVersion } from '../platform';
import { InvalidInputError } from '../private/errors';
import { nameOfId } from '../private/name-of-id';
import { imageBuilderName, validName } from '../private/names';

/** The components of a stack, by name. */
export class ComponentStore extends Construct {
  public static of(scope: IConstruct): ComponentStore {
    const plane = ControlPlane.of(scope);
    return (plane.node.tryFindChild('Components') as ComponentStore | undefined) ?? new ComponentStore(plane);
  }

  private readonly namespace: string;

  private constructor(plane: ControlPlane) {
    super(plane, 'Components');
    this.namespace = plane.namespace;
    this.node.addDependency(plane.seedDependable);
  }

  /** The resource of a definition: made once, then shared by every image that uses the same. */
  public use(image: Construct, definition: ComponentDefinition, options: ComponentBindOptions): ComponentConfig {
    const name = validName(image, 'component name', nameOfId(definition.name), 'the name of the component');
    const existing = this.node.tryFindChild(name) as ComponentResource | undefined;
    // Rendered for each use: that is what grants the image's builder what the steps read.
    const scope = existing === undefined ? new ComponentResource(this, name) : new Construct(this, `${name}-candidate`);
    const content = this.render(image, name, scope, definition, options);
    checkParameters(image, name, content.text, definition.parameters);
    return withParameters(image, this.configOf(image, scope, existing, name, content), definition.parameters);
  }

  private configOf(
    image: Construct, scope: Construct, existing: ComponentResource | undefined, name: string, content: ComponentContent,
  ): ComponentConfig {
    if (scope instanceof ComponentResource) {
      return scope.define(imageBuilderName(image, this.namespace, { component: name }), content);
    }
    this.node.tryRemoveChild(scope.node.id);
    return existing!.reuse(image, content);
  }

  private render(
    image: Construct, name: string, scope: Construct, definition: ComponentDefinition, options: ComponentBindOptions,
  ): ComponentContent {
    const { description, supportedOsVersions = [], version = '1.0.0' } = definition.options;
    try {
      const document = definition.render(scope, options);
      checkDocument(scope, document);
      checkSystem(scope, supportedOsVersions, options);
      // No versions are all versions: the API takes no empty list.
      const systems = supportedOsVersions.length > 0 ? supportedOsVersions.map((system) => system.imageBuilderName) : undefined;
      return { ...document, version: numericVersion(scope, version), description, supportedOsVersions: systems };
    } catch (error) {
      throw InvalidInputError.is(error)
        ? new InvalidInputError(image, { ...error.problem, what: `component '${name}': ${error.problem.what}` })
        : error;
    }
  }
}

/** The service compares beginnings: to it `Amazon Linux 2` is also 2023 (API reference, CreateComponent, `supportedOsVersions`). */
function checkSystem(scope: Construct, supported: OperatingSystemVersion[], { osVersion }: ComponentBindOptions): void {
  if (supported.length === 0 || osVersion === undefined || supported.some((each) => each.includes(osVersion))) { return; }
  throw new InvalidInputError(scope, {
    what: `it is used on ${osVersion}`,
    expected: `one of its supportedOsVersions: ${supported.join(', ')}`,
    fix: 'take another component, or add the operating system to its supportedOsVersions',
  });
}

function numericVersion(scope: Construct, version: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new InvalidInputError(scope, {
      what: `the version '${version}' is not numeric`,
      expected: 'three numbers, such as 1.0.0',
      fix: 'correct the version or leave it out: the service counts the builds of a version',
    });
  }
  return version;
}
