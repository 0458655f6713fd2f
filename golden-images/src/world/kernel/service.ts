import type { World } from './world';

/** An operation of a service, on the shapes of its model: decoded input, output to encode. Throws `AwsError`. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Operation = (input: any) => any;

/** A service of the world: its state, its operations, and the CloudFormation resource types that it provides. */
export abstract class Service {
  /** The name in the credential scope of a signed request: `ec2`, `autoscaling`, `elasticloadbalancing`, `monitoring`, … */
  public abstract readonly signingName: string;
  public abstract readonly operations: Readonly<Record<string, Operation>>;
  public readonly resourceTypes: Readonly<Record<string, ResourceType>> = {};

  public constructor(protected readonly world: World) {}
}

/** What CloudFormation knows when it makes a resource. */
export interface ResourceContext {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** Tags of the stack, to be put on the resource beside its own. */
  readonly tags: ReadonlyArray<{ Key: string; Value: string }>;
  /** The stack is going back to what it was before an update. */
  readonly rollingBack?: boolean;
  /** A physical name as CloudFormation generates it: stack, logical id and a random suffix, at most `maximum` characters. */
  generateName(maximum?: number): string;
}

// Properties of a template after intrinsic functions were resolved.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Properties = Record<string, any>;

/**
 * A CloudFormation resource type.
 *
 * `properties` names every property that is modelled, and whether changing it replaces the resource; a template that uses
 * another one is refused by name. The functions may sleep in virtual time.
 */
export interface ResourceType {
  readonly properties: Readonly<Record<string, 'update' | 'replace'>>;
  /** Whether CloudFormation does not know the type in the region of the world. */
  readonly unrecognized?: boolean;
  /** Properties without which CloudFormation refuses the resource. @default - what is missing is for the service to refuse */
  readonly required?: readonly string[];
  /** Makes the resource and gives its physical id (what `Ref` gives unless `ref` says otherwise). */
  create(context: ResourceContext, properties: Properties): Promise<string> | string;
  update?(context: ResourceContext, physicalId: string, properties: Properties, previous: Properties): Promise<void> | void;
  delete(context: ResourceContext, physicalId: string, properties: Properties): Promise<void> | void;
  /** Read from the real state at each call, never from what was created. Throws for an attribute that is not modelled. */
  attribute(physicalId: string, name: string, properties: Properties): unknown;
  ref?(physicalId: string): string;
}
