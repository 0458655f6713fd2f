import { Construct, type IConstruct } from 'constructs';
import { checkDocument } from './check-document';
import type { ComponentBindOptions, ComponentConfig } from './component';
import { ComponentResource, type ComponentContent } from './component-resource';
import type { ComponentDefinition } from './definition';
import { checkParameters, withParameters } from './given-parameters';
import { ControlPlane } from '../control-plane/control-plane';
import type { OperatingSystemVersion } from '../platform';
import { InvalidInputError } from '../private/errors';
import { contentHash } from '../private/hash';
import { nameOfId } from '../private/name-of-id';
import { imageBuilderName, validName } from '../private/names';

/** The components of a stack, by name. */
export class ComponentStore extends Construct {
  public static of(scope: IConstruct): ComponentStore {
    const plane = ControlPlane.of(scope);
    return (plane.node.tryFindChild('Components') as ComponentStore | undefined) ?? new ComponentStore(plane);
  }

  private readonly namespace: string;
  /** Contents of components that the user named, by name and traits of the image. */
  private readonly named = new Map<string, string>();

  private constructor(plane: ControlPlane) {
    super(plane, 'Components');
    this.namespace = plane.namespace;
    this.node.addDependency(plane.seedDependable);
  }

  /**
   * The resource of a definition: made once, then shared by every image in which it has the same content. The first of a name has the name
   * itself, whatever else comes; each other content has a hash of it behind the name (ADR 7).
   */
  public use(image: Construct, definition: ComponentDefinition, options: ComponentBindOptions): ComponentConfig {
    const { componentName = definition.name } = options;
    const name = validName(image, 'component name', nameOfId(componentName), 'the name of the component');
    const render = (scope: Construct): ComponentContent => this.render(image, name, scope, definition, options);
    const taken = this.node.tryFindChild(name) !== undefined;
    const resource = taken ? this.another(image, name, render) : this.make(image, name, render);
    if (options.componentName !== undefined || !definition.inCatalog) { this.checkNamed(image, name, resource.hash()!, options); }
    checkParameters(image, name, resource.content.text, definition.parameters);
    return withParameters(image, resource.config, definition.parameters);
  }

  private make(image: Construct, id: string, render: (scope: Construct) => ComponentContent): ComponentResource {
    const resource = new ComponentResource(this, id);
    resource.define(imageBuilderName(image, this.namespace, { component: id }), render(resource));
    return resource;
  }

  /** One of a name that is taken: that very one where the content is the same. */
  private another(image: Construct, name: string, render: (scope: Construct) => ComponentContent): ComponentResource {
    const hash = contentHash(this, this.candidate(render));
    const id = `${name}-${hash.slice(0, 8)}`;
    const same = [name, id].map((each) => this.node.tryFindChild(each) as ComponentResource | undefined).find((each) => each?.hash() === hash);
    return same ?? this.make(image, id, render);
  }

  /** Rendered for each use: that is what grants the image's builder what the steps read. */
  private candidate(render: (scope: Construct) => ComponentContent): ComponentContent {
    // No component has a name with capitals.
    const scope = new Construct(this, 'Candidate');
    try {
      return render(scope);
    } finally {
      this.node.tryRemoveChild(scope.node.id);
    }
  }

  /** Two contents under one name of the user are a slip of the pen, unless the images differ in what steps are rendered by. */
  private checkNamed(image: Construct, name: string, hash: string, options: ComponentBindOptions): void {
    const { platform, architecture, osVersion, sysprep } = options;
    const key = JSON.stringify([name, platform, architecture, osVersion, sysprep]);
    if ((this.named.get(key) ?? hash) !== hash) {
      throw new InvalidInputError(image, {
        what: `the component '${name}' differs from another component of that name in this stack`,
        expected: 'one content for one name, because the service knows components by name',
        fix: 'give one of them another name',
      });
    }
    this.named.set(key, hash);
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
