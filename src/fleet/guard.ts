import { CustomResource, Lazy, type CfnElement } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { rendered } from './rendered';
import { contentHash } from '../private/hash';

export interface GuardProps {
  readonly handler: IFunction;
  readonly namespace: string;
  readonly fleetName: string;
}

/** Fails a deploy that would touch the fleet's groups or launch templates while a rollout is active, before it touches them. */
export class Guard extends Construct {
  private readonly resource: CustomResource;
  private readonly guarded: CfnElement[] = [];

  public constructor(scope: Construct, id: string, props: GuardProps) {
    super(scope, id);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::GoldenImagesGuard',
      serviceToken: props.handler.functionArn,
      properties: {
        Namespace: props.namespace,
        Fleet: props.fleetName,
        Hash: Lazy.uncachedString({ produce: () => this.hash() }),
      },
    });
  }

  /** The element is not created, updated or replaced before the guard agreed. */
  public addGuarded(element: CfnElement): void {
    this.guarded.push(element);
    element.node.addDependency(this.resource);
  }

  /** A plain string: with a reference to what it stands before, the guard would depend on it. */
  private hash(): string {
    return contentHash(this, this.guarded.map((element) => [element.logicalId, rendered(element).Properties]));
  }
}
