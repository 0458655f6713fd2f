import { CustomResource, Lazy, Stack, type CfnElement, type CfnResource } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { foundationOf, type Foundation } from './foundation';
import { rendered } from './rendered';
import type { ControlPlane } from '../control-plane/control-plane';
import { contentHash } from '../private/hash';
import { isKind, mark } from '../private/kinds';
import { idFollowsName } from '../private/logical-ids';

export interface GuardProps {
  readonly controlPlane: ControlPlane;
  readonly fleetName: string;
}

/** Fails a deploy that would touch the fleet's groups or launch templates while a rollout is active, before it touches them. */
export class Guard extends Construct {
  private readonly resource: CustomResource;
  private readonly guarded: CfnElement[] = [];

  public constructor(scope: Construct, id: string, private readonly props: GuardProps) {
    super(scope, id);
    const { controlPlane, fleetName } = props;
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::GoldenImagesGuard',
      serviceToken: controlPlane.handlers.guard.lambda.functionArn,
      serviceTimeout: controlPlane.handlers.guard.responseTimeout,
      properties: {
        Namespace: controlPlane.namespace,
        Fleet: fleetName,
        Hash: Lazy.uncachedString({ produce: () => this.hash() }),
        // By reference: their values are known only when it is deployed.
        Parameters: Lazy.uncachedAny({ produce: () => this.foundation().parameters.map((Ref) => ({ Ref })) }, { omitEmptyArray: true }),
      },
    });
    if (Stack.of(this).nestedStackParent) { controlPlane.handlers.permitNested(controlPlane.handlers.guard); }
    // A guard with a new logical id is created, and lets pass what it would refuse when it is updated.
    idFollowsName(this.resource.node.defaultChild as CfnResource, 'Guard', fleetName);
  }

  /** The element is not created, updated or replaced before the guard agreed. */
  public addGuarded(element: CfnElement): void {
    this.guarded.push(element);
    element.node.addDependency(this.resource);
  }

  /** A plain string: with a reference to what it stands before, the guard would depend on it. */
  private hash(): string {
    return contentHash(this, [this.guarded.map((element) => [element.logicalId, rendered(element).Properties]), this.foundation().content]);
  }

  /** The control plane is no part of it: it knows the groups, and this hash would know itself. */
  private foundation(): Foundation {
    const parts = this.guarded.map(rendered).map(({ Properties, Condition }) => ({ Properties, Condition }));
    const ours = (each: IConstruct) => each === this.props.controlPlane || isKind(each, 'Guard');
    return foundationOf(Stack.of(this), parts, ({ node }) => node.scopes.some(ours));
  }
}

mark(Guard.prototype, 'Guard');
