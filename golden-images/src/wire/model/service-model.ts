import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticErrorSchema, StaticOperationSchema } from '@smithy/types';
import { clientPackages } from '../clients';
import type { WireRequest } from '../message';
import { Route } from './route';

/** An operation as the SDK's own schema describes it. */
export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  readonly route: Route | undefined;
}

/** An error as the SDK's own schema describes it. */
export interface ErrorModel {
  /** The name of the shape, which clients of JSON protocols see. */
  readonly name: string;
  /** The code that clients of query protocols see. */
  readonly code: string;
  readonly status: number | undefined;
  readonly schema: NormalizedSchema;
}

const models = new Map<string, Promise<ServiceModel>>();

/** What a service's SDK client package knows of its operations and errors. */
export class ServiceModel {
  /** The model behind a signing name, made once a process; undefined when no client package is known for it. */
  public static of(signingName: string): Promise<ServiceModel> | undefined {
    const client = clientPackages[signingName];
    if (!client) return undefined;
    let model = models.get(signingName);
    if (!model) {
      model = client.load().then((exported) => new ServiceModel(signingName, exported));
      models.set(signingName, model);
    }
    return model;
  }

  public readonly namespace: string;
  private readonly operations = new Map<string, OperationModel>();
  private readonly errors = new Map<string, ErrorModel>();

  private constructor(public readonly signingName: string, exported: object) {
    let namespace = '';
    for (const value of Object.values(exported) as unknown[]) {
      if (!Array.isArray(value)) continue;
      if (value[0] === 9) {
        namespace = value[1] as string;
        this.addOperation(value as unknown as StaticOperationSchema);
      }
      if (value[0] === -3) this.addError(value as unknown as StaticErrorSchema);
    }
    this.namespace = namespace;
  }

  public operation(name: string): OperationModel | undefined {
    return this.operations.get(name);
  }

  /** By the name of the shape or by its query code. */
  public error(code: string): ErrorModel | undefined {
    return this.errors.get(code);
  }

  /** The operation of a REST request, and its path labels; of those that `accepts` lets through. */
  public routed(
    request: WireRequest, path = request.path, accepts: (operation: OperationModel) => boolean = () => true,
  ): { operation: OperationModel; labels: Record<string, string> } | undefined {
    let best: { operation: OperationModel; labels: Record<string, string>; rank: number } | undefined;
    for (const operation of this.operations.values()) {
      if (!accepts(operation)) continue;
      const labels = operation.route?.labelsOf(request.method, path);
      const rank = labels && operation.route?.rank(request);
      if (labels && rank !== undefined && rank > (best?.rank ?? -1)) best = { operation, labels, rank };
    }
    return best;
  }

  private addOperation([, , name, traits, input, output]: StaticOperationSchema): void {
    const inputSchema = NormalizedSchema.of(input);
    const http = typeof traits === 'object' ? (traits as { http?: [string, string, number] }).http : undefined;
    this.operations.set(name, {
      name,
      input: inputSchema,
      output: NormalizedSchema.of(output),
      route: http && new Route(http, inputSchema),
    });
  }

  private addError(source: StaticErrorSchema): void {
    const schema = NormalizedSchema.of(source);
    const name = schema.getName()!;
    const { awsQueryError, httpError } = schema.getMergedTraits() as { awsQueryError?: [string, number]; httpError?: number };
    const model = { name, code: awsQueryError?.[0] ?? name, status: awsQueryError?.[1] ?? httpError, schema };
    this.errors.set(name, model);
    if (!this.errors.has(model.code)) this.errors.set(model.code, model);
  }
}
