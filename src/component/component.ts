import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { managed } from './managed';
import { shared } from './shared-component';
import type { Step } from './step';
import { StepsDefinition } from './steps-definition';
import { TextDefinition, textOf } from './text-definition';
import type { OperatingSystemVersion, Platform } from '../platform';

/** Where a component is used. */
export interface ComponentBindOptions {
  /** Platform of the image. */
  readonly platform: Platform;

  /** Architecture of the image. */
  readonly architecture: InstanceArchitecture;

  /**
   * Operating system and version.
   *
   * @default - not known
   */
  readonly osVersion?: OperatingSystemVersion;

  /**
   * Whether Sysprep generalizes the image at the end of its build. Windows only.
   *
   * @default - true on Windows
   */
  readonly sysprep?: boolean;

  /**
   * Name that `Component.named` gave it.
   *
   * @default - its own
   */
  readonly componentName?: string;

  /** What runs the component: is granted what its steps read. */
  readonly grantee: IGrantable;
}

/** A component, as a recipe needs it. */
export interface ComponentConfig {
  /** Name of the component, for messages. */
  readonly componentName: string;

  /**
   * ARN of the component. One of the own account names a build of it (`…/1.0.0/1`); of Amazon and of other accounts also a version, or a wildcard.
   */
  readonly componentArn: string;

  /**
   * Values of the document's parameters, by name.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };

  /** What the component does, for the content hash of the image: the same content gives the same image. May hold tokens. */
  readonly content: string;
}

/** Options of every component that has a document. */
export interface ComponentOptions {
  /**
   * What the component does.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Version of the component: three numbers. The service counts builds of one version, so that there is no need to change it.
   *
   * @default '1.0.0'
   */
  readonly version?: string;

  /**
   * Operating systems on which it runs. Images of others are refused: at synthesis where the parent's `osVersion` is known, else by the service.
   *
   * @default - all
   */
  readonly supportedOsVersions?: OperatingSystemVersion[];
}

/** Options of `Component.fromDocument`. */
export interface DocumentOptions extends ComponentOptions {
  /**
   * The platform on which it runs.
   *
   * @default - the platform of the image; modules that it does not have are refused
   */
  readonly platform?: Platform;

  /**
   * Values of the document's parameters, by name; checked against what it declares. Images may give one component different values.
   *
   * @default - the defaults in the document
   */
  readonly parameters?: { [name: string]: string };
}

/** Steps of a component by phase, of which at least one has steps. (A member named `build` would be a keyword of Java's builders.) */
export interface ComponentSteps extends ComponentOptions {
  /**
   * Run on the build instance before the image is made.
   *
   * @default - none
   */
  readonly buildSteps?: Step[];

  /**
   * Run on the build instance after all builds, to check what is there.
   *
   * @default - none
   */
  readonly validateSteps?: Step[];

  /**
   * Run on a new instance of the finished image.
   *
   * @default - none
   */
  readonly testSteps?: Step[];
}

/** Options of `Component.amazonManaged`. */
export interface ManagedComponentOptions {
  /**
   * Version of the component; `x` stands for the newest.
   *
   * @default 'x.x.x'
   */
  readonly version?: string;

  /**
   * Values of the component's parameters, by name.
   *
   * @default - the defaults of the component
   */
  readonly parameters?: { [name: string]: string };
}

/**
 * What a component does when an image uses it.
 *
 * @internal
 */
export type Binding = (scope: Construct, options: ComponentBindOptions) => ComponentConfig;

/** Something that is installed, configured or tested in an image. One component of a stack is one resource, however many images use it. */
export abstract class Component {
  /**
   * A component made of typed steps. The name stands for one content in the stack; where images of another platform or architecture make another
   * content of it, a hash of that content is put behind the name.
   */
  public static fromSteps(name: string, steps: ComponentSteps): Component {
    return new BoundComponent(shared(new StepsDefinition(name, steps)));
  }

  /** A component document as YAML text. It is checked when the app is synthesized. */
  public static fromDocument(name: string, document: string, options: DocumentOptions = {}): Component {
    return new BoundComponent(shared(new TextDefinition(name, () => document, options)));
  }

  /** A component document in a YAML file. It is checked when the app is synthesized. */
  public static fromFile(name: string, path: string, options: DocumentOptions = {}): Component {
    return new BoundComponent(shared(new TextDefinition(name, (scope) => textOf(scope, path), options)));
  }

  /** A component that Amazon maintains, such as `amazon-cloudwatch-agent-linux`. */
  public static amazonManaged(name: string, options: ManagedComponentOptions = {}): Component {
    return new BoundComponent(managed(name, options.version ?? 'x.x.x', options.parameters));
  }

  /**
   * A component under a name of yours. Entries of the catalogue have fixed names, such as `nginx`: where a stack uses one with several options,
   * the first has that name, and each of the others a hash of its content behind it. With a name of its own, a second one is found by it in
   * the console, and leaves the first as it is wherever in the app it stands. Components of Amazon cannot be renamed.
   *
   * @example
   * Component.named('nginx-shop', WebServer.nginx({ packageVersion: '1.28.*' }));
   */
  public static named(name: string, component: Component): Component {
    const binding: Binding = (scope, options) => component.bind(scope, { ...options, componentName: options.componentName ?? name });
    return new BoundComponent(binding, component._movesRelease);
  }

  /**
   * A component that is bound in this way.
   *
   * @internal
   */
  public static _bound(binding: Binding, movesRelease?: boolean): Component {
    return new BoundComponent(binding, movesRelease);
  }

  /**
   * Whether it brings Amazon Linux 2023 to a release of its own choice.
   *
   * @internal
   */
  public readonly _movesRelease?: boolean;

  /** Called by each image that uses the component. */
  public abstract bind(scope: Construct, options: ComponentBindOptions): ComponentConfig;
}

class BoundComponent extends Component {
  public constructor(private readonly binding: Binding, public override readonly _movesRelease?: boolean) {
    super();
  }

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    return this.binding(scope, options);
  }
}
