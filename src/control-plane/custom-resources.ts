import { CustomResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import type { Handler } from './handler';
import { SCHEMA_VERSION, type FleetIntent, type ImageIntent, type InfrastructureIntent, type LookupIntent, type RegistryDocument, type SeedParameter } from '../contract';

/** Creates the parameters that recipes and groups read, where they are absent. */
export class SeedResource extends Construct {
  public readonly resource: CustomResource;
  private readonly parameters: SeedParameter[] = [];

  public constructor(scope: Construct, id: string, handler: Handler, namespace: string) {
    super(scope, id);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::GoldenImagesSeed',
      serviceToken: handler.lambda.functionArn,
      serviceTimeout: handler.responseTimeout,
      properties: {
        Namespace: namespace,
        Parameters: Lazy.uncachedString({ produce: () => Stack.of(this).toJsonString(this.parameters) }),
      },
    });
  }

  public add(parameter: SeedParameter): void {
    this.parameters.push(parameter);
  }
}

/** Records what the stack intends, after everything it names exists. */
export class RegistryResource extends Construct {
  public readonly resource: CustomResource;
  private readonly images: Array<() => ImageIntent> = [];
  private readonly fleets: Array<() => FleetIntent> = [];
  private readonly lookups: LookupIntent[] = [];
  private readonly infrastructures = new Map<IConstruct, () => InfrastructureIntent>();

  public constructor(scope: Construct, id: string, handler: Handler, private readonly namespace: string) {
    super(scope, id);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::GoldenImagesRegistry',
      serviceToken: handler.lambda.functionArn,
      serviceTimeout: handler.responseTimeout,
      properties: { Document: Lazy.uncachedString({ produce: () => Stack.of(this).toJsonString(this.document()) }) },
    });
  }

  public addImage(intent: () => ImageIntent): void {
    this.images.push(intent);
  }

  public addFleet(intent: () => FleetIntent): void {
    this.fleets.push(intent);
  }

  public addLookup(intent: LookupIntent): void {
    this.lookups.push(intent);
  }

  public addInfrastructure(configuration: IConstruct, intent: () => InfrastructureIntent): void {
    this.infrastructures.set(configuration, intent);
  }

  private document(): RegistryDocument {
    return {
      schemaVersion: SCHEMA_VERSION,
      namespace: this.namespace,
      stackId: Stack.of(this).stackId,
      images: this.images.map((intent) => intent()).sort(byName),
      fleets: this.fleets.map((intent) => intent()).sort(byName),
      ...(this.lookups.length > 0 ? { lookups: this.lookups } : {}),
      ...(this.infrastructures.size > 0 ? { infrastructures: this.infrastructureIntents() } : {}),
    };
  }

  private infrastructureIntents(): InfrastructureIntent[] {
    const byPath = [...this.infrastructures].sort(([a], [b]) => (a.node.path < b.node.path ? -1 : 1));
    return byPath.map(([, intent]) => intent());
  }
}

/** The order in which constructs were made says nothing. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
